"""Agreement: do all engines find the same, and count the same?

In:  open peers, questions.
Out: every question of which two engines that count say different totals or facet counts; how
     much of Casebook's top ten each engine shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.peers.peer import LIMIT, Answer, Peer
from benchmarks.questions import COUNTED, Question


class Difference(NamedTuple):
    """What engines said differently of one question; `about` is “total” or a facet."""

    question: Question
    about: str
    said: Mapping[str, object]


@dataclass(slots=True)
class Agreement:
    """What came of comparing; `overlaps` maps an engine to its shares of our top tens."""

    compared: int = 0
    differences: list[Difference] = field(default_factory=list)
    overlaps: dict[str, list[float]] = field(default_factory=dict)


def compare(peers: Mapping[str, Peer], questions: Sequence[Question], ours: str) -> Agreement:
    """Ask every question of every peer that can answer it, and compare."""
    found = Agreement()
    for question in questions:
        answers = dict(_answers(peers, question))
        found.compared += len(answers) > 1
        found.differences += _differences(question, answers)
        if ours in answers:
            _add_overlaps(found.overlaps, answers, answers[ours])
    return found


def _answers(peers: Mapping[str, Peer], question: Question) -> Iterator[tuple[str, Answer]]:
    for name, peer in peers.items():
        if (ready := peer.prepare(question)) is None:
            continue
        counted = peer.ask(ready, "counts")
        yield name, peer.read(peer.ask(ready, "top") if counted is None else counted)


def _differences(question: Question, answers: Mapping[str, Answer]) -> Iterator[Difference]:
    totals = {name: answer.total for name, answer in answers.items() if answer.total is not None}
    if len(set(totals.values())) > 1:
        yield Difference(question, "total", totals)
        return
    for facet in COUNTED:
        # Counts of a facet that is narrowed by ignore the choice here, and obey it there.
        if question.narrowed and question.narrowed[0] == facet:
            continue
        counts = {name: a.facets[facet] for name, a in answers.items() if facet in a.facets}
        if len({tuple(sorted(count.items())) for count in counts.values()}) > 1:
            yield Difference(question, facet, counts)


def _add_overlaps(
    overlaps: dict[str, list[float]], answers: Mapping[str, Answer], ours: Answer
) -> None:
    best = set(ours.first)
    for name, answer in answers.items():
        if best and answer is not ours:
            shared = len(best & set(answer.first)) / min(LIMIT, len(best))
            overlaps.setdefault(name, []).append(shared)
