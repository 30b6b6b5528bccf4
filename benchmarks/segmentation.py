"""Segmentation measured: how well structure is found, rendering by rendering.

In:  the test book in `../shared/book` (a text and two PDFs, with its gold and scorer), our digest
     in `corpus/sample` (the same form), the manuals in `../shared/pdf/segmentation`. What is not
     there is left out.
Out: a table: F1 of case starts, titles, organisations, parts, sections, words, and the share of
     right pages; for the manuals F1 of headings and level accuracy.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.arguments import argument_parser
from ingest.manifest import Manifest, read_manifest
from ingest.preparing import make_publication
from ingest.read import read_file
from ingest.report import found_headings
from search.model import Publication, Source

_EXAMPLES = """examples:
  python -m benchmarks.segmentation
  python -m benchmarks.segmentation book-printed-anew.pdf
"""
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
BOOK, MANUALS = SHARED / "book", SHARED / "pdf" / "segmentation"
SAMPLE = ROOT / "corpus" / "sample"

MEASURES = {
    "starts": "case_starts",
    "titles": "case_titles_or_contents",
    "organis.": "organisations",
    "parts": "regions",
    "sections": "sections",
    "words": "words",
    "case p.": "case_pages",
    "sect. p.": "section_pages",
}


@dataclass(frozen=True)
class Scored:
    """One rendering's figures by their short name."""

    name: str
    figures: dict[str, float]
    errors: tuple[str, ...]
    seconds: float


def load_module(path: Path) -> ModuleType:
    """Load a script that lies outside our packages."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def candidate(record: Publication) -> dict[str, Any]:
    """A record in the scorer's form."""
    cases = [case for case in record.cases if case.kind == "case"]
    return {
        "cases": [
            {
                "title": case.title,
                "organisation": case.organisation,
                "region": record.part_title(case),
                "first_page": case.first_page,
                "sections": [
                    {"heading": s.heading, "kind": s.kind, "page": s.page, "text": s.text}
                    for s in case.sections
                ],
            }
            for case in cases
        ]
    }


def score_book(path: Path, gold: Path, text: Path, manifest: Manifest | None = None) -> Scored:
    """Segment one rendering and score it against a gold."""
    scorer = load_module(BOOK / "score_segmentation.py")
    started = time.perf_counter()
    extraction = read_file(path)
    source = Source(path.name, extraction.media, "", path.stat().st_size)
    record, _ = make_publication(extraction, source, manifest or read_manifest(""))
    seconds = time.perf_counter() - started
    result = scorer.score(scorer.Gold(str(gold), str(text)), candidate(record))
    figures = {
        short: result[name]["f1"] if isinstance(result[name], dict) else result[name]
        for short, name in MEASURES.items()
    }
    return Scored(path.name, figures, tuple(result["errors"]), seconds)


def book_text() -> Path:
    """The text file that the test book's gold counts lines in."""
    return next(BOOK.glob("*.txt"))


def score_manual(path: Path) -> Scored:
    """Find the headings of a manual and score them."""
    scorer = load_module(MANUALS / "score_headings.py")
    started = time.perf_counter()
    extraction = read_file(path)
    source = Source(path.name, extraction.media, "", path.stat().st_size)
    _, segmented = make_publication(extraction, source, read_manifest(""))
    seconds = time.perf_counter() - started
    rows = [{"level": h.level, "title": h.title, "page": h.page} for h in found_headings(segmented)]
    truth = scorer.load(MANUALS / f"{path.stem}.truth.json")
    result = scorer.score(truth, rows)
    figures = {
        "precision": result["precision"],
        "recall": result["recall"],
        "F1": result["f1"],
        "levels": result["level_accuracy"],
    }
    name = f"{path.parent.name}/{path.name}" if path.parent != MANUALS else path.name
    return Scored(name, figures, (), seconds)


def _books(further: list[Path]) -> Iterator[Scored]:
    if (SAMPLE / "digest.gold.json").exists() and BOOK.exists():
        for path in sorted(SAMPLE.glob("digest.*")):
            if path.suffix in {".pdf", ".txt"}:
                yield score_book(path, SAMPLE / "digest.gold.json", SAMPLE / "digest.txt")
    if BOOK.exists():
        for path in [book_text(), *sorted(BOOK.glob("*.pdf")), *further]:
            yield score_book(path, BOOK / "gold.json", book_text())


def _show(rows: Iterator[Scored]) -> None:
    heads: tuple[str, ...] = ()
    for row in rows:
        if tuple(row.figures) != heads:
            heads = tuple(row.figures)
            print(f"\n{'':32}" + "".join(f"{head:>10}" for head in heads) + f"{'seconds':>10}")
        figures = "".join(f"{figure:10.4f}" for figure in row.figures.values())
        print(f"{row.name:32}{figures}{row.seconds:10.1f}")


def main() -> None:
    """Print both tables."""
    parser = argument_parser("segmentation", __doc__, _EXAMPLES)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="further renderings of the test book"
    )
    _show(_books(parser.parse_args().files))
    if MANUALS.exists():
        manuals = [*sorted(MANUALS.glob("*.pdf")), *sorted(MANUALS.glob("outlined/*.pdf"))]
        _show(score_manual(path) for path in manuals)


if __name__ == "__main__":
    main()
