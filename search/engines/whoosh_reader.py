"""Whoosh reader: one committed state → views of its segments' snapshots.

In:  an open Whoosh index.
Out: a `Generation`: views of both scopes and the digests. Unchanging; safe for threads. Segments
     that an earlier generation has opened are not opened again.
Errors: whatever Whoosh raises; the engine tries anew or translates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import get_args

from whoosh.codec.base import Segment as WhooshSegment
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from search.engine import TOPIC, Scope
from search.engines.whoosh_segments import open_whoosh_segment
from search.snapshot.likeness import SnapshotLikeness
from search.snapshot.living import LivingSegment
from search.snapshot.occurrence_index import SnapshotOccurrences
from search.snapshot.segment import Segment
from search.snapshot.showing import titles_of
from search.snapshot.together import put_together
from search.snapshot.topics import LibraryTopics
from search.snapshot.view import CollectionView
from search.snapshot.vocabulary import SnapshotVocabulary

_SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True)
class Generation:
    """One committed state; `segments` are those of the disk, by name."""

    number: int
    segments: Mapping[str, Segment]
    living: Sequence[LivingSegment]
    views: Mapping[Scope, CollectionView]
    vocabularies: Mapping[Scope, SnapshotVocabulary]
    digests: Mapping[str, str]
    occurrences: SnapshotOccurrences
    likeness: SnapshotLikeness

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of the publications of which anything is shown."""
        return titles_of(self.views["sections"])


def open_generation(index: FileIndex, known: Mapping[str, Segment]) -> Generation:
    """Open the latest generation; `known` are segments that an earlier one has opened."""
    state = TOC.read(index.storage, index.indexname, schema=index.schema)
    living = [_living(index, each, known) for each in state.segments if each.doc_count_all()]
    views, topics = _views(living)
    return Generation(
        state.generation,
        {each.segment.name: each.segment for each in living},
        living,
        views,
        _vocabularies(living, views),
        {p.id: p.digest for each in living for p in each.publications},
        SnapshotOccurrences(views["sections"]),
        SnapshotLikeness(views, topics),
    )


def with_small_together(generation: Generation) -> Generation:
    """Return the same state with its small segments put together, which takes a while."""
    living = put_together(generation.living)
    views, topics = _views(living)
    return replace(
        generation,
        living=living,
        views=views,
        vocabularies=_vocabularies(living, views),
        likeness=SnapshotLikeness(views, topics),
    )


def _views(
    living: Sequence[LivingSegment],
) -> tuple[Mapping[Scope, CollectionView], LibraryTopics]:
    parts = {scope: [each.scope(scope) for each in living] for scope in _SCOPES}
    topics = LibraryTopics(parts)
    views: dict[Scope, CollectionView] = {}
    for s in _SCOPES:
        views[s] = CollectionView(parts[s], {TOPIC: partial(topics.values, s)}, views)
    return views, topics


def _vocabularies(
    living: Sequence[LivingSegment], views: Mapping[Scope, CollectionView]
) -> Mapping[Scope, SnapshotVocabulary]:
    short_forms = [found for each in living for p in each.publications for found in p.short_forms]
    return {scope: SnapshotVocabulary(view, short_forms) for scope, view in views.items()}


def _living(
    index: FileIndex, segment: WhooshSegment, known: Mapping[str, Segment]
) -> LivingSegment:
    opened = known.get(segment.segment_id())
    if opened is None:
        _look_at(index.storage, segment)
        opened = open_whoosh_segment(index.storage, index.schema, segment)
    return LivingSegment(opened, frozenset(segment.deleted_docs()))


def _look_at(storage: FileStorage, segment: WhooshSegment) -> None:
    """Fail where Whoosh's own file of a segment is missing or damaged at a glance.

    Whoosh's reader would copy all of it into memory.
    """
    if segment.is_compound():
        file = storage.open_file(segment.make_filename(segment.COMPOUND_EXT))
        try:
            CompoundStorage(file, use_mmap=False)
        finally:
            file.close()
