"""Whoosh reader: one committed state → views of its segments' snapshots.

In:  an open Whoosh index.
Out: a `Generation`: views of both scopes and the digests. Unchanging; safe for threads. Segments
     that an earlier generation has opened are not opened again.
Errors: whatever Whoosh raises; the engine tries anew or translates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from whoosh.codec.base import Segment as WhooshSegment
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from search.engine import Scope
from search.engines.whoosh_snapshots import open_whoosh_segment
from search.snapshot.living import LivingSegment
from search.snapshot.segment import Segment
from search.snapshot.view import CollectionView


@dataclass(frozen=True, slots=True)
class Generation:
    """One committed state."""

    number: int
    segments: Mapping[str, Segment]  # by name
    views: Mapping[Scope, CollectionView]
    digests: Mapping[str, str]


def open_generation(index: FileIndex, known: Mapping[str, Segment]) -> Generation:
    """Open the latest generation; `known` are segments that an earlier one has opened."""
    # The number is asked first: if a commit comes between, the next search opens anew.
    number = index.latest_generation()
    reader = index.reader()
    try:
        living = [_living(index, leaf.segment(), known) for leaf in _leaf_readers(reader)]
    finally:
        reader.close()
    return Generation(
        number,
        {each.segment.name: each.segment for each in living},
        {s: CollectionView([each.scope(s) for each in living]) for s in get_args(Scope)},
        {p.id: p.digest for each in living for p in each.publications},
    )


def _leaf_readers(reader: IndexReader) -> list[IndexReader]:
    return [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]


def _living(
    index: FileIndex, segment: WhooshSegment, known: Mapping[str, Segment]
) -> LivingSegment:
    opened = known.get(segment.segment_id())
    if opened is None:
        opened = open_whoosh_segment(index.storage, index.schema, segment)
    return LivingSegment(opened, frozenset(segment.deleted_docs()))
