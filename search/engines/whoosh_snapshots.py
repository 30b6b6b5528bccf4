"""Whoosh snapshots: the snapshots of Whoosh's segments, made with them, merged with them, anew.

In:  a Whoosh writer and the documents that go into it; a Whoosh segment.
Out: the snapshot of what the writer will commit, ready before the commit; a segment's snapshot
     made anew from its postings.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import get_args

from msgspec import structs
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader, SegmentReader

from search.analysis import View
from search.engine import Scope
from search.engines.whoosh_schema import (
    StoredBlock,
    StoredDocument,
    decode_block,
    unpack_positions,
    words_field,
)
from search.snapshot.building import Built, IndexedPublication, build
from search.snapshot.gathering import Batch, Entry, Gatherer
from search.snapshot.merging import batch_of
from search.snapshot.segment import Segment
from search.snapshot.store import open_segment, write_snapshot


class SnapshotMaker:
    """Gathers what goes into a new segment; `take_block` and `take_note` in the writer's order."""

    def __init__(self) -> None:
        self._gatherers: dict[Scope, Gatherer] = {s: Gatherer() for s in get_args(Scope)}
        self._merged: dict[Scope, list[Batch]] = {s: [] for s in get_args(Scope)}
        self._publications: list[IndexedPublication] = []

    def gatherer(self, scope: Scope) -> Gatherer:
        """Return what takes the documents of a scope."""
        return self._gatherers[scope]

    def take_note(self, note: StoredBlock, number: int) -> None:
        """Take a publication; `number` is that of its note in the segment."""
        self._publications.append(
            IndexedPublication(note.publication, note.digest, number, note.short_forms)
        )

    def take_segment(self, segment: Segment, committed: WhooshSegment, first: int) -> None:
        """Take what lives of a segment that is merged in; `first` is its first number there."""
        deleted = sorted(committed.deleted_docs())
        living = {
            p.id: structs.replace(p, note=first + p.note - _below(deleted, p.note))
            for p in segment.publications
            if not committed.is_deleted(p.note)
        }
        self._publications += living.values()
        for scope, batches in self._merged.items():
            batches.append(batch_of(segment, segment.scopes[scope], living.keys()))

    @property
    def has_publications(self) -> bool:
        """Tell whether the new segment holds anything."""
        return bool(self._publications)

    def built(self) -> Built:
        """Return the snapshot."""
        return build(
            self._publications,
            {s: [g.batch(), *self._merged[s]] for s, g in self._gatherers.items()},
        )

    def write(self, folder: Path, segment: str) -> None:
        """Write the snapshot beside the segment that is to be committed."""
        write_snapshot(folder, segment, self.built())


def _below(numbers: list[int], limit: int) -> int:
    return sum(number < limit for number in numbers)


def entry_of(publication: str, document: StoredDocument) -> Entry:
    """Return a document as a snapshot takes it."""
    return Entry(document.id, publication, document.order, document.facets)


def open_whoosh_segment(storage: FileStorage, schema: Schema, segment: WhooshSegment) -> Segment:
    """Open the snapshot of a segment; make it anew from the segment's postings if need be."""

    def make() -> Built:
        # As the segment was first committed: its snapshot serves every later state of it too.
        whole = copy(segment)
        whole._deleted = None  # noqa: SLF001 - there is no other way to see all that it holds
        reader = SegmentReader(storage, schema, whole)
        try:
            return _from_postings(reader)
        finally:
            reader.close()

    return open_segment(Path(storage.folder), segment.segment_id(), make)


def _from_postings(reader: IndexReader) -> Built:
    """Build a segment's snapshot from all that Whoosh holds of it, deleted blocks too."""
    maker = SnapshotMaker()
    firsts: dict[int, int] = {}
    for number, block in _blocks(reader):
        if block.scope == "":
            maker.take_note(block, number)
            continue
        gatherer = maker.gatherer(block.scope)
        added = [gatherer.add_entry(entry_of(block.publication, d)) for d in block.documents]
        firsts[number] = added[0] if added else 0
    for scope in get_args(Scope):
        for view in get_args(View):
            _take_postings(maker.gatherer(scope), reader, scope, view, firsts)
    return maker.built()


def _blocks(reader: IndexReader) -> Iterator[tuple[int, StoredBlock]]:
    for number in range(reader.doc_count_all()):
        yield number, decode_block(reader.stored_fields(number)["block"])


def _take_postings(
    gatherer: Gatherer, reader: IndexReader, scope: Scope, view: View, firsts: dict[int, int]
) -> None:
    name = words_field(scope, view)
    for term in list(reader.lexicon(name)):
        form = term.decode()
        matcher = reader.postings(name, term)
        while matcher.is_active():
            first = firsts[matcher.id()]
            for place, positions in unpack_positions(matcher.value()):
                gatherer.add_word(view, form, first + place, positions)
            matcher.next()
