"""Columns: the facet values of a collection's documents, for filtering, counting and `facet:word`.

In:  the values of one facet, segment by segment; which documents live.
Out: masks over documents; counts. Values with one key count as one value, shown in the spelling
     that most living documents have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.query_plan import FacetLeaf
from search.remembered import Remembered
from search.results import FacetValue
from search.snapshot.facet_values import value_key, value_matches
from search.snapshot.gathering import Documents, Ints, Mask
from search.snapshot.segment import FacetValues

_MASKS_ROOM = 1 << 24  # bytes that remembered masks of one column may take


@dataclass(frozen=True, slots=True)
class ColumnPart:
    """One segment's documents: the values of those that have any, how many, which of them live."""

    values: FacetValues | None
    count: int
    lives: Mask | None


class Column:
    """One facet of all documents; index is the document's number.

    Where `is_single`, no document has several values.
    """

    def __init__(self, parts: Sequence[ColumnPart]) -> None:
        owners, values, names = _flat(parts)
        keys = [value_key(name) for name in names]
        labels = _labels(names, keys, np.bincount(values, minlength=len(names)).tolist())
        shown = sorted(labels.items(), key=lambda item: item[1])
        self._number = {key: number for number, (key, _) in enumerate(shown)}
        self.labels = [label for _, label in shown]
        self.size = sum(part.count for part in parts)
        codes = np.array([self._number.get(key, -1) for key in keys], np.int64)[values]
        self._owners, self._codes = _each_once(owners, codes, len(shown) + 1)
        counts = np.bincount(self._owners, minlength=self.size)
        self._at = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        self.is_single = not self.size or int(counts.max()) < 2  # noqa: PLR2004
        self._masks: Remembered[object, Mask] = Remembered(_MASKS_ROOM)

    @cached_property
    def single(self) -> Ints:
        """Return the number of each document's value, where none has several.

        A document without any has the number behind the last.
        """
        single = np.full(self.size, len(self.labels), np.int32)
        single[self._owners] = self._codes
        return single

    def having(self, chosen: Iterable[str]) -> Mask:
        """Return which documents have one of these values, whatever their case."""
        numbers = self.numbers_of(chosen)
        return self._mask(frozenset(numbers), numbers)

    def matching(self, leaf: FacetLeaf) -> Mask:
        """Return which documents have a value that a leaf of the plan matches."""
        return self._mask(leaf, (n for n, s in enumerate(self.labels) if value_matches(s, leaf)))

    def _mask(self, name: object, numbers: Iterable[int]) -> Mask:
        mask = self._masks.get(name)
        if mask is None:
            good = np.zeros(len(self.labels) + 1, np.bool_)
            good[list(numbers)] = True
            mask = np.zeros(self.size, np.bool_)
            mask[self._owners[good[self._codes]]] = True
            self._masks.put(name, mask, mask.nbytes)
        return mask

    def values_of(self, documents: Documents) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the values of documents: whose of them each is, counted from 0, and its number."""
        if self.is_single:
            found = self.single[documents]
            places = (found < len(self.labels)).nonzero()[0]
            return places, found[places]
        starts, counts = self._stretches(documents)
        return np.repeat(np.arange(documents.size), counts), self._codes_of(starts, counts)

    def tally(self, documents: Documents) -> NDArray[Any]:
        """Return how many of these documents have each value, whatever number of them each has."""
        return np.bincount(self._codes_of(*self._stretches(documents)), minlength=len(self.labels))

    def _stretches(self, documents: Documents) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return where the values of documents begin, and how many each has."""
        starts = self._at.take(documents)
        return starts, self._at.take(documents + 1) - starts

    def _codes_of(self, starts: NDArray[Any], counts: NDArray[Any]) -> NDArray[Any]:
        """Return the values that stand in some stretches, one after another."""
        places = np.repeat(starts - np.cumsum(counts) + counts, counts)
        places += np.arange(places.size)
        return self._codes.take(places)

    def numbers_of(self, chosen: Iterable[str]) -> list[int]:
        """Return the numbers of these values, each once, whatever their case."""
        keys = dict.fromkeys(map(value_key, chosen))
        return [self._number[key] for key in keys if key in self._number]

    def with_chosen(
        self, values: Iterable[FacetValue], chosen: Sequence[str]
    ) -> tuple[FacetValue, ...]:
        """Return counted values with the chosen ones marked, which are listed in any case."""
        names = {value_key(value): value for value in chosen}
        picked = {
            self.labels[self._number[key]] if key in self._number else value
            for key, value in names.items()
        }
        counts = dict.fromkeys(picked, 0) | {value.value: value.count for value in values}
        found = [FacetValue(v, count, v in picked, v) for v, count in counts.items()]
        return tuple(sorted(found, key=lambda value: (-value.count, value.value)))


def _flat(parts: Sequence[ColumnPart]) -> tuple[NDArray[Any], NDArray[Any], list[str]]:
    """Return (document, number of a value) of all living documents' values, and the values."""
    names = sorted(set(chain.from_iterable(p.values.names for p in parts if p.values)))
    numbers = {name: number for number, name in enumerate(names)}
    owners, values = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    first = 0
    for part in parts:
        if part.values:
            owner = np.repeat(np.arange(part.count), np.diff(part.values.at))
            table = np.array([numbers[name] for name in part.values.names], np.int64)
            value = table[part.values.values]
            if part.lives is not None:
                owner, value = owner[part.lives[owner]], value[part.lives[owner]]
            owners.append(owner + first)
            values.append(value)
        first += part.count
    return np.concatenate(owners), np.concatenate(values), names


def _each_once(
    owners: NDArray[Any], codes: NDArray[Any], base: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return each (document, value) once; documents rise already."""
    if (owners[1:] > owners[:-1]).all():
        return owners, codes
    pairs = owners * base + codes
    pairs.sort()
    first = np.concatenate([np.ones(1, np.bool_), pairs[1:] != pairs[:-1]])
    return np.divmod(pairs[first], base)


def _labels(names: Sequence[str], keys: Sequence[str], counts: Sequence[int]) -> dict[str, str]:
    """Return how each key is shown."""
    labels: dict[str, str] = {}
    for count, name, key in sorted(
        zip(counts, names, keys, strict=True), key=lambda item: (-item[0], item[1])
    ):
        if count:
            labels.setdefault(key, name)
    return labels
