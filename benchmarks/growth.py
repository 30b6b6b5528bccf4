"""Growth: what becomes of building, size, memory, opening and answering as a library grows.

In:  numbers of sections.
Out: a row for each size, and by which power of the size each figure grows between two of them;
     what grows faster than the library is named. On the terminal and as
     benchmarks/results/growth.md.

Every size is the beginning of the next larger one. Questions are drawn from each size anew, so that
a common word is common in all; exact forms, one thread, warm.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.arguments import argument_parser
from benchmarks.peers.catalog import OURS, PEERS
from benchmarks.peers.peer import TASK_NAMES, TASKS, Task
from benchmarks.report import page, table, write_page
from benchmarks.rotation import Rounds, ask_in_turn
from benchmarks.synthetic import SEED
from benchmarks.timings import milliseconds, percentile
from benchmarks.workplace import Workplace, size_bytes

_MB, _MS = 1_000_000, 1_000
_LINEAR = 1.1  # a power above it is more than noise
_LEAST_GROWTH = 1.2  # a figure that grows less is nobody's trouble, whatever its power
_EXAMPLES = """examples:
  python -m benchmarks.growth
  python -m benchmarks.growth --sizes 1000 10000 100000 1000000 --work /var/tmp/bench
"""


class Taken(NamedTuple):
    """What a library of one size takes; seconds and bytes."""

    sections: int
    build_s: float
    build_peak_bytes: int
    size_bytes: int
    private_bytes: int
    open_s: float
    p50_s: Mapping[Task, float]
    p99_s: Mapping[Task, float]


def measure(place: Workplace, each: int, rounds: Rounds) -> Taken:
    """Build a library of the place's size, open it in a fresh process, ask it everything."""
    built = place.build(OURS)
    opened = place.open_apart(OURS, each)
    peer = PEERS[OURS].make()
    peer.open(place.index(OURS) / "index")
    samples = list(ask_in_turn({OURS: peer}, place.questions(each), rounds))
    seconds = {task: [s.seconds for s in samples if s.task == task] for task in TASKS}
    return Taken(
        place.sections,
        built.seconds,
        built.peak_bytes,
        size_bytes(place.index(OURS) / "index"),
        opened.private_bytes,
        opened.open_s,
        {task: percentile(taken, 0.5) for task, taken in seconds.items()},
        {task: percentile(taken, 0.99) for task, taken in seconds.items()},
    )


def figures(taken: Taken) -> Iterator[tuple[str, float]]:
    """Yield every figure with its name and unit."""
    yield "build, s", taken.build_s
    yield "peak memory while building, MB", taken.build_peak_bytes / _MB
    yield "size, MB", taken.size_bytes / _MB
    yield "private memory, MB", taken.private_bytes / _MB
    yield "cold open to first answer, ms", taken.open_s * _MS
    for task in TASKS:
        yield f"{TASK_NAMES[task]}, p50 ms", taken.p50_s[task] * _MS
        yield f"{TASK_NAMES[task]}, p99 ms", taken.p99_s[task] * _MS


def power(smaller: float, larger: float, growth: float) -> float | None:
    """Return the power of the size by which a figure grows; None where it is too small to tell."""
    if smaller <= 0 or larger <= 0 or growth <= 1:
        return None
    return math.log(larger / smaller) / math.log(growth)


def growth_table(steps: Sequence[Taken]) -> str:
    """Return the figures by size, and between two sizes the power that they grow by."""
    header = ["", f"{steps[0].sections:,}"]
    rows = [[name, _number(value)] for name, value in figures(steps[0])]
    for before, after in pairwise(steps):
        header += ["power", f"{after.sections:,}"]
        found = zip(rows, figures(before), figures(after), strict=True)
        for row, (_, smaller), (_, larger) in found:
            grown = power(smaller, larger, after.sections / before.sections)
            row += ["–" if grown is None else f"{grown:.2f}", _number(larger)]
    return table(header, rows)


def faster_than_the_library(steps: Sequence[Taken]) -> list[str]:
    """Say which figures grow faster than the number of sections."""
    said = []
    for before, after in pairwise(steps):
        for (name, smaller), (_, larger) in zip(figures(before), figures(after), strict=True):
            grown = power(smaller, larger, after.sections / before.sections)
            if grown and grown > _LINEAR and larger > _LEAST_GROWTH * smaller:
                span = f"{before.sections:,} to {after.sections:,}"
                said.append(f"{name}: by the power of {grown:.2f} from {span} sections")
    return said


def _number(value: float) -> str:
    return milliseconds(value / _MS)


def _verdict(steps: Sequence[Taken]) -> str:
    found = faster_than_the_library(steps)
    if not found:
        return "Nothing grows faster than the library."
    return "Faster than the library grow:\n\n" + "\n".join(f"- {each}" for each in found)


def run(options: argparse.Namespace, folder: Path) -> str:
    """Measure every size; return the page."""
    steps = []
    for size in sorted(options.sizes):
        print(f"{size:,} sections …", flush=True)
        place = Workplace(folder, size, options.seed, keeps_ours=options.keep_ours)
        place.forget_ours()
        steps.append(measure(place, options.each, Rounds(options.rounds)))
    introduction = (
        "Synthetic sections of about 140 words; the public door, exact forms. *power*: 1 is in "
        "proportion to the number of sections, 0 is the same for any."
    )
    sizes = " ".join(map(str, sorted(options.sizes)))
    return page(
        "Growth",
        [introduction, growth_table(steps), _verdict(steps)],
        command=f"python -m benchmarks.growth --sizes {sizes} --each {options.each}",
    )


def _arguments() -> argparse.ArgumentParser:
    parser = argument_parser("growth", __doc__, _EXAMPLES)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N"
    )
    parser.add_argument("--each", type=int, default=20, metavar="N", help="questions of each kind")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="counted rounds")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    parser.add_argument(
        "--work", type=Path, help="keep corpora and libraries here, and use the corpora again"
    )
    parser.add_argument("--keep-ours", action="store_true", help="use the libraries again, too")
    parser.add_argument("--no-write", action="store_true", help="leave benchmarks/results alone")
    return parser


def main() -> int:
    """Measure, print, write down."""
    options = _arguments().parse_args()
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as scratch:
        text = run(options, options.work or Path(scratch))
    print(text)
    if not options.no_write:
        write_page("growth", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
