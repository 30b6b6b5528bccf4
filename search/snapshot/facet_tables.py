"""Facet tables: several facets of all documents side by side, counted in one go.

In:  columns by name; documents.
Out: how many of the documents have each value; the values by falling count.

A row of the table holds one code for each facet whose documents have one value at most; facets
with several are counted from their own columns. Codes of different facets differ. Where rows often
repeat, many documents are counted by row first.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, chain, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.results import FacetValue
from search.snapshot.columns import Column
from search.snapshot.gathering import Ints

_MANY = 2_000  # documents from which on rows are counted first
_SPARED = 8  # and then only where so many documents come on one row
_STEP = 1 << 32  # from one facet to the next: all counts are smaller


class FacetTable:
    """Some facets of all documents."""

    def __init__(self, columns: Mapping[str, Column], documents: int) -> None:
        sizes = [len(column.labels) + 1 for column in columns.values()]  # the last code: no value
        self._names = tuple(columns)
        self._starts = [0, *accumulate(sizes)]
        self._size = self._starts[-1]
        self._nones = np.array(self._starts[1:], np.intp) - 1
        self._labels = np.array(
            [*chain.from_iterable([*column.labels, ""] for column in columns.values())], np.object_
        )
        self._facet_of = np.repeat(np.arange(len(sizes)), sizes)
        parts = list(zip(columns.values(), self._starts, strict=False))
        singles = [(c.single, start) for c, start in parts if c.single is not None]
        self._several = [(column, start) for column, start in parts if column.single is None]
        self._codes = _side_by_side(singles, documents)
        self._rows, self._row_of = _different_rows(self._codes)

    def tally(self, documents: Ints) -> NDArray[Any]:
        """Return how many of these documents have each value of each facet."""
        counted = self._tally_singles(documents)
        for column, start in self._several:
            counted[start : start + len(column.labels)] = column.tally(documents)
        counted[self._nones] = 0
        return counted

    def values(self, tally: NDArray[Any]) -> dict[str, tuple[FacetValue, ...]]:
        """Return each facet's values by falling count, then by value."""
        there = tally.nonzero()[0]
        counted = tally[there]
        falling = np.argsort(self._facet_of[there] * _STEP - counted, kind="stable")
        labels = self._labels[there[falling]].tolist()
        counts = counted[falling].tolist()
        found = tuple(map(FacetValue, labels, counts, repeat(False), labels))  # noqa: FBT003
        ends = there.searchsorted(self._starts).tolist()
        return {
            name: found[first:end]
            for name, first, end in zip(self._names, ends, ends[1:], strict=False)
        }

    def _tally_singles(self, documents: Ints) -> NDArray[Any]:
        if documents.size < _MANY or self._rows is None:
            codes = self._codes.take(documents, axis=0)
            return np.bincount(codes.ravel(), minlength=self._size)
        each = np.bincount(self._row_of[documents], minlength=len(self._rows))
        weights = np.repeat(each, self._rows.shape[1])
        return np.bincount(self._rows.ravel(), weights, self._size).astype(np.intp)



def _side_by_side(singles: list[tuple[Ints, int]], documents: int) -> NDArray[np.int32]:
    if not singles:
        return np.empty((documents, 0), np.int32)
    return np.stack([(codes + start).astype(np.int32) for codes, start in singles], axis=1)


def _different_rows(codes: NDArray[np.int32]) -> tuple[NDArray[np.intp] | None, Ints]:
    """Return the different rows, and the number of each document's; None where they are many."""
    documents, width = codes.shape
    none = None, np.empty(0, np.int32)
    if documents < _MANY or width < 2:  # noqa: PLR2004 - one facet is counted as fast
        return none
    falling = np.lexsort(codes.T)
    sorted_codes = codes[falling]
    changes = np.ones(documents, np.bool_)
    changes[1:] = (sorted_codes[1:] != sorted_codes[:-1]).any(axis=1)
    if np.count_nonzero(changes) * _SPARED > documents:
        return none
    row_of = np.empty(documents, np.int32)
    row_of[falling] = np.cumsum(changes) - 1
    return sorted_codes[changes].astype(np.intp), row_of
