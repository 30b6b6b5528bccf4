"""Synonyms: other spellings of a word, ranked behind the one typed.

In:  the documents that have the word as typed, those that have each of its other spellings.
Out: all of them. What has the word as typed scores as if there were no other spelling; the others
     score as one word would that all spellings were, times `DISCOUNT`, and less than any that has
     the word as typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.gathering import Documents, Mask
from search.snapshot.places import unique
from search.snapshot.postings import Listed, Postings
from search.snapshot.ranking import Floats
from search.snapshot.ranking import inverse_document_frequency as _idf
from search.snapshot.scratch import summed

DISCOUNT = 0.5
BELOW = 0.99  # of the least score of the word as typed
DIGITS = 12  # what differs by less came from the same numbers, and must stay in book order


def with_other_spellings(
    typed: Postings, others: Sequence[Postings], count: int, size: int
) -> Postings:
    """Add other spellings; `count` is the number of living documents, `size` that of numbers."""
    there = [other for other in others if other.count]
    if not there:
        return typed
    documents: Documents = unique(np.concatenate([other.documents for other in there]))
    lacking = ~typed.has(documents)
    shared = DISCOUNT * _idf(count, typed.count + int(np.count_nonzero(lacking)))
    documents, scores = summed(
        [(each.documents, each.scores() * (shared / _idf(count, each.count))) for each in there],
        size,
        among=documents,
    )
    scores = scores.round(DIGITS)
    if typed.count:
        documents, scores = documents[lacking], scores[lacking]
        if documents.size:
            scores *= min(1.0, BELOW * typed.scores().min() / scores.max())
    row = typed.row()
    if row is None:
        return Listed(*summed([(typed.documents, typed.scores()), (documents, scores)], size))
    return Spelt(typed, Listed(documents, scores), row) if documents.size else typed


class Spelt(Postings):
    """The documents of a frequent word as typed, and others that have it spelt otherwise alone."""

    __slots__ = ("_others", "_row", "_typed")

    def __init__(self, typed: Postings, others: Postings, row: NDArray[Any]) -> None:
        documents = np.concatenate([typed.documents, others.documents.astype(np.int32)])
        documents.sort(kind="stable")  # two runs
        super().__init__(documents)
        self._typed, self._others = typed, others
        self._row: Mask = np.not_equal(row, 0)
        self._row[others.documents] = True

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document: what is not here scores 0."""
        return self._typed.is_total

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        if self._typed.is_total:
            scores = self._typed.scores_of(documents)
        else:
            scores = np.zeros(documents.size)
            at = self._typed.has(documents).nonzero()[0]
            scores[at] = self._typed.scores_of(documents.take(at))
        at = self._others.has(documents).nonzero()[0]
        scores[at] = self._others.scores_of(documents.take(at))
        return scores

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        return self._row.take(documents)

    def row(self) -> Mask:
        """Return an array over all documents that is not 0 at these."""
        return self._row

    @property
    def row_bytes(self) -> int:
        """Return how many bytes the array over all documents takes, made or not; 0 for none."""
        return self._row.nbytes
