"""bm25s: BM25 scores computed ahead, ranked with numpy.

In:  sections, tokens ahead; questions for any of some words.
Out: document numbers and scores.

It ranks and does nothing else: no exact totals, facets, filters, phrases or passages; so it is
asked only for the top ten of the words that its kind of question has. Its default method is
Lucene's BM25.
"""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any

import bm25s

from benchmarks.peers.peer import LIMIT, Answer, Asked, sections_of
from benchmarks.questions import Question, words_of

_ASKED = {"rare", "middle", "common", "any2", "any3"}
_IDS = "ids.txt"


class Bm25sPeer:
    """A matrix of scores."""

    def __init__(self) -> None:
        self.version = f"bm25s {importlib.metadata.version('bm25s')}"
        self._scores: Any
        self._ids: list[str] = []

    def build(self, corpus: Path, folder: Path) -> None:
        """Tokenise, index, save."""
        names, texts = [], []
        for name, section in sections_of(corpus):
            names.append(name)
            # A title weighs double by standing there twice.
            title = f"{section.case_title} {section.case_title}"
            texts.append(words_of(f"{title} {section.heading} {section.text}"))
        scores = bm25s.BM25()
        scores.index(texts, show_progress=False)
        scores.save(str(folder), show_progress=False)
        (folder / _IDS).write_text("\n".join(names), encoding="utf-8")

    def open(self, folder: Path) -> None:
        """Load the matrix, mapped into memory."""
        self._scores = bm25s.BM25.load(str(folder), mmap=True)
        self._ids = (folder / _IDS).read_text(encoding="utf-8").splitlines()

    def prepare(self, question: Question) -> list[list[str]] | None:
        """Return the words; None for what is more than words."""
        is_asked = question.kind in _ASKED and not question.narrowed
        return [list(question.words)] if is_asked else None

    def ask(self, prepared: list[list[str]], task: Asked) -> Any:  # noqa: ANN401
        """Rank; None for the tasks that it has not."""
        if task != "top":
            return None
        return self._scores.retrieve(prepared, k=LIMIT, show_progress=False)

    def read(self, found: Any) -> Answer:  # noqa: ANN401
        """Name the documents that have a score."""
        if found is None:
            return Answer(None)
        pairs = zip(found.documents[0], found.scores[0], strict=True)
        return Answer(None, first=tuple(self._ids[number] for number, score in pairs if score > 0))
