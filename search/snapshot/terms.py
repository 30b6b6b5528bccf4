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

from search.snapshot.champions import Places, at_least, most_frequent
from search.snapshot.gathering import Documents, Mask
from search.snapshot.postings import Postings
from search.snapshot.ranking import EXACT_BONUS, Floats, impacts

_WORTH = 32  # such an array takes so many times as little for a document as to look one up
_DENSE = 64  # a word in more than one of so many documents gets an array of all documents
_KEPT_BYTES = 10_000  # about what a word's best documents take
MOST_SCORED = 4_096  # documents whose scores are kept
_VALUE_BYTES, _MOST_VALUES = 8, 4_000  # of facet values that a word's documents may have


class CountedPostings(Postings):
    """Documents in which something stands so many times; `norms` are those of all documents.

    None of them is less than `least_norm`. The scores of a short list are kept once they have been
    worked out.
    """

    __slots__ = ("_idf", "_least_norm", "_norms", "_scores", "_times")

    def __init__(
        self,
        documents: Documents,
        times: NDArray[Any],
        idf: float,
        norms: Floats,
        least_norm: float = 0.0,
    ) -> None:
        super().__init__(documents)
        self._times, self._idf, self._norms, self._least_norm = times, idf, norms, least_norm
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

    def frequent(self, count: int) -> Places | None:
        """Return so many documents or some more, those with the highest frequencies, if known."""
        return most_frequent(self._times, count) if self.count > MOST_SCORED else None

    def reaching(self, least: float) -> Places:
        """Return all documents that may score so much, as far as their frequencies tell."""
        return at_least(self._times, least / self._idf, self._least_norm)

    @property
    def most(self) -> float:
        """Return what no document scores."""
        return self._idf

    def is_like(self, other: Postings) -> bool:
        """Tell whether others are the same documents and stand there as often."""
        return other is self or (
            isinstance(other, CountedPostings)
            and self.count == other.count
            and self._idf == other._idf  # noqa: SLF001 - of the same class, as is what follows
            and np.array_equal(self._times, other._times)  # noqa: SLF001
            and np.array_equal(self.documents, other.documents)
        )

    def weighing(self, factor: float) -> CountedPostings:
        """Return the same documents, with so many times their scores."""
        idf = self._idf * factor
        return type(self)(self.documents, self._times, idf, self._norms, self._least_norm)

    def only(self, there: Mask) -> CountedPostings:
        """Return some of the documents, as telling as all are."""
        documents, times = self.documents[there], self._times[there]
        return type(self)(documents, times, self._idf, self._norms, self._least_norm)

    def _weighed(self, times: NDArray[Any], documents: Documents) -> Floats:
        scores = impacts(times, self._norms.take(documents))
        scores *= self._idf
        return scores


class WordPostings(CountedPostings):
    """The documents of one word; of a frequent one an array of all documents is kept."""

    __slots__ = ("_is_dense", "_row", "_spared")

    def __init__(
        self,
        documents: Documents,
        times: NDArray[Any],
        idf: float,
        norms: Floats,
        least_norm: float = 0.0,
    ) -> None:
        super().__init__(documents, times, idf, norms, least_norm)
        self._row: NDArray[Any] | None = None
        self._is_dense = self.count * _DENSE > norms.size
        self._spared = self.count // _WORTH  # documents to look up before the array is made

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document: what is not here scores 0."""
        return self.row() is not None

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        row = self._row_for(documents)
        if row is None:
            return super().scores_of(documents)
        return self._weighed(row.take(documents), documents)

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        row = self._row_for(documents)
        return super().has(documents) if row is None else row.take(documents) != 0

    def _row_for(self, documents: Documents) -> NDArray[Any] | None:
        """Return the array, unless too few documents were looked up yet for it to be worth it."""
        if self._row is None:
            self._spared -= documents.size
        return self.row() if self._spared < 0 else self._row

    def row(self) -> NDArray[Any] | None:
        """Return an array over all documents that is not 0 at these, if there is one."""
        if self._row is None and self._is_dense:
            row = np.zeros(self._norms.size, self._times.dtype)
            row[self.documents.astype(np.intp)] = self._times  # other numbers take twice as long
            self._row = row
        return self._row

    @property
    def row_bytes(self) -> int:
        """Return how many bytes the array over all documents takes, made or not; 0 for none."""
        return self._norms.size * self._times.itemsize if self._is_dense else 0


def of_family(family: Postings, typed: Postings) -> Postings:
    """Return the documents of a word's family; its form as typed counts for a little more."""
    if not typed.count:
        return family
    if isinstance(family, CountedPostings) and family.is_like(typed):
        return family.weighing(1 + EXACT_BONUS)
    return FamilyPostings(family, typed)


