"""Joining: the documents that are in any, or in all, of several postings.

In:  postings; how many documents there are.
Out: postings; scores are added in the order of the parts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.facet_tables import FacetTable, Tally
from search.snapshot.gathering import Documents, Ints, Mask
from search.snapshot.places import among, numbers_of
from search.snapshot.postings import (
    Best,
    Listed,
    Passing,
    Postings,
    best_of,
)
from search.snapshot.pruning import likely
from search.snapshot.ranking import Floats, best, candidates
from search.snapshot.scratch import summed, together

_LONG = 256  # documents from which on a list is worth leaving out of a sum
_MANY = 5_000  # documents from which on it pays to find out which may be among the best
_DENSE = 3  # arrays of all documents are compared from one document in so many on


class Joint(Postings):
    """The documents in all of some postings; `places` are theirs in the list of the rarest."""

    __slots__ = ("_parts", "_places", "_rarest")

    def __init__(
        self,
        documents: Documents,
        parts: Sequence[Postings],
        rarest: Postings,
        places: NDArray[np.intp] | None,
    ) -> None:
        super().__init__(documents)
        self._parts, self._rarest, self._places = parts, rarest, places

    def scores(self) -> Floats:
        """Return the scores of all the documents."""
        if self._places is None:
            return self.scores_of(self.documents)
        rarest = self._rarest.scores_at(self._places)
        scores: Floats | None = None
        for part in self._parts:
            own = rarest if part is self._rarest else part.scores_of(self.documents)
            scores = own if scores is None else scores + own
        return rarest if scores is None else scores

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        first, *others = self._parts
        scores = first.scores_of(documents)
        for part in others:
            scores = scores + part.scores_of(documents)
        return scores


class SummedUnion(Postings):
    """The documents of a long list and of others, whose scores are added up.

    `others` are those of all lists but the longest, with their sums over all lists; `shared` tells
    which of them the longest has, too. Of the rest of the longest nothing is looked at but its
    best documents.
    """

    __slots__ = ("_longest", "_new", "_others", "_sums")

    def __init__(self, longest: Postings, others: Documents, sums: Floats, shared: Mask) -> None:
        new = others.compress(~shared)
        super().__init__(None, longest.count + new.size)
        self._longest, self._others, self._sums, self._new = longest, others, sums, new

    def _listed(self) -> Documents:
        documents = np.concatenate([self._longest.documents, self._new])
        documents.sort(kind="stable")  # two runs
        return documents

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        return self._longest.has(documents) | among(self._new, documents)

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        summed_up = among(self._others, documents)
        scores = np.empty(documents.size)
        scores[summed_up] = self._sums[self._others.searchsorted(documents[summed_up])]
        scores[~summed_up] = self._longest.scores_of(documents[~summed_up])
        return scores

    def top(self, count: int, order: Ints | None) -> Best:
        """Return the best documents and their scores, ties in book order."""
        alone = self._best_alone(count, order)
        if alone is None or count <= 0:
            return super().top(count, order)
        highest = candidates(self._sums, count)
        documents = np.concatenate([self._others.take(highest), alone[0][:count]])
        scores = np.concatenate([self._sums.take(highest), alone[1][:count]])
        places = best(scores, count, documents if order is None else order[documents])
        return documents[places], scores[places]

    def _best_alone(self, count: int, order: Ints | None) -> Best | None:
        """Return the best of what the longest list alone has; None where too few are known."""
        for many in (2 * count, None):
            first = self._longest.best(order, many)
            if first is None:
                return None
            documents = first[0][:many]
            is_all = documents.size == self._longest.count
            alone = ~among(self._others, documents)
            documents = documents[alone]
            if documents.size >= count or is_all:
                return documents, first[1][:many][alone]
        return None

    def tally(self, table: FacetTable) -> Tally:
        """Return how many of the documents have each value of some facets."""
        return self._longest.tally(table) + table.tally(self._new)

    def passing(self, passes: Passing, order: Ints | None) -> Postings:
        """Return the documents that pass."""
        return self._kept(self._longest.passing(passes, order), passes(self._others))

    def within(self, mask: Mask, order: Ints | None) -> Postings:
        """Return the documents at which an array over all documents holds."""
        return self._kept(self._longest.within(mask, order), mask.take(self._others))

    def _kept(self, longest: Postings, good: Mask) -> Postings:
        others = self._others.compress(good)
        return SummedUnion(longest, others, self._sums.compress(good), ~among(self._new, others))


class RowUnion(Postings):
    """The documents of several lists, of which some have arrays over all documents.

    Scores are added up for those documents alone that may be among the best.
    """

    __slots__ = ("_parts", "_row")

    def __init__(self, parts: Sequence[Postings], row: Mask) -> None:
        super().__init__(None, int(np.count_nonzero(row)))
        self._parts, self._row = parts, row

    @property
    def is_total(self) -> bool:
        """Tell whether `scores_of` may be asked about any document: what is not here scores 0."""
        return True

    def _listed(self) -> Documents:
        return numbers_of(self._row)

    def row(self) -> Mask:
        """Return an array over all documents that is not 0 at these."""
        return self._row

    def has(self, documents: Documents) -> Mask:
        """Tell which of some documents are among these."""
        return self._row.take(documents)

    def scores_of(self, documents: Documents) -> Floats:
        """Return the scores of some of the documents, in any order."""
        scores = np.zeros(documents.size)
        for part in self._parts:
            if part.is_total:
                scores += part.scores_of(documents)
            else:
                at = part.has(documents).nonzero()[0]
                scores[at] += part.scores_of(documents.take(at))
        return scores

    def scores(self) -> Floats:
        """Return the scores of all the documents."""
        return _summed(self._parts, self._row.size, self.documents)

    def top(self, count: int, order: Ints | None) -> Best:
        """Return the best documents and their scores, ties in book order."""
        return self.near_top(count, count, 0.0, order)

    def near_top(self, count: int, most: int, margin: float, order: Ints | None) -> Best:
        """Return the best documents, and at least those that score by a margin less, up to `most`.

        What may be among the `count` best once a document gains so much.
        """
        if margin == math.inf:
            count, margin = most, 0.0
        among_these = likely(self, self._parts, count, order, margin)
        if among_these is None:
            return summed_union(self._parts, self._row.size).top(most, order)
        return best_of(among_these, self.scores_of(among_these), most, order)

    def tally(self, table: FacetTable) -> Tally:
        """Return how many of the documents have each value of some facets.

        Of a list whose tally is known the fewer are counted: those that longer ones have, too, or
        those that they have not.
        """
        longest, *others = sorted(self._parts, key=attrgetter("count"), reverse=True)
        seen = longest.row()
        if seen is None or not longest.is_tallied:
            return super().tally(table)
        counted = longest.tally(table)
        for number, part in enumerate(others, 1):
            there = seen.take(part.documents) != 0
            is_common = part.is_tallied and 2 * np.count_nonzero(there) < part.count
            few = part.documents.compress(there if is_common else ~there)
            counted += part.tally(table) - table.tally(few) if is_common else table.tally(few)
            if number < len(others):
                seen = _with(seen, part)
        return counted

    def within(self, mask: Mask, order: Ints | None) -> Postings:
        """Return the documents at which an array over all documents holds."""
        return union([part.within(mask, order) for part in self._parts], mask.size)


def union(parts: Sequence[Postings], size: int) -> Postings:
    """Return the documents in any part."""
    found = [part for part in parts if part.count]
    if len(found) < 2:  # noqa: PLR2004 - nothing to add up
        return found[0] if found else parts[0]
    rows = [row for part in found if (row := part.row()) is not None]
    if len(rows) < 2 or sum([part.count for part in found]) < _MANY:  # noqa: PLR2004
        return summed_union(found, size)
    row = np.logical_or(rows[0], rows[1])
    for other in rows[2:]:
        np.logical_or(row, other, out=row)
    for part in found:
        if part.row() is None:
            row[part.documents.astype(np.intp)] = True
    return RowUnion(found, row)


def summed_union(parts: Sequence[Postings], size: int) -> Postings:
    """Return the documents in any part, with their scores added up."""
    # By its place: a word that is asked for twice has one list, which counts twice.
    place = max(range(len(parts)), key=lambda number: _spared(parts[number]))
    longest = parts[place]
    if not _spared(longest):
        return Listed(*summed([(p.documents, p.scores()) for p in parts], size))
    if len(parts) == 2:  # noqa: PLR2004
        return _pair(longest, parts[1 - place])
    lists = [part.documents for number, part in enumerate(parts) if number != place]
    others = lists[0] if len(lists) == 1 else together(lists, size)
    shared = longest.has(others)
    both = others.compress(shared)
    amounts = [
        (both, longest.scores_of(both)) if number == place else (part.documents, part.scores())
        for number, part in enumerate(parts)
    ]
    return SummedUnion(longest, *summed(amounts, size, among=others), shared)


def _pair(longest: Postings, other: Postings) -> Postings:
    """Add up two lists, in whatever order."""
    documents, sums = other.documents, other.scores().copy()
    shared = longest.has(documents)
    if (at := shared.nonzero()[0]).size:
        sums[at] += longest.scores_of(documents.take(at))
    return SummedUnion(longest, documents, sums, shared)


def _summed(parts: Sequence[Postings], size: int, documents: Documents) -> Floats:
    pairs = [(part.documents, part.scores()) for part in parts]
    return summed(pairs, size, among=documents)[1]


def _spared(part: Postings) -> int:
    """Return how many documents need not be looked at if a part is the longest one."""
    return part.count if part.is_ranked and part.count >= _LONG else 0


def intersection(parts: Sequence[Postings], size: int) -> Postings:
    """Return the documents in all parts."""
    if len(parts) == 1:
        return parts[0]
    rarest, *others = sorted(parts, key=attrgetter("count"))
    if rarest.count * _DENSE > size:
        rows = [row for part in parts if (row := part.row()) is not None]
        if len(rows) == len(parts):
            return Joint(numbers_of(_in_all(rows)), parts, rarest, None)
    places = others[0].has(rarest.documents).nonzero()[0]
    documents = rarest.documents.take(places)
    for part in others[1:]:
        if not documents.size:
            break
        good = part.has(documents).nonzero()[0]
        documents, places = documents.take(good), places.take(good)
    return Joint(documents, parts, rarest, places)


def _with(seen: NDArray[Any], part: Postings) -> Mask:
    """Return an array over all documents with those of one more list."""
    if (row := part.row()) is not None:
        joined: Mask = np.logical_or(seen, row)
        return joined
    joined = seen != 0
    joined[part.documents.astype(np.intp)] = True
    return joined


def _in_all(rows: Sequence[NDArray[Any]]) -> Mask:
    there: Mask = np.logical_and(rows[0], rows[1])
    for row in rows[2:]:
        np.logical_and(there, row, out=there)
    return there
