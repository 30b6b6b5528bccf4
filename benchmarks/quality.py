"""Search quality: the default search on judged queries, of the test book and of public collections.

    python -m benchmarks.quality [--shared FOLDER] [--book FILE] [--each] [--book-only]
        [--no-left-out] [--no-write]

In:  the folder `shared` beside the project: the book as a PDF, `queries.json` with what is
     relevant, its scorer; the collections of `shared/ir` (`judged_collections`).
Out: nDCG@10, MRR and recall@20 by type of query, beside plain BM25 as the folder's README gives
     it; nDCG@10 of every collection beside its best reference, and what the weights that are best
     on the other English collections give: `judged_collections.CHOICES` takes some minutes of the
     run. On the terminal and in
     benchmarks/results/quality.md.
Errors: exits with a sentence where the folder is missing or the book cannot be read.

The book goes through the real ingest into a temporary library, without a manifest, and is then
searched as a reader would: words as typed, match=auto, sections. The filters of a query are
facets of ours: its region is the part whose title is most like it, its section the section kind.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import re
import runpy
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process, utils

from benchmarks.judged_collections import (
    CHOICES,
    ENGLISH,
    NAMES,
    Weights,
    best_references,
    judged,
    left_out,
    score_choices,
)
from ingest.pipeline import ingest_file
from search import CasebookError, InputError, Library, open_library

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "quality.md"
TARGET = 0.80  # nDCG@10 over all queries

_DEPTH = 20  # hits asked for: recall@20 is the deepest measure
_ALL = "all"
_ROW = re.compile(r"^\| (\w+) \| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE)


class Measures(NamedTuple):
    """The means of one type of query."""

    queries: int
    ndcg_10: float
    mrr: float
    recall_20: float


class Answered(NamedTuple):
    """One query and how well it was answered."""

    id: str
    type: str
    query: str
    ndcg_10: float


class Collection(NamedTuple):
    """A collection's score, its best reference's, and with the weights that others chose."""

    name: str
    ndcg_10: float
    best: float
    blind: float | None = None


class Scores(NamedTuple):
    """Every type of query, and every query."""

    by_type: Mapping[str, Measures]
    each: Sequence[Answered]


def score_library(library: Library, shared: Path) -> Scores:
    """Search a library that holds the book, and score what it answers."""
    book = shared / "book"
    queries = json.loads((book / "queries.json").read_text(encoding="utf-8"))
    forms = _region_forms(book)
    run = {query["id"]: _ranking(library, query, forms) for query in queries}
    score: Callable[[Any, Any], Any] = runpy.run_path(str(book / "score_queries.py"))["score"]
    scored = score(queries, run)
    by_type = {
        name: Measures(mean["queries"], mean["ndcg@10"], mean["mrr"], mean["recall@20"])
        for name, mean in scored["means"].items()
    }
    each = [Answered(r["id"], r["type"], r["query"], r["ndcg@10"]) for r in scored["each"]]
    return Scores(by_type, each)


def score_book(file: Path, shared: Path) -> Scores:
    """Ingest the book into a temporary library and score the search on it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_library(Path(folder) / "library", create=True) as library,
    ):
        result = ingest_file(file, library)
        if result.record is None:
            raise InputError(result.message)
        return score_library(library, shared)


def plain_bm25(shared: Path) -> dict[str, Measures]:
    """Return the figures of plain BM25 that the shared README gives."""
    readme = (shared / "book" / "README.md").read_text(encoding="utf-8")
    return {
        name: Measures(int(count), float(ndcg), float(mrr), float(recall))
        for name, count, ndcg, mrr, recall in _ROW.findall(readme)
    }


def _region_forms(book: Path) -> dict[str, list[str]]:
    """Return how each region's name is written in the book."""
    regions = json.loads((book / "gold.json").read_text(encoding="utf-8"))["regions"]
    keys = ("name", "heading", "heading_contents")
    return {region["name"]: [region[key] for key in keys if region.get(key)] for region in regions}


def _ranking(
    library: Library, query: Mapping[str, Any], forms: Mapping[str, list[str]]
) -> list[list[object]]:
    filters = _filters(library, query["filters"], forms)
    results = library.search(query["query"], filters=filters, limit=_DEPTH, facets=(), passages=0)
    return [["case", hit.case_number or 0, hit.section_kind] for hit in results.hits]