class FamilyPostings(Postings):
    """The documents of a word's family; a form of it counts for so much more.

    The form may be of another language in other documents, which are left out. The scores of a
    short list are kept once they have been worked out.
    """

    __slots__ = ("_bonus", "_family", "_is_inside", "_most", "_scores", "_typed")

    def __init__(self, family: Postings, typed: Postings, bonus: float = EXACT_BONUS) -> None:
        super().__init__(family.documents)
        self._family, self._typed, self._bonus = family, typed, bonus
        # What the form adds at most, if that is known.
        self._most = bonus * typed.most if isinstance(typed, CountedPostings) else None
        self._is_inside = False  # nothing of the form is known to stand where the family does not
        self._scores: Floats | None = None

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document: what is not here scores 0."""
        return self.count > MOST_SCORED and self._family.is_total  # the same at all times

    def frequent(self, count: int) -> Places | None:
        """Return so many documents or some more, those with the highest frequencies, if known."""
        return None if self._most is None else self._family.frequent(count)

    def reaching(self, least: float) -> Places:
        """Return all documents that may score so much, as far as their frequencies tell."""
        return self._family.reaching(least - (self._most or 0.0))

    def scores(self) -> Floats:
        """Return the scores of all the documents."""
        if self._scores is not None:
            return self._scores
        scores, typed = self._family.scores().copy(), self._inside()
        scores[self.documents.searchsorted(typed.documents)] += self._bonus * typed.scores()
        if scores.size <= MOST_SCORED:
            scores.flags.writeable = False
            self._scores = scores
        return scores

    def scores_at(self, places: NDArray[np.intp]) -> Floats:
        """Return the scores of the documents at some places of the list."""
        if self.count <= MOST_SCORED:
            return self.scores().take(places)
        documents = self.documents.take(places)
        return self._with_bonus(self._family.scores_at(places), documents, self._typed)

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        if self._scores is not None:
            return self._scores.take(self.documents.searchsorted(documents))
        scores, typed = self._family.scores_of(documents), self._inside()
        if typed.is_total:
            scores += self._bonus * typed.scores_of(documents)
            return scores
        return self._with_bonus(scores, documents, typed)

    def _with_bonus(self, scores: Floats, documents: Documents, typed: Postings) -> Floats:
        places = typed.has(documents).nonzero()[0]
        scores[places] += self._bonus * typed.scores_of(documents.take(places))
        return scores

    def _inside(self) -> Postings:
        """Return the form's documents, without those that the family has not."""
        if self._is_inside:
            return self._typed
        typed = self._typed  # which another thread may be about to change, too
        there = self._family.has(typed.documents)
        if isinstance(typed, CountedPostings) and not there.all():
            typed = typed.only(there)
        self._typed = typed
        self._is_inside = True
        return typed

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        return self._family.has(documents)

    def row(self) -> NDArray[Any] | None:
        """Return an array over all documents that is not 0 at these, if there is one."""
        return self._family.row()

    @property
    def row_bytes(self) -> int:
        """Return how many bytes the array over all documents takes, made or not; 0 for none."""
        return self._family.row_bytes


def kept_bytes(kept: Postings) -> int:
    """Return about how many bytes postings take, what they may remember yet included."""
    documents = kept.documents
    own = 0 if documents.base is not None else documents.nbytes * 2
    own += 8 * kept.count if kept.count <= MOST_SCORED else 0
    values = _VALUE_BYTES * min(4 * kept.count, _MOST_VALUES)
    return _KEPT_BYTES + values + own + kept.row_bytes
