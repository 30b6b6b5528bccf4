"""Merging: segments → the batches that they could have been built from.

In:  a segment and which of its publications still live.
Out: a batch for `building`, with the same words at the same places.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.fields import FIELD_COUNT
from search.snapshot.gathering import Batch, Entry, first_addresses, per_document
from search.snapshot.segment import Segment, SegmentScope


def batch_of(segment: Segment, living: Collection[str]) -> Batch:
    """Return the living documents of a segment and their words."""
    scope = segment.scopes["sections"]
    kept = np.zeros(scope.count, np.bool_)
    entries: list[Entry] = []
    for publication, (start, end) in zip(segment.publications, pairwise(scope.starts), strict=True):
        if publication.id in living:
            kept[start:end] = True
            entries += [_entry(segment, publication.id, number) for number in range(start, end)]
    lengths = (np.diff(scope.fields) - 1).reshape(-1, FIELD_COUNT)[kept].reshape(-1)
    words = scope.views["exact"]
    word = np.repeat(np.arange(words.count, dtype=np.int32), words.place_counts())
    address = words.places(0, words.count) if words.count else np.empty(0, np.int32)
    if not kept.all():
        moved = _moved(scope, kept, lengths)[address]
        word, address = word[moved > 0], moved[moved > 0]
    texts = words.texts()
    used = np.bincount(word, minlength=words.count) > 0
    numbers = np.cumsum(used, dtype=np.int32) - 1
    return Batch(
        entries,
        lengths,
        [text for text, is_used in zip(texts, used.tolist(), strict=True) if is_used],
        numbers[word],
        address,
    )


def _moved(
    scope: SegmentScope, kept: NDArray[np.bool_], lengths: NDArray[np.int32]
) -> NDArray[Any]:
    """Return for each address of the segment that in the batch, 0 where the document is gone."""
    ends = per_document(scope.fields)
    starts = np.zeros(scope.count, np.int64)
    starts[kept] = per_document(first_addresses(lengths))[:-1]
    sizes = np.diff(ends)
    moved = np.arange(int(ends[-1])) + np.repeat(starts - ends[:-1], [*sizes[:1] + 1, *sizes[1:]])
    return np.where(np.repeat(kept, [*sizes[:1] + 1, *sizes[1:]]), moved, 0).astype(np.int32)


def _entry(segment: Segment, publication: str, number: int) -> Entry:
    scope = segment.scopes["sections"]
    facets: dict[str, tuple[str, ...]] = {}
    for name, facet in scope.facets.items():
        values = facet.values[facet.at[number] : facet.at[number + 1]].tolist()
        if values:
            facets[name] = tuple([facet.names[value] for value in values])
    return Entry(
        scope.document_id(number),
        publication,
        number,
        segment.language_of(number),
        facets,
        scope.stored.of(number),
    )
