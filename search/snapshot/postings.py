"""Postings: documents that something matches, with their scores.

In:  documents in rising order, each once; what scores them.
Out: how many there are, the best of them, whether a document is among them, facet tallies.

Nothing is worked out before it is asked for: how many there are and which are the best is often
known without a list of all of them. `best` is the beginning of the ranking, as far as it is known;
what a filter leaves of it is the beginning of the ranking of what the filter leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.champions import Places, champions
from search.snapshot.facet_tables import FacetTable, RankedValues, Tally
from search.snapshot.gathering import Documents, Ints, Mask
from search.snapshot.places import among, numbers_of
from search.snapshot.ranking import Floats, best

Best = tuple[Documents, Floats]
Passing = Callable[[Documents], Mask]

CHAMPIONS = 512
_LONG = 2_000  # documents from which on a look at frequencies may spare that of scores
_DEEPER = 4  # times as many are looked through where most pass
_DENSE = 16  # arrays of all documents are compared from one document in so many on


class Postings:
    """Documents; `count` is how many. They score nothing, where nothing more is known of them."""

    __slots__ = ("_best", "_documents", "_ranked", "count", "is_cut")

    def __init__(self, documents: Documents | None, count: int = 0) -> None:
        self._documents = documents
        self.count = count if documents is None else documents.size
        self.is_cut = False  # it stands for more words than were looked up
        self._best: Best | None = None
        self._ranked: dict[FacetTable, RankedValues] | None = None

    def keep(self) -> None:
        """Remember the best of them and their tallies, once they are known.

        For what is asked for again and again.
        """
        if self._ranked is None:
            self._ranked = {}

    @property
    def documents(self) -> Documents:
        """Return the documents."""
        if self._documents is None:
            self._documents = self._listed()
        return self._documents

    def _listed(self) -> Documents:
        return np.empty(0, np.int32)

    def scores(self) -> Floats:
        """Return the scores of all the documents."""
        return self.scores_of(self.documents)

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        return np.zeros(documents.size)

    def scores_at(self, places: NDArray[np.intp]) -> Floats:
        """Return the scores of the documents at some places of the list."""
        return self.scores_of(self.documents.take(places))

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        return among(self.documents, documents)

    @property
    def is_ranked(self) -> bool:
        """Tell whether the best of them are known."""
        return self._ranked is not None

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document: what is not here scores 0."""
        return False

    @property
    def is_tallied(self) -> bool:
        """Tell whether tallies are remembered."""
        return self._ranked is not None

    def row(self) -> NDArray[Any] | None:
        """Return an array over all documents that is not 0 at these, if there is one."""
        return None

    @property
    def row_bytes(self) -> int:
        """Return how many bytes the array over all documents takes, made or not; 0 for none."""
        return 0

    def best(self, order: Ints | None, count: int | None = None) -> Best | None:
        """Return the beginning of the ranking, as far as it is known: so many, or `CHAMPIONS`.

        Whoever asks first is told no more than that, which is also remembered.
        """
        known = self._best
        if self._ranked is None:
            return known
        wanted = min(count or CHAMPIONS, CHAMPIONS)
        if known and known[0].size >= min(wanted, self.count):
            return known
        documents, scores = self._ranking(CHAMPIONS if known else wanted, order)
        self._best = documents.astype(np.intp), scores
        return self._best

    def top(self, count: int, order: Ints | None) -> Best:
        """Return the best documents and their scores, ties in book order."""
        first = self.best(order, count)
        if first is None or first[0].size < min(count, self.count):
            return self._ranking(count, order)
        return first[0][:count], first[1][:count]

    def _ranking(self, count: int, order: Ints | None) -> Best:
        """Rank the best documents."""
        found = champions(self, count) if self.count > _LONG else None
        if found is None:
            return best_of(self.documents, self.scores(), count, order)
        return best_of(self.documents.take(found[0]), found[1], count, order)

    def frequent(self, count: int) -> Places | None:
        """Return so many documents or some more, those with the highest frequencies, if known."""
        del count
        return None

    def reaching(self, least: float) -> Places:
        """Return all documents that may score so much, as far as their frequencies tell."""
        del least
        return np.arange(self.count)

    def near_top(self, count: int, most: int, margin: float, order: Ints | None) -> Best:
        """Return the best documents, and at least those that score by a margin less, up to `most`.

        What may be among the `count` best once a document gains so much.
        """
        del count, margin  # they spare no time, but where more is known
        return self.top(most, order)

    def tally(self, table: FacetTable) -> Tally:
        """Return how many of the documents have each value of some facets."""
        if self._ranked is not None:
            return table.tally_of(self.ranked(table))
        return table.tally(self.documents)

    def ranked(self, table: FacetTable) -> RankedValues:
        """Return the values of some facets by falling count."""
        if self._ranked is None:
            return table.ranked(self.tally(table))
        found = self._ranked.get(table)
        if found is None:
            found = self._ranked[table] = table.ranked(table.tally(self.documents)).packed()
        return found

    def passing(self, passes: Passing, order: Ints | None) -> Postings:
        """Return the documents that pass."""
        documents = self.documents
        return Narrowed(self, passes, order, documents=documents.compress(passes(documents)))

    def within(self, mask: Mask, order: Ints | None) -> Postings:
        """Return the documents at which an array over all documents holds."""
        row = self.row()
        if row is None or self.count * _DENSE < mask.size:
            return self.passing(mask.take, order)
        return Narrowed(self, mask.take, order, row=np.logical_and(row, mask))


