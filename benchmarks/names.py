"""Names: how far one spelling of a name finds the others, on the variants of the test book.

    python -m benchmarks.names [--shared FOLDER] [--each] [--no-write]

In:  the folder `shared` beside the project: the book as a PDF, `variants.json` with spellings that
     are one name, look-alikes that are not, and misprints.
Out: pairs of words found, by folding alone and by searching the ingested book; look-alikes
     merged; beside the figures of shared/ranking.md; on the terminal and in
     benchmarks/results/names.md.
Errors: exits with a sentence where the folder is missing or the book cannot be read.

A pair is two words at the same place of two forms of a group (`transliteration`, `typo`) or of a
misprint and what was meant, with half of their letters in common. `typed` pairs have one side that
only readers type. A search for one word finds the other where all sections that hold only the
other are among its hits, or among those of a suggestion.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from ingest.pipeline import ingest_file
from search import CasebookError, InputError, Library, open_library
from search.analysis import analyze, word_family
from search.engine import Spelling
from search.linguistics.spellings import are_spellings

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "names.md"
KINDS = ("transliteration", "typo")
LEAST_LETTERS = 3
LEAST_ALIKE = 50  # per cent of the letters
MOST_HITS = 1000

Pair = tuple[str, str]


class Pairs(NamedTuple):
    """Pairs of words: printed in the book, typed by readers, misprints, look-alikes."""

    printed: frozenset[Pair]
    typed: frozenset[Pair]
    misprints: frozenset[Pair]
    look_alikes: frozenset[Pair]


class Row(NamedTuple):
    """How many of some pairs are found, in three ways."""

    name: str
    pairs: int
    folded: int
    asked: int  # searches that could find something
    typed: int  # … found with what is typed alone
    found: int
    suggested: int


class Scores(NamedTuple):
    """The figures: pairs found, look-alikes and those merged, a line for each miss."""

    rows: Sequence[Row]
    look_alikes: int
    wrong: Sequence[Pair]
    misses: Sequence[str]


def read_pairs(variants: dict[str, Any]) -> Pairs:
    """Return the pairs of words that the variants give."""
    printed: set[Pair] = set()
    typed: set[Pair] = set()
    for group in variants["groups"]:
        if group["difference"] in KINDS:
            printed.update(_aligned(combinations(group["forms"], 2)))
            typed.update(_aligned(product(group.get("also_typed") or [], group["forms"])))
    return Pairs(
        frozenset(printed),
        frozenset(typed - printed),
        frozenset(_aligned((typo["printed"], typo["meant"]) for typo in variants["typos"])),
        frozenset(_crossed((pair["a"], pair["b"]) for pair in variants["not_same"])),
    )


def _words(text: str) -> list[str]:
    return [token.exact for token in analyze(text) if len(token.exact) >= LEAST_LETTERS]


def _aligned(texts: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """Yield words at the same place that differ and are not forms of one word."""
    for one, other in texts:
        words, others = _words(one), _words(other)
        if len(words) == len(others):
            yield from filter(_are_alike, filter(_are_two, map(_sorted, words, others)))


def _are_alike(pair: Pair) -> bool:
    """Leave translations out: two words for one thing, not two spellings of a word."""
    return fuzz.ratio(*pair) >= LEAST_ALIKE


def _crossed(texts: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    for one, other in texts:
        pairs = (_sorted(*pair) for pair in product(_words(one), _words(other)))
        yield from filter(_are_two, pairs)


def _sorted(one: str, other: str) -> Pair:
    return min(one, other), max(one, other)


def _are_two(pair: Pair) -> bool:
    return word_family(pair[0]).isdisjoint(word_family(pair[1]))


def measure(name: str, pairs: Iterable[Pair], library: Library, lines: list[str]) -> Row:
    """Try pairs, each in both directions; note what is not found."""
    known = sorted(pairs)
    searches = [_search(library, *each) for pair in known for each in (pair, pair[::-1])]
    asked = [search for search in searches if search is not None]
    lines += [f"{name}: {s.typed} does not find {s.meant}" for s in asked if not s.is_suggested]
    return Row(
        name,
        len(known),
        sum(are_spellings(*pair) for pair in known),
        len(asked),
        sum(search.is_found_as_typed for search in asked),
        sum(search.is_found for search in asked),
        sum(search.is_suggested for search in asked),
    )


class _Search(NamedTuple):
    typed: str
    meant: str
    is_found_as_typed: bool
    is_found: bool
    is_suggested: bool  # found, or one click away


def _search(library: Library, typed: str, meant: str) -> _Search | None:
    """Search for one word of a pair; None where no section holds the other alone."""
    wanted = _hits(library, f"={meant}") - _hits(library, f"={typed}")
    if not wanted:
        return None
    as_typed = wanted <= _hits(library, typed, "typed")
    is_found = wanted <= _hits(library, typed)
    suggestions = library.search(typed, limit=0, facets=(), passages=0).suggestions
    is_suggested = any(wanted <= _hits(library, other.query) for other in suggestions)
    return _Search(typed, meant, as_typed, is_found, is_found or is_suggested)


def _hits(library: Library, query: str, spelling: Spelling = "any") -> set[str]:
    results = library.search(
        query, match="all", limit=MOST_HITS, facets=(), passages=0, spelling=spelling
    )
    return {hit.url for hit in results.hits}


def merged(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the look-alikes that are taken for one another."""
    return sorted(pair for pair in pairs if are_spellings(*pair))


