"""Facet tables: several facets of all documents side by side, counted in one go.

In:  columns by name; documents.
Out: how many of the documents have each value; the values by falling count.

A row of the table holds one code for each facet whose documents have one value at most; facets
with several are counted from their own columns. Codes of different facets differ, and rise with
the values of a facet. Of many documents small facets are counted together, by all their values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import accumulate, repeat
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.deferred import Sliced
from search.results import FacetValue
from search.snapshot.columns import Column
from search.snapshot.gathering import Documents, Ints

_MANY = 4_000  # documents from which on small facets are counted together
_TOGETHER = 1 << 14  # so many combinations of their values at most
_CODE_BITS, _COUNT_BITS = 24, 31
_MOST = 1 << _COUNT_BITS

_NO = False  # a value that was not chosen

Tally = NDArray[Any]


class RankedValues(NamedTuple):
    """Values that occur, as codes of a table, with their counts; `ends` part the facets."""

    codes: NDArray[np.integer[Any]]
    counts: NDArray[np.integer[Any]]
    ends: list[int]

    def packed(self) -> RankedValues:
        """Return the same in half the room."""
        return RankedValues(self.codes.astype(np.int32), self.counts.astype(np.int32), self.ends)


class FacetTable:
    """Some facets of all documents."""

    def __init__(self, columns: Mapping[str, Column], documents: int) -> None:
        sizes = [len(column.labels) for column in columns.values()]
        self._names = tuple(columns)
        starts = [0, *accumulate(sizes)]
        self._size = starts[-1]  # which is the code of no value, of whatever facet
        labels = [label for column in columns.values() for label in column.labels]
        self._labels = np.array(labels, np.object_)
        facets = np.repeat(np.arange(len(sizes)), sizes)
        # Sorted, what is made of these goes by facet, falling count and value.
        self._keys = (((facets << _COUNT_BITS) + _MOST) << _CODE_BITS) + np.arange(self._size)
        self._ends = (np.arange(len(sizes) + 1) << _COUNT_BITS) << _CODE_BITS
        placed = list(zip(columns.values(), starts, strict=False))
        singles = [_Single(c.single, start, len(c.labels)) for c, start in placed if c.is_single]
        self._several = [(column, start) for column, start in placed if not column.is_single]
        self._codes = np.empty((documents, len(singles)), np.int32)
        for place, single in enumerate(singles):
            codes = np.where(single.codes < single.size, single.codes + single.start, self._size)
            self._codes[:, place] = codes
        grouped = _grouped(singles) if documents >= _MANY else []
        self._groups = [_Group(group) for group in grouped]
        self._joined = _side_by_side(self._groups, grouped, documents)

    def tally(self, documents: Documents) -> Tally:
        """Return how many of these documents have each value of each facet."""
        if documents.size < _MANY:
            codes = self._codes.take(documents, axis=0)
            counted: Tally = np.bincount(codes.ravel(), minlength=self._size + 1)[:-1]
        else:
            counted = np.zeros(self._size, np.intp)
            self._count_together(documents, counted)
        for column, start in self._several:
            counted[start : start + len(column.labels)] = column.tally(documents)
        return counted

    def _count_together(self, documents: Documents, into: Tally) -> None:
        codes = self._joined.take(documents.astype(np.intp, copy=False), axis=0).ravel()
        counted = np.bincount(codes, minlength=sum([group.size for group in self._groups]))
        first = 0
        for group in self._groups:
            group.add(counted[first : first + group.size], into)
            first += group.size

    def ranked(self, tally: Tally) -> RankedValues:
        """Sort the values that occur: facet by facet, by falling count, then by value."""
        there = (tally != 0).nonzero()[0]
        keys = self._keys.take(there) - (tally.take(there) << _CODE_BITS)
        keys.sort()
        codes = keys & ((1 << _CODE_BITS) - 1)
        ends: list[int] = keys.searchsorted(self._ends).tolist()
        return RankedValues(codes, tally.take(codes), ends)

    def tally_of(self, ranked: RankedValues) -> Tally:
        """Return the tally that was sorted."""
        counted = np.zeros(self._size, np.intp)
        counted[ranked.codes] = ranked.counts
        return counted

    def values(self, ranked: RankedValues) -> dict[str, Sequence[FacetValue]]:
        """Return each facet's values; they are made when they are looked at."""
        ends = ranked.ends
        return {
            name: Sliced(end - first, partial(self._slice, ranked, first, end))
            for name, first, end in zip(self._names, ends, ends[1:], strict=False)
        }

    def _slice(
        self, ranked: RankedValues, first: int, end: int, part: slice
    ) -> tuple[FacetValue, ...]:
        labels = self._labels[ranked.codes[first:end][part]].tolist()
        counts = ranked.counts[first:end][part].tolist()
        return tuple(map(FacetValue, labels, counts, repeat(_NO), labels))


class _Single:
    """A facet of which no document has several values: their codes, from `start` in the table."""

    def __init__(self, codes: Ints, start: int, size: int) -> None:
        self.codes, self.start, self.size = codes, start, size


class _Group:
    """Facets that are counted together: a code stands for one value of each."""

    def __init__(self, singles: Sequence[_Single]) -> None:
        self._shape = tuple([single.size + 1 for single in singles])  # the last: no value
        self._starts = [single.start for single in singles]
        self.size = prod(self._shape)

    def joined(self, singles: Sequence[_Single]) -> NDArray[Any]:
        """Return the code of each document."""
        found: NDArray[Any] = np.ravel_multi_index([each.codes for each in singles], self._shape)
        return found

    def add(self, counted: NDArray[Any], into: Tally) -> None:
        """Add how many documents have each code to how many have each value of each facet."""
        counted = counted.reshape(self._shape)
        axes = range(len(self._shape))
        for axis, start in zip(axes, self._starts, strict=True):
            others = tuple([other for other in axes if other != axis])
            into[start : start + self._shape[axis] - 1] = counted.sum(axis=others)[:-1]


def _side_by_side(
    groups: Sequence[_Group], grouped: Sequence[Sequence[_Single]], documents: int
) -> NDArray[Any]:
    """Put the codes of groups side by side, a row for each document; those of others differ."""
    *firsts, end = accumulate([group.size for group in groups], initial=0)
    table = np.empty((documents, len(groups)), np.min_scalar_type(end))
    for place, (group, singles, first) in enumerate(zip(groups, grouped, firsts, strict=True)):
        table[:, place] = group.joined(singles) + first
    return table


def _grouped(singles: Sequence[_Single]) -> list[list[_Single]]:
    """Put small facets together."""
    groups: list[list[_Single]] = []
    room = 0
    for single in sorted(singles, key=lambda single: single.size):
        if single.size >= room:
            groups.append([])
            room = _TOGETHER
        groups[-1].append(single)
        room //= single.size + 1
    return groups
