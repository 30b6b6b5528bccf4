"""Merging: segments → the batches that they could have been built from.

In:  a segment and which of its publications still live.
Out: batches for `building`, with the same words at the same places.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

import numpy as np

from search.snapshot.fields import FIELD_BITS, FIELD_COUNT
from search.snapshot.gathering import Batch, Entry, Occurrences
from search.snapshot.segment import Segment, SegmentScope, Words


def batch_of(segment: Segment, scope: SegmentScope, living: Collection[str]) -> Batch:
    """Return the living documents of a segment's scope and their words."""
    entries: list[Entry] = []
    numbers = np.full(scope.count, -1, np.int32)
    for publication, (start, end) in zip(segment.publications, pairwise(scope.starts), strict=True):
        if publication.id in living:
            numbers[start:end] = np.arange(len(entries), len(entries) + end - start)
            entries += [
                Entry(
                    scope.document_id(n), publication.id, n, _facets(scope, n), scope.stored.of(n)
                )
                for n in range(start, end)
            ]
    views = {view: _occurrences(scope, words, numbers) for view, words in scope.views.items()}
    return Batch(entries, views)


def _facets(scope: SegmentScope, number: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, facet in scope.facets.items():
        values = facet.values[facet.at[number] : facet.at[number + 1]]
        if values.size:
            found[name] = tuple(facet.names[value] for value in values.tolist())
    return found


def _occurrences(scope: SegmentScope, words: Words, numbers: np.ndarray) -> Occurrences:
    word = np.repeat(
        np.arange(words.count, dtype=np.int32), [words.place_count(n) for n in range(words.count)]
    )
    address = words.places(0, words.count) if words.count else np.empty(0, np.int32)
    field = np.repeat(np.arange(scope.fields.size - 1, dtype=np.int32), np.diff(scope.fields))[
        address - 1
    ]
    document = numbers[field // FIELD_COUNT]
    position = ((field % FIELD_COUNT) << FIELD_BITS) | (address - scope.fields[field])
    lives = document >= 0
    return Occurrences(
        [words.text(n) for n in range(words.count)], word[lives], document[lives], position[lives]
    )
