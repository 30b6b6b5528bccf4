"""The tables of the page on search speed.

In:  what was measured: footprints, samples, agreement.
Out: Markdown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import mean
from typing import NamedTuple, get_args

from benchmarks.agreement import Agreement, Difference
from benchmarks.fresh_process import Built, Opened
from benchmarks.peers.catalog import PEERS
from benchmarks.peers.peer import TASK_NAMES, TASKS, Peer, Task
from benchmarks.questions import Kind, Question
from benchmarks.report import table
from benchmarks.rotation import Sample
from benchmarks.timings import milliseconds, percentile, percentiles, ratio, times

_SHOWN = 10
_MB = 1_000_000


class Footprint(NamedTuple):
    """What a peer's index takes."""

    built: Built
    opened: Opened
    size_bytes: int


class _Times:
    """Seconds of every answer by peer, task and question."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self._seconds: dict[tuple[str, Task], dict[int, list[float]]] = defaultdict(dict)
        for peer, task, question, seconds in samples:
            self._seconds[peer, task].setdefault(question, []).append(seconds)

    def of(self, peer: str, task: Task, questions: Iterable[int]) -> list[float]:
        """Return all the seconds that a peer took for a task over some questions."""
        seconds = self._seconds[peer, task]
        return [each for number in questions for each in seconds.get(number, ())]

    def answered(self, peer: str, task: Task) -> set[int]:
        """Return the questions that a peer answered."""
        return set(self._seconds[peer, task])

    def ratio(self, peer: str, ours: str, task: Task, questions: Iterable[int]) -> float | None:
        """Compare medians over the questions that both answered."""
        shared = set(questions) & self.answered(peer, task) & self.answered(ours, task)
        return ratio(self.of(peer, task, shared), self.of(ours, task, shared))


def peer_list(peers: Mapping[str, Peer]) -> str:
    """Say what each engine is."""
    return "\n".join(f"- **{n}**: {PEERS[n].about} ({peer.version})" for n, peer in peers.items())


def footprint_table(taken: Mapping[str, Footprint], sections: int) -> str:
    """Return build time, size, cold open and memory."""
    rows = (
        (
            name,
            f"{built.seconds:.1f}",
            f"{built.cpu_s:.1f}",
            f"{built.peak_bytes / _MB:.0f}",
            f"{size / _MB:.1f}",
            f"{size / sections:.0f}",
            milliseconds(opened.open_s),
            f"{opened.private_bytes / _MB:.1f}",
            f"{opened.peak_bytes / _MB:.0f}",
        )
        for name, (built, opened, size) in taken.items()
    )
    header = (
        "engine",
        "build s",
        "CPU s",
        "peak MB",
        "size MB",
        "bytes a section",
        "open ms",
        "private MB",
        "resident MB",
    )
    return (
        "## Building, size, opening, memory\n\n"
        "Each in a process of its own. Open: to the first answer, in a fresh process, files in the "
        "system's cache. Private: not backed by files, after all questions; resident: at its "
        f"peak, mapped files and the interpreter included.\n\n{table(header, rows)}"
    )


def mix_table(samples: Sequence[Sample], peers: Sequence[str], ours: str) -> str:
    """Return percentiles over all kinds of questions, by task."""
    return f"## Over the mix, ms\n\n{_mix(samples, peers, ours)}"


def first_time_table(new: Mapping[str, Sequence[Sample]]) -> str:
    """Return the same of new questions, for each variant of ours with those that it met."""
    parts = [
        "## Asked for the first time, ms",
        (
            "Other questions of the same kinds, when all the others had been asked. Each is put "
            "once to each engine, for one of the three tasks: what an engine remembers of words it "
            "has, of the question nothing. Every variant of Casebook has questions of its own."
        ),
    ]
    for ours, samples in new.items():
        parts.append(f"### {ours}\n\n{_mix(samples, _peers_of(samples, ours), ours)}")
    return "\n\n".join(parts)


def _peers_of(samples: Iterable[Sample], ours: str) -> list[str]:
    return [ours, *sorted({sample.peer for sample in samples} - {ours})]


def _mix(samples: Sequence[Sample], peers: Sequence[str], ours: str) -> str:
    taken = _Times(samples)
    parts = []
    for task in TASKS:
        rows = [
            (
                name,
                len(answered),
                *map(milliseconds, percentiles(taken.of(name, task, answered))),
                times(taken.ratio(name, ours, task, answered)),
            )
            for name in peers
            if (answered := taken.answered(name, task))
        ]
        header = ("engine", "questions", "p50", "p95", "p99", "×")
        parts.append(f"**{TASK_NAMES[task]}**\n\n{table(header, rows)}")
    return "\n\n".join(parts)


def by_kind(
    samples: Sequence[Sample], questions: Sequence[Question], peers: Sequence[str], ours: str
) -> str:
    """Return medians by kind of question, by task."""
    taken = _Times(samples)
    places: dict[Kind, list[int]] = {kind: [] for kind in get_args(Kind)}
    for number, question in enumerate(questions):
        places[question.kind].append(number)
    parts = ["## By kind of question: p50 in ms, and ×"]
    for task in TASKS:
        names = [name for name in peers if taken.answered(name, task)]
        rows = (
            (kind, *(_cell(taken, name, ours, task, numbers) for name in names))
            for kind, numbers in places.items()
            if numbers
        )
        parts.append(f"**{TASK_NAMES[task]}**\n\n{table(('kind', *names), rows)}")
    return "\n\n".join(parts)


def _cell(taken: _Times, name: str, ours: str, task: Task, numbers: Sequence[int]) -> str:
    seconds = taken.of(name, task, numbers)
    if not seconds:
        return "–"
    median = milliseconds(percentile(seconds, 0.5))
    compared = taken.ratio(name, ours, task, numbers)
    return median if name == ours or compared is None else f"{median} ({times(compared)})"


def agreement_text(found: Agreement) -> str:
    """Say where engines count differently, and what they share of our top tens."""
    count = len(found.differences)
    compared = (
        f"Totals and facet counts of {found.compared} questions were compared between all engines "
        f"that count; {count or 'none'} differ{'s' if count == 1 else ''}. A facet that a question "
        "is narrowed by is not compared: Casebook's counts of it ignore the choice, so that "
        "another value can be added, and the others' do not, which is less work."
    )
    shares = ", ".join(f"{name} {mean(shares):.0%}" for name, shares in found.overlaps.items())
    lines = [
        "## Agreement",
        compared,
        "\n".join(f"- {_difference(each)}" for each in found.differences[:_SHOWN]),
        f"… and {count - _SHOWN} more." if count > _SHOWN else "",
        f"What they share of Casebook's top ten, ranking each in its own way: {shares}.",
    ]
    return "\n\n".join(line for line in lines if line)


def _difference(found: Difference) -> str:
    question = found.question
    words = " ".join(question.words)
    narrowed = f", {question.narrowed[0]} {question.narrowed[1]}" if question.narrowed else ""
    said = ", ".join(
        f"{name} {value if isinstance(value, int) else '…'}" for name, value in found.said.items()
    )
    return f"{question.kind} “{words}”{narrowed}, {found.about}: {said}"


def library_table(sizes: Iterator[tuple[str, int]], sections: int) -> str:
    """Return what takes how much of Casebook's library."""
    grouped: dict[str, int] = defaultdict(int)
    for name, size in sizes:
        grouped[_kind_of_file(name)] += size
    rows = (
        (name, f"{size / _MB:.1f}", f"{size / sections:.0f}")
        for name, size in sorted(grouped.items(), key=lambda pair: -pair[1])
    )
    header = ("what", "MB", "bytes a section")
    return f"## What takes how much of Casebook's library\n\n{table(header, rows)}"


def _kind_of_file(name: str) -> str:
    """Put publications together: `publications/<id>/record.json` is one kind of file."""
    parts = name.split("/")
    return "/".join(("publications", "…", parts[-1])) if parts[0] == "publications" else name
