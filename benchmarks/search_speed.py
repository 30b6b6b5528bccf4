"""Search speed: Casebook beside other engines, asked in turn in one run.

In:  how many sections; which peers.
Out: build time, size, memory, cold open; p50, p95 and p99 by task over the mix, p50 by kind of
     question; the same of questions asked for the first time; ratios; where engines count
     differently. On the terminal and as benchmarks/results/search-speed-<sections>.md.

The sections are synthetic (`benchmarks.synthetic`), the questions drawn from them
(`benchmarks.questions`), the engines each used as its own documents recommend
(`benchmarks.peers`). Those that are not installed are passed over.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.agreement import compare
from benchmarks.arguments import argument_parser
from benchmarks.peers.catalog import OURS, PEERS
from benchmarks.peers.peer import Peer
from benchmarks.report import page, write_page
from benchmarks.rotation import (
    CLOCKS,
    Clock,
    Rounds,
    Sample,
    ask_in_turn,
    ask_once_in_turn,
    lineups,
)
from benchmarks.search_speed_tables import (
    Footprint,
    agreement_text,
    by_kind,
    first_time_table,
    footprint_table,
    library_table,
    mix_table,
    peer_list,
)
from benchmarks.synthetic import SEED
from benchmarks.workplace import Workplace, size_bytes, sizes_within

_EXAMPLES = """examples:
  python -m benchmarks.search_speed
  python -m benchmarks.search_speed --sections 100000 --work /var/tmp/bench
  python -m benchmarks.search_speed --sections 1000000 --peers casebook tantivy --minutes 30
  python -m benchmarks.search_speed --packages /usr/lib/python3/dist-packages   (Debian's Xapian)

pip install --group bench  installs the peers; SQLite's FTS5 comes with Python.
"""


def available(names: list[str]) -> dict[str, Peer]:
    """Return the peers that can be had here; say which cannot."""
    peers: dict[str, Peer] = {}
    for name in names:
        try:
            peers[name] = PEERS[name].make()
        except ImportError as error:
            print(f"{name} is passed over: {error}.")
    return peers


def footprints(place: Workplace, peers: Mapping[str, Peer], each: int) -> dict[str, Footprint]:
    """Build what is missing and measure each peer in a process of its own."""
    place.forget_ours()
    found = {}
    for name in peers:
        print(f"{name} …", flush=True)
        built = place.build(name)
        size = size_bytes(place.index(name) / "index")
        found[name] = Footprint(built, place.open_apart(name, each), size)
    return found


def run(place: Workplace, options: argparse.Namespace) -> str:
    """Measure everything; return the page."""
    peers = available(options.peers)
    taken = footprints(place, peers, options.each)
    questions = place.questions(options.each)
    for name, peer in peers.items():
        peer.open(place.index(name) / "index")
    print("comparing answers …", flush=True)
    exact = {name: peer for name, peer in peers.items() if PEERS[name].is_exact}
    agreement = compare(exact, questions, OURS)
    print("asking in turn …", flush=True)
    rounds = Rounds(options.rounds, most_s=options.minutes * 60, clock=CLOCKS[options.clock])
    samples = [
        sample
        for asked, counted in lineups(list(peers))
        for sample in ask_in_turn({name: peers[name] for name in asked}, questions, rounds)
        if sample.peer in counted
    ]
    print("asking new questions …", flush=True)
    new = _asked_once(place, peers, options.each, rounds.clock)
    parts = [
        _introduction(place, len(questions), options.clock),
        peer_list(peers),
        footprint_table(taken, place.sections),
        mix_table(samples, list(peers), OURS),
        by_kind(samples, questions, list(peers), OURS),
        first_time_table(new),
        agreement_text(agreement),
        library_table(sizes_within(place.index(OURS) / "index" / "library", 3), place.sections),
    ]
    return page(
        f"Search speed, {place.sections:,} sections",
        parts,
        command=_command(options),
    )


def _asked_once(
    place: Workplace, peers: Mapping[str, Peer], each: int, clock: Clock
) -> dict[str, list[Sample]]:
    """Ask new questions, others with each variant of ours; return the samples by its name."""
    usual, *others = lineups(list(peers))
    found = {OURS: usual.asked}
    found |= {line.asked[0]: line.asked for line in others if line.asked[0] != OURS}
    drawn = place.questions(each * (1 + len(found)))
    share = len(drawn) // (1 + len(found))
    return {
        ours: list(
            ask_once_in_turn(
                {name: peers[name] for name in asked},
                drawn[share * number : share * (number + 1)],
                clock,
            )
        )
        for number, (ours, asked) in enumerate(found.items(), 1)
    }


def _introduction(place: Workplace, questions: int, clock: str) -> str:
    timed = "by the wall's clock" if clock == "wall" else "in processor time of the thread"
    return (
        f"{place.sections:,} synthetic sections of about 140 words; {questions} questions, every "
        "third narrowed by a facet, each asked in several rounds of all engines in turn, in an "
        f"order drawn anew each time, one thread, warm, timed {timed}. Of an engine's variants "
        "one takes part at a time. × is an engine's time over Casebook's on the questions that "
        "both answer: above 1 Casebook is faster."
    )


def _command(options: argparse.Namespace) -> str:
    return (
        f"python -m benchmarks.search_speed --sections {options.sections} --each {options.each} "
        f"--rounds {options.rounds} --clock {options.clock} --peers {' '.join(options.peers)}"
    )


def _arguments() -> argparse.ArgumentParser:
    parser = argument_parser("search_speed", __doc__, _EXAMPLES)
    parser.add_argument("--sections", type=int, default=10_000, metavar="N", help="how many")
    parser.add_argument("--each", type=int, default=30, metavar="N", help="questions of each kind")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="counted rounds")
    parser.add_argument(
        "--minutes", type=float, default=10, metavar="N", help="no further round after this"
    )
    parser.add_argument(
        "--clock",
        choices=list(CLOCKS),
        default="wall",
        help="what times an answer: the wall's clock, or the thread's own processor time, for a "
        "machine that is busy with other things",
    )
    parser.add_argument(
        "--peers",
        nargs="+",
        choices=list(PEERS),
        default=list(PEERS),
        metavar="NAME",
        help=f"some of: {', '.join(PEERS)}",
    )
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    parser.add_argument(
        "--work", type=Path, help="keep corpus and indexes here, and use them again"
    )
    parser.add_argument("--keep-ours", action="store_true", help="Casebook's library too")
    parser.add_argument(
        "--packages",
        action="append",
        default=[],
        metavar="DIR",
        help="a further folder to import peers from",
    )
    parser.add_argument("--no-write", action="store_true", help="leave benchmarks/results alone")
    return parser


def main() -> int:
    """Measure, print, write down."""
    options = _arguments().parse_args()
    if OURS not in options.peers:
        options.peers.insert(0, OURS)
    sys.path.extend(options.packages)
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as scratch:
        place = Workplace(
            options.work or Path(scratch),
            options.sections,
            options.seed,
            options.packages,
            keeps_ours=options.keep_ours,
        )
        text = run(place, options)
    print(text)
    if not options.no_write:
        write_page(f"search-speed-{options.sections}", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