class Listed(Postings):
    """Documents, each with a score."""

    __slots__ = ("_scores",)

    def __init__(self, documents: Documents, scores: Floats) -> None:
        super().__init__(documents)
        self._scores = scores

    def scores(self) -> Floats:
        """Return the scores of all the documents."""
        return self._scores

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        found: Floats = self._scores[self.documents.searchsorted(documents)]
        return found


class Boosted(Postings):
    """Documents whose scores count so often."""

    __slots__ = ("_boost", "_inner")

    def __init__(self, inner: Postings, boost: float) -> None:
        super().__init__(inner.documents)
        self._inner, self._boost, self.is_cut = inner, boost, inner.is_cut

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document: what is not here scores 0."""
        return self._inner.is_total

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        return self._inner.scores_of(documents) * self._boost

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        return self._inner.has(documents)

    def row(self) -> NDArray[Any] | None:
        """Return an array over all documents that is not 0 at these, if there is one."""
        return self._inner.row()

    @property
    def row_bytes(self) -> int:
        """Return how many bytes the array over all documents takes, made or not; 0 for none."""
        return self._inner.row_bytes

    def best(self, order: Ints | None, count: int | None = None) -> Best | None:
        """Return the beginning of the ranking, as far as it is known."""
        first = self._inner.best(order, count)
        return None if first is None else (first[0], first[1] * self._boost)


class Narrowed(Postings):
    """What a filter leaves of other postings: its numbers, or an array over all documents.

    `failing` are what it does not leave, where these are easily found.
    """

    __slots__ = ("_order", "_passes", "_row", "_whole", "failing")

    def __init__(
        self,
        whole: Postings,
        passes: Passing,
        order: Ints | None,
        *,
        documents: Documents | None = None,
        row: Mask | None = None,
    ) -> None:
        count = 0 if row is None else int(np.count_nonzero(row))
        super().__init__(documents, count)
        self._whole, self._passes, self._order, self._row = whole, passes, order, row
        self.failing: Callable[[], Postings] | None = None

    @property
    def is_ranked(self) -> bool:
        """Tell whether the best of them are known."""
        first = self.best(self._order)
        return first is not None and first[0].size > 0

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document that passes."""
        return self._whole.is_total

    def best(self, order: Ints | None, count: int | None = None) -> Best | None:
        """Return the beginning of the ranking, as far as it is known."""
        del count
        if self._best is None:
            self._best = best_passing(self._whole.best(order), self._passes)
        return self._best

    def top(self, count: int, order: Ints | None) -> Best:
        """Return the best documents and their scores, ties in book order."""
        if self._best is None and self._whole.is_tallied and self._whole.count < 2 * self.count:
            documents, scores = self._whole.top(_DEEPER * count, order)
            places = self._passes(documents).nonzero()[0][:count]
            if places.size == min(count, self.count):
                return documents.take(places), scores.take(places)
        return super().top(count, order)

    def _listed(self) -> Documents:
        return super()._listed() if self._row is None else numbers_of(self._row)

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        return self._whole.scores_of(documents)

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        return self._whole.has(documents) & self._passes(documents)

    def row(self) -> NDArray[Any] | None:
        """Return an array over all documents that is not 0 at these, if there is one."""
        return self._row

    def tally(self, table: FacetTable) -> Tally:
        """Return how many of the documents have each value of some facets."""
        if self.failing and self._whole.is_tallied and self._whole.count < 2 * self.count:
            return self._whole.tally(table) - table.tally(self.failing().documents)
        return super().tally(table)


def best_of(documents: Documents, scores: Floats, count: int, order: Ints | None) -> Best:
    """Return the best of some documents that rise, with their scores; ties in book order."""
    places = best(scores, count, None if order is None else order[documents])
    return documents.take(places), scores.take(places)


def best_passing(first: Best | None, passes: Passing) -> Best | None:
    """Return what passes of the beginning of a ranking."""
    if first is None:
        return None
    good = passes(first[0])
    return first[0][good], first[1][good]