def table(rows: Sequence[Row], look_alikes: int, wrong: Sequence[Pair]) -> str:
    """Return the figures as Markdown."""
    lines = [
        "| pairs | n | folded | searches | as typed alone | find the other | … or suggest it |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {r.name} | {r.pairs} | {_share(r.folded, r.pairs)} | {r.asked} "
        f"| {_share(r.typed, r.asked)} | {_share(r.found, r.asked)} "
        f"| {_share(r.suggested, r.asked)} |"
        for r in rows
    ]
    folded = sum(row.folded for row in rows)
    precision = folded / ((folded + len(wrong)) or 1)
    named = ", ".join(" / ".join(pair) for pair in wrong) or "none"
    lines += [
        "",
        f"Look-alikes merged: {len(wrong)} of {look_alikes} ({named}). Precision {precision:.3f}.",
    ]
    return "\n".join(lines)


def _share(count: int, of: int) -> str:
    return f"{count} ({count / (of or 1):.0%})"


def score_names(shared: Path) -> Scores:
    """Ingest the book into a temporary library and measure all."""
    variants = json.loads((shared / "book" / "variants.json").read_text(encoding="utf-8"))
    pairs = read_pairs(variants)
    misses: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        open_library(Path(folder) / "library", create=True) as library,
    ):
        result = ingest_file(shared / "book" / "book.pdf", library)
        if result.record is None:
            raise InputError(result.message)
        rows = [
            measure("printed", pairs.printed, library, misses),
            measure("typed", pairs.typed, library, misses),
            measure("misprints", pairs.misprints - pairs.printed, library, misses),
        ]
    return Scores(tuple(rows), len(pairs.look_alikes), merged(pairs.look_alikes), misses)


def report(figures: str, day: str) -> str:
    """Return what is written down."""
    return f"""# Names

How far one spelling of a name finds the others in the test book. *Folded*: the two words are taken
for spellings of one (`search.linguistics.spellings`). *Searches*: one word of a pair typed, where
sections hold the other alone; *find*: they are all among the hits; *suggest*: among those of a
suggestion, one click away.

{figures}

For comparison, shared/ranking.md, which aligned its pairs in another way: its best rules 50 of
66 printed, 52 of 74 typed, 1 of 204 look-alikes, precision .98.

Measured on {day}. `python -m benchmarks.names` writes this page anew.
"""


def main() -> int:
    """Measure, print, and write it down unless told not to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--each", action="store_true", help="name the pairs that are not found")
    parser.add_argument("--no-write", action="store_true", help=f"leave {RESULTS.name} as it is")
    options = parser.parse_args()
    if not (options.shared / "book").is_dir():
        parser.error(f"{options.shared} has no folder “book”; --shared names another folder")
    try:
        scores = score_names(options.shared)
    except CasebookError as error:
        parser.error(str(error))
    if options.each:
        print("\n".join(scores.misses))
    figures = table(scores.rows, scores.look_alikes, scores.wrong)
    print(figures)
    if not options.no_write:
        RESULTS.write_text(report(figures, datetime.now(UTC).date().isoformat()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
