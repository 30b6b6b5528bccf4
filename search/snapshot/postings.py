"""Postings: documents that something matches, with their scores.

In:  documents in rising order, each once; their scores.
Out: the best of them, whether a document is among them, facet tallies. What belongs to a word is
     kept with the word, since a word's score in a document is the same in every question.

The best `CHAMPIONS` of a long list are sorted out once. What is left of a list after a filter
keeps those champions that pass: as long as enough of them do, the rest need no score at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.gathering import Ints, Mask
from search.snapshot.ranking import Floats, best

CHAMPIONS = 128
_LONG = 512  # documents from which on champions pay
_DENSE = 64  # a list with more than one in so many documents gets a mask of all documents

Passing = Callable[[Ints], Mask]


class Postings:
    """Documents with scores. `order` gives documents' book order, where it is not their own."""

    __slots__ = (
        "_best",
        "_mask",
        "_score_later",
        "_scores",
        "documents",
        "is_cut",
        "is_kept",
        "tallies",
    )

    def __init__(
        self,
        documents: Ints,
        scores: Floats | None,
        *,
        score_later: Callable[[], Floats] | None = None,
        is_kept: bool = False,
    ) -> None:
        self.documents = documents
        self._scores = scores
        self._score_later = score_later
        self._best: tuple[Ints, Floats] | None = None
        self._mask: Mask | None = None
        self.is_kept = is_kept
        self.is_cut = False  # it stands for more words than were looked up
        self.tallies: dict[str, NDArray[Any]] = {}

    @property
    def size_bytes(self) -> int:
        """Return about how many bytes it takes."""
        return self.documents.size * 14 + 2_000

    @property
    def scores(self) -> Floats:
        """Return the documents' scores."""
        if self._scores is None:
            self._scores = self._score_later() if self._score_later else np.zeros(0)
        return self._scores

    def scores_of(self, documents: Ints) -> Floats:
        """Return the scores of some of these documents."""
        found: Floats = self.scores[self.documents.searchsorted(documents)]
        return found

    def has(self, documents: Ints, size: int) -> Mask:
        """Tell which of some documents are among these; `size` is the number of all documents."""
        if self.is_kept and self.documents.size * _DENSE > size:
            if self._mask is None:
                mask = np.zeros(size, np.bool_)
                mask[self.documents] = True
                self._mask = mask
            return self._mask[documents]
        if not self.documents.size:
            return np.zeros(documents.size, np.bool_)
        place = self.documents.searchsorted(documents)
        return np.equal(self.documents.take(place, mode="clip"), documents)

    def champions(self, order: Ints | None) -> tuple[Ints, Floats] | None:
        """Return the best documents, best first; None where sorting all is as good."""
        if self._best is None and self.is_kept and self.documents.size >= _LONG:
            places = best(self.scores, CHAMPIONS, None if order is None else order[self.documents])
            self._best = self.documents[places], self.scores[places]
        return self._best

    def passing(self, passes: Passing, order: Ints | None) -> Postings:
        """Return the documents that pass."""
        keep = passes(self.documents)
        found = Postings(self.documents[keep], None, score_later=lambda: self.scores[keep])
        if champions := self.champions(order):
            good = passes(champions[0])
            found._best = champions[0][good], champions[1][good]
        return found

    def top(self, count: int, order: Ints | None) -> tuple[Ints, Floats]:
        """Return the best documents and their scores, ties in book order."""
        champions = self.champions(order)
        if champions and champions[0].size >= count:
            return champions[0][:count], champions[1][:count]
        scores = self.scores
        places = best(scores, count, None if order is None else order[self.documents])
        return self.documents[places], scores[places]
