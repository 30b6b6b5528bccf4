"""Frequencies: how often something occurs by facet, by case, and where in a publication.

In:  occurrences, the documents they were looked for in.
Out: counts, with the words of everything that has the same value or stands in the same case.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.occurrences import Band, Dispersion, Mark, ValueFrequency
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.gathering import Ints, Mask
from search.snapshot.occurrences import Found
from search.snapshot.running_text import RunningText, TextPart


def words_of(text: RunningText, documents: Mask | None) -> NDArray[np.int64]:
    """Return how many words each document of the view counts, none for those not chosen."""
    none = np.empty(0, np.int64)
    words = np.concatenate([none, *(part.document_words for part in text.parts)])
    return words if documents is None else np.where(documents, words, 0)


def by_value(found: Found, facet: str, words: NDArray[np.int64]) -> tuple[ValueFrequency, ...]:
    """Count occurrences by the values of a facet: most first, then by value."""
    column = found.text.view.column(facet)
    size = len(column.labels)
    everywhere = words.nonzero()[0].astype(np.int32)
    places, values = column.values_of(everywhere)
    total = np.bincount(values, words[everywhere][places], size).astype(np.int64)
    where, values = column.values_of(found.document)
    count = np.bincount(values, minlength=size)
    cases = _case_counts(found, where, values, size)
    order = sorted(total.nonzero()[0].tolist(), key=lambda n: (-count[n], column.labels[n]))
    return tuple(
        ValueFrequency(column.labels[n], int(count[n]), int(cases[n]), int(total[n])) for n in order
    )


def _case_counts(
    found: Found, where: NDArray[Any], values: NDArray[Any], size: int
) -> NDArray[Any]:
    """Return in how many cases each value has an occurrence."""
    case_count = found.text.case_firsts[-1]
    pairs = np.sort(values * case_count + found.cases[where])
    if pairs.size:
        pairs = pairs[np.append(np.bool_(1), pairs[1:] != pairs[:-1])]
    return np.bincount(pairs // max(case_count, 1), minlength=size)


def dispersions(found: Found, limit: int, bins: int) -> tuple[Dispersion, ...]:
    """Return where occurrences lie in the publications that have most of them."""
    stretches = [
        (int(mine.size), number, part, place, mine)
        for number, part in enumerate(found.text.parts)
        for place, mine in _by_publication(found, number, part)
    ]
    most = sorted(stretches, key=lambda each: -each[0])[:limit]
    return tuple(_dispersion(found, part, place, mine, bins) for _, _, part, place, mine in most)


def _by_publication(
    found: Found, number: int, part: TextPart
) -> Iterator[tuple[int, NDArray[Any]]]:
    """Yield the publications of a segment that have occurrences, and their numbers."""
    mine = np.arange(found.total)[found.of_part(number)]
    owners = np.array(part.scope.starts).searchsorted(found.document[mine] - part.first, "right")
    for start, end in _runs(owners):
        yield int(owners[start]) - 1, mine[start:end]


def _runs(values: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Yield where each run of equal values begins and ends."""
    edges = [*np.diff(values, prepend=-1).nonzero()[0].tolist(), values.size]
    return pairwise(edges)


def _dispersion(
    found: Found, part: TextPart, place: int, mine: NDArray[Any], bins: int
) -> Dispersion:
    first, end = part.scope.starts[place : place + 2]
    before = part.words_before
    begin, words = int(before[first * FIELD_COUNT]), int(before[end * FIELD_COUNT])
    addresses = found.first[mine]
    fields = part.scope.field_of(addresses)
    positions = before[fields] + (addresses - part.fields[fields]) - begin
    return Dispersion(
        publication=part.living.publications[place],
        words=words - begin,
        count=int(mine.size),
        bands=tuple(_bands(part, first, end, begin)),
        marks=tuple(_marks(positions, found.document[mine], max(words - begin, 1), bins)),
    )


def _bands(part: TextPart, first: int, end: int, begin: int) -> Iterator[Band]:
    cases = part.case_of[first:end]
    for case in range(int(cases[0]), int(cases[-1]) + 1) if cases.size else ():
        start, behind = part.case_starts[case : case + 2]
        at = part.words_before[[start * FIELD_COUNT, behind * FIELD_COUNT]] - begin
        yield Band(part.first + int(start), part.case_id(case), int(at[0]), int(at[1]))


def _marks(positions: NDArray[Any], sections: Ints, words: int, bins: int) -> Iterator[Mark]:
    """Yield the occurrences, those of one narrow stretch together."""
    slots = positions * bins // words
    for start, end in _runs(slots):
        yield Mark(int(positions[start]), end - start, int(sections[start]))
