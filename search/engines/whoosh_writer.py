"""Whoosh writer: documents → one commit, everything or nothing.

In:  an open Whoosh index, documents, the digests of the publications they replace.
Out: a new generation. Whatever fails, the index stays as it was and its lock is let go.
Errors: LibraryError when another process is writing to the index, or the disk takes no more.

A publication is replaced by deleting all it has and adding anew; `update_document` is not used,
for it keeps both of two documents with one id that come in one commit (seen in every Whoosh).
A repeated id is taken once, the first time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader

from search.analysis import View, index_terms
from search.engine import TEXT_FIELDS, Document, Scope
from search.engines.whoosh_schema import (
    BLOCK_SIZE,
    StoredBlock,
    StoredDocument,
    encode_block,
    pack_positions,
    words_field,
)
from search.engines.whoosh_snapshots import (
    SnapshotMaker,
    entry_of,
    open_whoosh_segment,
)
from search.errors import LibraryError
from search.introductions import Introductions
from search.snapshot.fields import first_position
from search.snapshot.store import remove_others

MEMORY_MB = 256  # what Whoosh gathers in memory before it writes a run of postings to disk
PROGRESS_STEP = 50
MOST_SEGMENTS = 8  # more are merged, small ones first


def publish(
    index: FileIndex,
    documents: Iterable[Document],
    digests: Mapping[str, str],
    progress: Callable[[int], None] | None,
) -> None:
    """Replace publications by these documents in one commit."""
    maker = SnapshotMaker()
    with _writing(index, maker) as writer:
        for publication in digests:
            writer.delete_by_term("publication", publication)
        introduced = Introductions()
        for block in _blocks(introduced.reading(_checked(documents, digests, progress))):
            writer.add_document(**block.fields(maker))
        for publication, digest in digests.items():
            if digest:
                found = introduced.of(publication)
                note = StoredBlock(publication, "", digest=digest, short_forms=found)
                maker.take_note(note, writer.docnum)
                writer.add_document(publication=publication, block=encode_block(note))


@contextmanager
def _writing(index: FileIndex, maker: SnapshotMaker) -> Iterator[Any]:
    """Open a writer; commit it at the end, or leave the index as it was."""
    try:
        writer = index.writer(limitmb=MEMORY_MB)
    except LockError as error:
        raise LibraryError(
            "another process is writing to the search index",
            where=str(index.storage.folder),
            fix="Wait until it has finished and try again",
        ) from error
    lock = writer.writelock
    try:
        yield writer
        writer.commit(mergetype=partial(_merge, maker))
    except OSError as error:
        _give_up(writer, lock)
        raise LibraryError(
            f"the search index could not be written ({error.strerror or error})",
            where=str(index.storage.folder),
            fix="Nothing was changed. Make room on the disk, or mend what the message names",
        ) from error
    except BaseException:
        _give_up(writer, lock)
        raise


def _merge(maker: SnapshotMaker, writer: Any, segments: list[Any]) -> list[Any]:  # noqa: ANN401
    """Merge small segments into the new one; write its snapshot; return the segments that stay."""
    folder = Path(writer.storage.folder)
    remove_others(folder, [segment.segment_id() for segment in segments])
    merged = _to_merge([segment for segment in segments if segment.doc_count()])
    for segment in merged:
        snapshot = open_whoosh_segment(writer.storage, writer.schema, segment)
        maker.take_segment(snapshot, segment, writer.docnum)
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    if maker.has_publications:
        maker.write(folder, writer.newsegment.segment_id())
    return [segment for segment in segments if segment.doc_count() and segment not in merged]


def _to_merge(segments: list[Any]) -> list[Any]:
    """Choose segments to merge: those mostly deleted, and the small ones where there are many.

    Each is at most as large as all smaller ones together twice over, so that a word is merged
    a number of times that grows with the logarithm of the library.
    """
    hollow = [s for s in segments if s.doc_count() * 2 < s.doc_count_all()]
    rest = sorted((s for s in segments if s not in hollow), key=lambda s: s.doc_count_all())
    if len(rest) <= MOST_SEGMENTS:
        return hollow
    sizes = [segment.doc_count_all() for segment in rest]
    small = [
        number
        for number, before in enumerate(accumulate(sizes))
        if number < 2 or sizes[number] <= 2 * (before - sizes[number])  # noqa: PLR2004
    ]
    return hollow + rest[: small[-1] + 1]


def _give_up(writer: Any, lock: Any) -> None:  # noqa: ANN401 - Whoosh's, untyped
    """Leave the index as it was, and unlocked."""
    # Whoosh before 3 keeps its lock when a commit fails; letting go twice does no harm.
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        lock.release()


def _checked(
    documents: Iterable[Document],
    digests: Mapping[str, str],
    progress: Callable[[int], None] | None,
) -> Iterator[Document]:
    """Yield each document once, if its publication is to be indexed."""
    seen: set[str] = set()
    for count, document in enumerate(documents, start=1):
        if not digests.get(document.publication):
            raise ValueError(f"{document.id}: no digest was given for its publication")
        if document.id not in seen:
            seen.add(document.id)
            yield document
        if progress and count % PROGRESS_STEP == 0:
            progress(count)


def _blocks(documents: Iterable[Document]) -> Iterator[_Block]:
    """Gather documents of one publication and scope into blocks."""
    growing: dict[Scope, _Block] = {}
    for document in documents:
        block = growing.get(document.scope)
        if block and (block.publication != document.publication or block.is_full):
            yield growing.pop(document.scope)
        growing.setdefault(document.scope, _Block(document.publication, document.scope)).add(
            document
        )
    yield from growing.values()


class _Block:
    """A block that grows."""

    def __init__(self, publication: str, scope: Scope) -> None:
        self.publication = publication
        self._scope: Scope = scope
        self._documents: list[StoredDocument] = []
        self._exact: dict[str, list[int]] = {}
        self._stem: dict[str, list[int]] = {}
        self._words: list[dict[View, dict[str, list[int]]]] = []

    @property
    def is_full(self) -> bool:
        """Tell whether the block takes no more."""
        return len(self._documents) >= BLOCK_SIZE

    def add(self, document: Document) -> None:
        """Add a document, analysing its texts."""
        place, length = len(self._documents), 0
        exact: dict[str, list[int]] = {}
        stem: dict[str, list[int]] = {}
        for name in TEXT_FIELDS:  # in this order, so that positions rise
            if text := document.texts.get(name):
                terms = index_terms(text, document.language, first_position=first_position(name))
                _gather(exact, terms.exact)
                _gather(stem, terms.stem)
                length += terms.length
        _pack(self._exact, place, exact)
        _pack(self._stem, place, stem)
        self._words.append({"exact": exact, "stem": stem})
        facets = {name: tuple(values) for name, values in document.facets.items() if values}
        self._documents.append(StoredDocument(document.id, document.order, length, facets))

    def fields(self, maker: SnapshotMaker) -> dict[str, Any]:
        """Return the block as Whoosh takes it; the snapshot takes it too."""
        gatherer = maker.gatherer(self._scope)
        for document, words in zip(self._documents, self._words, strict=True):
            number = gatherer.add_entry(entry_of(self.publication, document))
            for view, forms in words.items():
                gatherer.add_words(view, number, forms)
        stored = StoredBlock(self.publication, self._scope, tuple(self._documents))
        return {
            "publication": self.publication,
            "block": encode_block(stored),
            words_field(self._scope, "exact"): self._exact,
            words_field(self._scope, "stem"): self._stem,
        }


def _gather(into: dict[str, list[int]], terms: dict[str, list[int]]) -> None:
    """Add one field's positions to a document's."""
    for form, positions in terms.items():
        if form in into:
            into[form].extend(positions)
        else:
            into[form] = positions


def _pack(into: dict[str, list[int]], place: int, terms: dict[str, list[int]]) -> None:
    """Add one document's positions to a block's."""
    for form, positions in terms.items():
        packed = pack_positions(place, positions)
        if form in into:
            into[form].extend(packed)
        else:
            into[form] = packed