def _filters(
    library: Library, wanted: Mapping[str, str], forms: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    filters = {}
    if region := wanted.get("region"):
        filters["part"] = [_most_like(forms.get(region, [region]), _parts(library))]
    if section := wanted.get("section"):
        filters["section_kind"] = [section]
    return filters


def _parts(library: Library) -> list[str]:
    return [part.title for record in library.publications() for part in record.parts]


def _most_like(forms: list[str], titles: list[str]) -> str:
    if not titles:
        return ""
    found = [
        process.extractOne(form, titles, scorer=fuzz.ratio, processor=utils.default_process)
        for form in forms
    ]
    return max(found, key=lambda hit: hit[1])[0]


def table(scores: Scores, reference: Mapping[str, Measures]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| queries | n | nDCG@10 | MRR | recall@20 | plain BM25 nDCG@10 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, row in scores.by_type.items():
        plain = f"{reference[name].ndcg_10:.4f}" if name in reference else ""
        lines.append(
            f"| {name} | {row.queries} | {row.ndcg_10:.4f} | {row.mrr:.4f} | {row.recall_20:.4f}"
            f" | {plain} |"
        )
    return "\n".join(lines)


def score_collections(folder: Path, *, leaving_out: bool) -> list[Collection]:
    """Score the default search on every collection there is."""
    best = best_references(folder)
    rows: dict[str, float] = {}
    choices: dict[str, dict[Weights, float]] = {}
    for name in NAMES:
        if (folder / name).is_dir():
            with judged(name, folder) as collection:
                rows[name] = collection.ndcg()
                if leaving_out and name in ENGLISH:
                    choices[name] = score_choices(collection)
    blind = left_out(choices)
    return [Collection(name, ndcg, best[name], blind.get(name)) for name, ndcg in rows.items()]


def collections_table(rows: Sequence[Collection]) -> str:
    """Return the collections' figures as a Markdown table."""
    english = [row for row in rows if row.name in ENGLISH]
    if english:
        blind = [row.blind for row in english if row.blind is not None]
        mean = Collection(
            "English, mean",
            _mean([row.ndcg_10 for row in english]),
            _mean([row.best for row in english]),
            _mean(blind) if len(blind) == len(english) else None,
        )
        rows = [*english, mean, *(row for row in rows if row not in english)]
    lines = [
        "| collection | nDCG@10 | best reference | points more | weights of the others |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        blind_shown = "" if row.blind is None else f"{row.blind:.4f}"
        more = f"{100 * (row.ndcg_10 - row.best):+.1f}"
        lines.append(
            f"| {row.name} | {row.ndcg_10:.4f} | {row.best:.4f} | {more} | {blind_shown} |"
        )
    return "\n".join(lines)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def report(
    scores: Scores,
    reference: Mapping[str, Measures],
    collections: Sequence[Collection],
    *,
    day: str,
    book: str,
) -> str:
    """Return what is written down: the table, and where and when it was measured."""
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("whoosh3", "nltk", "msgspec")
    )
    return f"""# Search quality

The default search (`match=auto`, sections) on the judged queries of the test book, `{book}`
ingested without a manifest. Required: nDCG@10 of {TARGET:.2f} over all queries. Plain BM25 is the
reference of `shared/book/README.md`: section bodies, no stems.

{table(scores, reference)}

## Public collections

The same search (`open_library(…).search(…)`, one set of weights, no setting) on the collections of
`shared/ir`, beside the best of the reference engines on each. The last column has what the weights
that are best on the *other* English collections give: of {len(CHOICES)} choices of BM25's K1 and b,
the weight of pairs, the sharpness of feedback and the number of its words. What cannot be left out
that way (word lists, rules for sentences) was seen with these collections
(docs/adr/0012-relevance.md).

{collections_table(collections)}

Measured on {day}: {platform.system()} {platform.machine()}, Python {platform.python_version()};
{versions}. `python -m benchmarks.quality` writes this page anew.
"""


def main() -> int:
    """Score, print, and write it down if asked to; 1 where the target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--book", default="book.pdf", help="a file of shared/book")
    parser.add_argument("--each", action="store_true", help="a line for every query")
    parser.add_argument("--book-only", action="store_true", help="no public collections")
    parser.add_argument("--no-left-out", action="store_true", help="no weights of the others")
    parser.add_argument("--no-write", action="store_true", help=f"leave {RESULTS.name} as it is")
    options = parser.parse_args()
    if not (options.shared / "book").is_dir():
        parser.error(f"{options.shared} has no folder “book”; --shared names another folder")
    try:
        scores = score_book(options.shared / "book" / options.book, options.shared)
    except CasebookError as error:
        parser.error(str(error))
    reference = plain_bm25(options.shared)
    if options.each:
        for row in sorted(scores.each, key=lambda row: row.ndcg_10):
            print(f"{row.ndcg_10:.4f}  {row.id}  {row.type:<8}  {row.query}")
    print(table(scores, reference))
    collections: list[Collection] = []
    if not options.book_only:
        collections = score_collections(options.shared / "ir", leaving_out=not options.no_left_out)
        print(collections_table(collections))
    if not (options.no_write or options.book_only or options.no_left_out):
        day = datetime.now(UTC).date().isoformat()
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(
            report(scores, reference, collections, day=day, book=options.book), encoding="utf-8"
        )
    return 0 if scores.by_type[_ALL].ndcg_10 >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
