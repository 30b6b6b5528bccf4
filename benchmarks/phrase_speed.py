"""Phrase speed: concordance, counts, neighbours and shared phrases over a whole library.

In:  a library's folder, as it is: nothing is written to it.
Out: milliseconds of the first answer and of the same once more, for a frequent, a middling and a
     rare word and a frequent phrase; on the terminal and in benchmarks/results/phrase-speed.md.

The words are drawn from the texts themselves. A first answer is the first for its word: the places
of words have to be read and sorted, and lines cut. Again is a reader who pages or sorts.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

from benchmarks.arguments import argument_parser
from benchmarks.report import page, table, versions, write_page
from benchmarks.timings import milliseconds
from search import Library, open_library
from search.analysis import analyze

_SECTIONS = 2_000  # that the words are drawn from
_RANKS = {"frequent": 1, "middling": 100, "rare": 2_000}
_EXAMPLES = """examples:
  python -m benchmarks.phrase_speed library
  python -m benchmarks.phrase_speed /srv/library --no-write
"""


def words_of(library: Library) -> dict[str, str]:
    """Return a word of each frequency and a frequent phrase, as they are asked for."""
    singles, pairs = Counter[str](), Counter[tuple[str, str]]()
    for text in islice(_texts(library), _SECTIONS):
        forms = [token.exact for token in analyze(text)]
        singles.update(forms)
        pairs.update(pairwise(forms))
    ranked = [word for word, _ in singles.most_common()]
    found = {name: f"={ranked[min(rank, len(ranked)) - 1]}" for name, rank in _RANKS.items()}
    return found | {"phrase": f'"{" ".join(pairs.most_common(1)[0][0])}"'}


def _texts(library: Library) -> Iterator[str]:
    for record in library.publications():
        for case in record.cases:
            yield from (section.text for section in case.sections)


def measure(library: Library, name: str, asked: str) -> list[tuple[str, ...]]:
    """Time everything that can be asked about a word; one row a kind of question."""
    kinds: dict[str, Callable[[], object]] = {
        "concordance, by the words before": lambda: library.concordance(asked, sort="left"),
        "concordance, by the words behind": lambda: library.concordance(asked, sort="right"),
        "concordance, book order": lambda: library.concordance(asked),
        "strips": lambda: library.strips(asked),
        "profile": lambda: library.profile(asked),
        "collocations": lambda: library.collocations(asked),
    }
    rows = [(name, kind, *_timed(ask)) for kind, ask in kinds.items()]
    count = f"{library.profile(asked, facets=()).total:,}"
    return [(f"{name} ({count})", *row[1:]) for row in rows]


def _timed(ask: Callable[[], object]) -> tuple[str, str]:
    """Return how long a question takes the first time and the median of five times more."""
    first, *again = [_seconds(ask) for _ in range(6)]
    return milliseconds(first), milliseconds(sorted(again)[2])


def _seconds(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def shared(library: Library) -> list[tuple[str, ...]]:
    """Time shared phrases: of one publication, of the whole library."""
    one = max(library.publications(), key=lambda record: len(record.cases)).id
    inside = {"publication": [one]}
    return [
        ("shared phrases of a book", *_timed(lambda: library.shared_phrases(filters=inside))),
        ("shared phrases of the library", *_timed(library.shared_phrases)),
        ("pairs of the library", *_timed(library.collocations)),
    ]


def _page(library: Library, sections: int) -> str:
    words: Sequence[tuple[str, str]] = list(words_of(library).items())
    rows = [row for name, asked in words for row in measure(library, name, asked)]
    return page(
        "Phrase speed",
        [
            f"{sections:,} sections; beside each word the number of its occurrences.",
            table(("word", "question", "first ms", "again ms"), rows),
            table(("of no word", "first ms", "again ms"), shared(library)),
        ],
        command="python -m benchmarks.phrase_speed LIBRARY",
        with_versions=versions("numpy"),
    )


def main() -> int:
    """Measure, print, write down."""
    parser = argument_parser("phrase_speed", __doc__, _EXAMPLES)
    parser.add_argument("library", type=Path, help="the library's folder")
    parser.add_argument("--no-write", action="store_true", help="leave benchmarks/results alone")
    options = parser.parse_args()
    with open_library(options.library) as library:
        sections = library.search("", limit=1, facets=(), passages=0).total
        if not sections:
            parser.error("the library is empty")
        text = _page(library, sections)
    print(text)
    if not options.no_write:
        write_page("phrase-speed", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
