"""Terms: what a word matches, and what is kept of it.

In:  documents and how often a word (or a phrase, or words with one beginning) stands in each.
Out: postings that score by BM25; those of a frequent word hold its frequency in every document:
     one step to look up. How much room they take where they are kept.

Scores are not kept: they are worked out for the documents that they are asked of.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.gathering import Documents, Mask
from search.snapshot.postings import Postings
from search.snapshot.ranking import EXACT_BONUS, Floats, impacts

_DENSE = 64  # a word in more than one of so many documents gets an array of all documents
_KEPT_BYTES = 10_000  # about what a word's best documents take
MOST_SCORED = 4_096  # documents whose scores are kept
_VALUE_BYTES, _MOST_VALUES = 8, 4_000  # of facet values that a word's documents may have


class CountedPostings(Postings):
    """Documents in which something stands so many times; `norms` are those of all documents.

    The scores of a short list are kept once they have been worked out.
    """

    __slots__ = ("_idf", "_norms", "_scores", "_times")

    def __init__(
        self, documents: Documents, times: NDArray[Any], idf: float, norms: Floats
    ) -> None:
        super().__init__(documents)
        self._times, self._idf, self._norms = times, idf, norms
        self._scores: Floats | None = None

    def scores(self) -> Floats:
        """Return the scores of all the documents."""
        if self._scores is not None:
            return self._scores
        scores = self._weighed(self._times, self.documents)
        if scores.size <= MOST_SCORED:
            scores.flags.writeable = False
            self._scores = scores
        return scores

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        places = self.documents.searchsorted(documents)
        if self._scores is not None:
            return self._scores.take(places)
        return self._weighed(self._times.take(places), documents)

    def scores_at(self, places: NDArray[np.intp]) -> Floats:
        """Return the scores of the documents at some places of the list."""
        if self.count <= MOST_SCORED:
            return self.scores().take(places)
        return self._weighed(self._times.take(places), self.documents.take(places))

    def is_like(self, other: Postings) -> bool:
        """Tell whether others are the same documents and stand there as often."""
        return (
            isinstance(other, CountedPostings)
            and self.count == other.count
            and self._idf == other._idf  # noqa: SLF001 - of the same class, as is what follows
            and np.array_equal(self._times, other._times)  # noqa: SLF001
            and np.array_equal(self.documents, other.documents)
        )

    def weighing(self, factor: float) -> CountedPostings:
        """Return the same documents, with so many times their scores."""
        return type(self)(self.documents, self._times, self._idf * factor, self._norms)

    def only(self, there: Mask) -> CountedPostings:
        """Return some of the documents, as telling as all are."""
        return type(self)(self.documents[there], self._times[there], self._idf, self._norms)

    def _weighed(self, times: NDArray[Any], documents: Documents) -> Floats:
        scores = impacts(times, self._norms.take(documents))
        scores *= self._idf
        return scores


class WordPostings(CountedPostings):
    """The documents of one word; of a frequent one an array of all documents is kept."""

    __slots__ = ("_row",)

    def __init__(
        self, documents: Documents, times: NDArray[Any], idf: float, norms: Floats
    ) -> None:
        super().__init__(documents, times, idf, norms)
        self._row: NDArray[Any] | None = None

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document: what is not here scores 0."""
        return self.row() is not None

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        row = self._row if self._row is not None else self.row()
        if row is None:
            return super().scores_of(documents)
        return self._weighed(row.take(documents), documents)

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        row = self._row if self._row is not None else self.row()
        return super().has(documents) if row is None else row.take(documents) != 0

    def row(self) -> NDArray[Any] | None:
        """Return an array over all documents that is not 0 at these, if there is one."""
        if self._row is None and self.count * _DENSE > self._norms.size:
            row = np.zeros(self._norms.size, self._times.dtype)
            row[self.documents] = self._times
            self._row = row
        return self._row


def of_family(family: Postings, typed: Postings) -> Postings:
    """Return the documents of a word's family; its form as typed counts for a little more."""
    if isinstance(family, CountedPostings) and family.is_like(typed):
        return family.weighing(1 + EXACT_BONUS)
    return FamilyPostings(family, typed)


class FamilyPostings(Postings):
    """The documents of a word's family; a form of it counts for so much more.

    The form may be of another language in other documents, which are left out. The scores of a
    short list are kept once they have been worked out.
    """

    __slots__ = ("_bonus", "_family", "_scores", "_typed")

    def __init__(self, family: Postings, typed: Postings, bonus: float = EXACT_BONUS) -> None:
        super().__init__(family.documents)
        there = family.has(typed.documents)
        if isinstance(typed, CountedPostings) and not there.all():
            typed = typed.only(there)
        self._family, self._typed, self._bonus = family, typed, bonus
        self._scores: Floats | None = None

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document: what is not here scores 0."""
        return self._scores is None and self._family.is_total

    def scores(self) -> Floats:
        """Return the scores of all the documents."""
        if self._scores is not None:
            return self._scores
        scores = self._family.scores().copy()
        places = self.documents.searchsorted(self._typed.documents)
        scores[places] += self._bonus * self._typed.scores()
        if scores.size <= MOST_SCORED:
            scores.flags.writeable = False
            self._scores = scores
        return scores

    def scores_at(self, places: NDArray[np.intp]) -> Floats:
        """Return the scores of the documents at some places of the list."""
        if self.count <= MOST_SCORED:
            return self.scores().take(places)
        return self.scores_of(self.documents.take(places))

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        if self._scores is not None:
            return self._scores.take(self.documents.searchsorted(documents))
        scores = self._family.scores_of(documents)
        if self._typed.is_total:
            scores += self._bonus * self._typed.scores_of(documents)
            return scores
        places = self._typed.has(documents).nonzero()[0]
        scores[places] += self._bonus * self._typed.scores_of(documents[places])
        return scores

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        return self._family.has(documents)

    def row(self) -> NDArray[Any] | None:
        """Return an array over all documents that is not 0 at these, if there is one."""
        return self._family.row()


def kept_bytes(kept: Postings) -> int:
    """Return about how many bytes postings take, what they may remember yet included."""
    documents, row = kept.documents, kept.row()
    own = 0 if documents.base is not None else documents.nbytes * 2
    own += 8 * kept.count if kept.count <= MOST_SCORED else 0
    values = _VALUE_BYTES * min(4 * kept.count, _MOST_VALUES)
    return _KEPT_BYTES + values + own + (0 if row is None else row.nbytes)
