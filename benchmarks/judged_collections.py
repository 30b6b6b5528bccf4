"""Judged collections: the default search on public collections of documents and questions.

In:  the folder `shared/ir`: collections, reference scores, the evaluator.
Out: nDCG@10 of each collection, beside that of its best reference; what one choice of weights
     gives on each collection when it was made on the others.
Errors: CasebookError where a collection cannot be imported.

A document is a case with one section: its title is the case's, its text the section's, in the
language of the collection. The questions go to the public door as they are, with no setting but
how many hits are wanted.
"""

from __future__ import annotations

import gzip
import json
import runpy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from ingest.jsonl import read_sections
from search import Library, open_library
from search.snapshot import feedback, proximity, ranking

ENGLISH = ("cranfield", "cisi", "cacm", "scifact")
LANGUAGES = ("en", "ru", "de", "es", "el", "ar", "hi", "zh", "th", "vi")
NAMES = (*ENGLISH, "danetqa", *(f"xquad-{language}" for language in LANGUAGES))

_DEPTH = 10
_MEASURE = "nDCG@10"


class Weights(NamedTuple):
    """What may be chosen: BM25's constants, the weight of pairs, and of feedback two things.

    These are how sharply the first hits count, and how many words of theirs.
    """

    k1: float
    b: float
    pairs: float
    sharpness: int
    terms: int


CHOSEN = Weights(ranking.K1, ranking.B, proximity.PAIR_WEIGHT, feedback.SHARPNESS, feedback.TERMS)
CHOICES = tuple(
    Weights(k1, b, pairs, sharpness, terms)
    for k1, b in ((1.2, 0.75), (1.5, 0.65), (1.8, 0.5))
    for pairs in (0.0, 0.15, 0.3)
    for sharpness in (8, 16, 32)
    for terms in (50, 100)
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A collection in a library, its questions and what is relevant to each."""

    name: str
    library: Library
    ids: Mapping[str, str]  # a case → the document
    questions: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]
    score: Callable[[Any, Any], Mapping[str, float]]

    def ndcg(self) -> float:
        """Return the mean nDCG@10 of the default search."""
        found = (self._ndcg(name, relevant) for name, relevant in self.relevant.items())
        return sum(found) / len(self.relevant)

    def _ndcg(self, name: str, relevant: Mapping[str, int]) -> float:
        asked = self.questions[name]
        hits = self.library.search(asked, limit=_DEPTH, facets=(), passages=0).hits
        return self.score(relevant, [self.ids[hit.case] for hit in hits])[_MEASURE]


@contextmanager
def judged(name: str, folder: Path) -> Iterator[Judged]:
    """Put a collection into a temporary library."""
    evaluator = runpy.run_path(str(folder / "evaluate.py"))
    with TemporaryDirectory() as scratch:
        ids = _write_sections(folder / name, Path(scratch) / "sections.jsonl")
        with open_library(Path(scratch) / "library", create=True) as library:
            for found in read_sections(
                Path(scratch) / "sections.jsonl", Path(scratch)
            ).publications:
                library.publish(found.record(), source=found.source)
            yield Judged(
                name,
                library,
                ids,
                dict(_questions(folder / name / "queries.tsv")),
                evaluator["read_qrels"](folder / name / "qrels.tsv"),
                evaluator["score_query"],
            )


def best_references(folder: Path) -> dict[str, float]:
    """Return the best nDCG@10 that any reference engine has on each collection."""
    scores = json.loads((folder / "reference.json").read_text(encoding="utf-8"))["scores"]
    return {
        name: max(row[_MEASURE] for row in rows.values() if _MEASURE in row)
        for name, rows in scores.items()
    }


def score_choices(collection: Judged, choices: Sequence[Weights] = CHOICES) -> dict[Weights, float]:
    """Return the nDCG@10 of a collection for every choice of weights."""
    found: dict[Weights, float] = {}
    try:
        for weights in choices:
            _choose(weights)
            # Opened anew, for what is remembered of words was weighed as before.
            with open_library(collection.library.path) as library:
                found[weights] = replace(collection, library=library).ndcg()
    finally:
        _choose(CHOSEN)
    return found


def left_out(scores: Mapping[str, Mapping[Weights, float]]) -> dict[str, float]:
    """Return, for each collection, its score with the weights that are best on the others."""
    found: dict[str, float] = {}
    for name, own in scores.items():
        others = [rows for other, rows in scores.items() if other != name]
        best = max(own, key=lambda weights: sum(rows[weights] for rows in others))
        found[name] = own[best]
    return found


def _choose(weights: Weights) -> None:
    ranking.K1 = weights.k1
    ranking.B = weights.b
    proximity.PAIR_WEIGHT = weights.pairs
    feedback.SHARPNESS = weights.sharpness
    feedback.TERMS = weights.terms


def _write_sections(collection: Path, file: Path) -> dict[str, str]:
    """Write a collection's documents as lines to import; return the document of each case."""
    language = {"danetqa": "ru"}.get(collection.name, collection.name.partition("-")[2] or "en")
    ids: dict[str, str] = {}
    with (
        gzip.open(collection / "docs.jsonl.gz", "rt", encoding="utf-8") as lines,
        file.open("w", encoding="utf-8") as out,
    ):
        for number, line in enumerate(lines, 1):
            document = json.loads(line)
            ids[f"d{number}"] = document["id"]
            section = {
                "publication": collection.name,
                "case": f"d{number}",
                "section": "text",
                "text": document["text"],
                "language": language,
            }
            if document["title"].strip():
                section["case_title"] = document["title"]
            out.write(json.dumps(section, ensure_ascii=False) + "\n")
    return ids


def _questions(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition("\t")
        yield name, text
