"""Whoosh segments: a snapshot as built → a segment of Whoosh's, and back.

In:  a snapshot as built, a place for files; or a segment.
Out: the segment's one file and its snapshot; or the snapshot, made anew from what Whoosh holds.

Whoosh's codec takes the words as they are sorted already; its writer would put every posting into
lists and sort them once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from itertools import chain, pairwise
from pathlib import Path

from whoosh.codec import default_codec
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader, SegmentReader

from search.engines.whoosh_schema import (
    INDEX_NAME,
    PUBLICATION,
    SHOWN,
    WORDS,
    StoredPublication,
    StoredSection,
    decode_publication,
    encode_publication,
    pack_shown,
    unpack_shown,
)
from search.snapshot.building import Built, IndexedPublication, build
from search.snapshot.gathering import Entry
from search.snapshot.packing import Unpacker, field_lengths, packed_postings
from search.snapshot.segment import Segment
from search.snapshot.store import open_segment, write_snapshot
from search.snapshot.stored import Stored


def write_segment(folder: Path, schema: Schema, built: Built) -> WhooshSegment:
    """Write a segment and its snapshot into a folder."""
    storage, codec = FileStorage(str(folder)), default_codec()
    segment = codec.new_segment(storage, INDEX_NAME)
    documents = codec.per_document_writer(storage, segment)
    for number, (publication, shown) in enumerate(_stored(built)):
        documents.start_doc(number)
        documents.add_field(PUBLICATION, schema[PUBLICATION], encode_publication(publication), 0)
        documents.add_field(SHOWN, schema[SHOWN], pack_shown(shown), 0)
        documents.finish_doc()
    documents.close()
    words = codec.field_writer(storage, segment)
    postings = ((WORDS, word, number, 1.0, p) for word, number, p in packed_postings(built))
    words.add_postings(schema, None, postings)
    words.close()
    segment.set_doc_count(len(built.about.publications))
    segment.create_compound_file(storage)
    write_snapshot(folder, segment.segment_id(), built)
    return segment


def segment_files(folder: Path, segment: WhooshSegment) -> list[Path]:
    """Return the files of a segment, its snapshot among them."""
    name = segment.segment_id()
    return sorted(chain(folder.glob(f"{name}.*"), folder.glob(f"{name}-*")))


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


def _stored(built: Built) -> Iterator[tuple[StoredPublication, list[Stored]]]:
    lengths = field_lengths(built)
    starts = built.about.scopes["sections"].starts
    for publication, (start, end) in zip(built.about.publications, pairwise(starts), strict=True):
        sections = [
            StoredSection(entry.id, entry.language, tuple(counts), dict(entry.facets))
            for entry, counts in zip(built.entries[start:end], lengths[start:end], strict=True)
        ]
        shown = [entry.stored for entry in built.entries[start:end]]
        yield (
            StoredPublication(
                publication.id, publication.digest, tuple(sections), publication.short_forms
            ),
            shown,
        )


def _from_postings(reader: IndexReader) -> Built:
    """Build a segment's snapshot from all that Whoosh holds of it, deleted publications too."""
    found = [reader.stored_fields(number) for number in range(reader.doc_count_all())]
    stored = [decode_publication(fields[PUBLICATION]) for fields in found]
    shown = [unpack_shown(fields[SHOWN]) for fields in found]
    unpacker = Unpacker(
        [_entries(publication, texts) for publication, texts in zip(stored, shown, strict=True)],
        [n for publication in stored for section in publication.sections for n in section.lengths],
    )
    for word in reader.lexicon(WORDS):
        matcher = reader.postings(WORDS, word)
        while matcher.is_active():
            unpacker.take(word, matcher.id(), matcher.value())
            matcher.next()
    publications = [IndexedPublication(p.id, p.digest, p.short_forms) for p in stored]
    return build(publications, [unpacker.batch()])


def _entries(publication: StoredPublication, shown: Sequence[Stored]) -> list[Entry]:
    return [
        Entry(section.id, publication.id, order, section.language, section.facets, stored)
        for order, (section, stored) in enumerate(zip(publication.sections, shown, strict=True))
    ]
