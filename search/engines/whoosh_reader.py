"""Whoosh reader: one committed generation → postings and columns.

In:  an open Whoosh index.
Out: a `Generation`: views of both scopes and the digests. Unchanging; safe for threads; closed
     when its last user has left. Blocks that an earlier generation knew are not read again.
Errors: whatever Whoosh raises; the engine tries anew or translates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import get_args

from whoosh.index import FileIndex
from whoosh.reading import IndexReader, TermNotFound

from search.analysis import View
from search.engine import FACETS, Scope
from search.engines.facet_columns import FacetColumn
from search.engines.index_view import Columns
from search.engines.ranking import length_norms
from search.engines.remembered import Remembered
from search.engines.whoosh_faults import reading_index
from search.engines.whoosh_schema import (
    StoredBlock,
    StoredDocument,
    decode_block,
    unpack_positions,
    words_field,
)

Postings = Mapping[int, Sequence[int]]
Segments = dict[str, list[StoredBlock]]  # the blocks of each segment, by its id

REMEMBERED_POSTINGS = 500_000  # documents in the posting lists that a view keeps unpacked


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One segment: its Whoosh reader and its blocks by Whoosh's number."""

    reader: IndexReader
    blocks: dict[int, StoredBlock]


class WhooshView:
    """One scope of a generation, as evaluation sees it."""

    def __init__(self, scope: Scope, leaves: Sequence[_Leaf], lock: Lock, folder: Path) -> None:
        self._scope = scope
        self._folder = folder
        self._leaves = leaves
        self._lock = lock
        self._numbers, documents = _numbered(scope, leaves)
        self.columns = Columns(
            ids=[document.id for document in documents],
            norms=length_norms([document.length for document in documents]),
            facets=_facet_columns(documents),
        )
        self._known: Remembered[tuple[View, str], Postings] = Remembered(REMEMBERED_POSTINGS)

    def postings(self, view: View, form: str) -> Postings:
        """Return the documents that have a form, each with its positions."""
        key = (view, form)
        found = self._known.get(key)
        if found is None:
            # Matchers of one segment share one file position: one at a time.
            with self._lock, reading_index(self._folder):
                found = dict(self._read(words_field(self._scope, view), form))
            self._known.put(key, found)
        return found

    def forms_beginning(self, view: View, prefix: str) -> list[str]:
        """Return the indexed forms that begin so."""
        name, start = words_field(self._scope, view), prefix.encode()
        forms: set[bytes] = set()
        with self._lock, reading_index(self._folder):
            for leaf in self._leaves:
                terms = leaf.reader.terms_from(name, start)
                forms.update(
                    t
                    for _, t in takewhile(lambda x: x[0] == name and x[1].startswith(start), terms)
                )
        return [form.decode() for form in forms]

    def _read(self, name: str, form: str) -> Iterator[tuple[int, Sequence[int]]]:
        term = form.encode()
        for leaf, numbers in zip(self._leaves, self._numbers, strict=True):
            try:
                matcher = leaf.reader.postings(name, term)
            except TermNotFound:
                continue
            while matcher.is_active():
                in_block = numbers[matcher.id()]
                for place, positions in unpack_positions(matcher.value()):
                    yield in_block[place], positions
                matcher.next()


def _numbered(
    scope: Scope, leaves: Sequence[_Leaf]
) -> tuple[list[dict[int, list[int]]], list[StoredDocument]]:
    """Number a scope's documents in book order.

    Return each segment's block → numbers of its documents, and the documents in order.
    """
    numbers: list[dict[int, list[int]]] = [{} for _ in leaves]
    found: list[tuple[str, int, str, list[int], int, StoredDocument]] = []
    for leaf, in_leaf in zip(leaves, numbers, strict=True):
        for key, block in leaf.blocks.items():
            if block.scope == scope:
                in_block = in_leaf[key] = [0] * len(block.documents)
                found += [
                    (block.publication, document.order, document.id, in_block, place, document)
                    for place, document in enumerate(block.documents)
                ]
    found.sort(key=itemgetter(0, 1, 2))
    for rank, (*_, in_block, place, _document) in enumerate(found):
        in_block[place] = rank
    return numbers, [document for *_, document in found]


def _facet_columns(documents: Sequence[StoredDocument]) -> dict[str, FacetColumn]:
    names = dict.fromkeys([*FACETS, *(name for document in documents for name in document.facets)])
    return {name: FacetColumn([d.facets.get(name, ()) for d in documents]) for name in names}


class Generation:
    """One committed state: opened once, used by many threads, closed by the last."""

    def __init__(self, number: int, reader: IndexReader, folder: Path, known: Segments) -> None:
        self.number = number
        self._reader = reader
        self._users = 1  # the engine itself
        self._lock = Lock()
        self.segments: Segments = _read_segments(reader, known)
        leaves = list(_live(reader, self.segments))
        lock = Lock()
        self.views = {scope: WhooshView(scope, leaves, lock, folder) for scope in get_args(Scope)}
        self.digests = {
            block.publication: block.digest
            for leaf in leaves
            for block in leaf.blocks.values()
            if block.digest
        }

    def enter(self) -> None:
        """Count one more user."""
        with self._lock:
            self._users += 1

    def leave(self) -> None:
        """Count one user less; the last closes the files."""
        with self._lock:
            self._users -= 1
            if self._users == 0:
                self._reader.close()


def open_generation(index: FileIndex, folder: Path, known: Segments) -> Generation:
    """Open the latest generation; `known` are blocks that an earlier one has read."""
    # The number is asked first: if a commit comes between, the next search opens anew.
    number = index.latest_generation()
    reader = index.reader()
    try:
        return Generation(number, reader, folder, known)
    except BaseException:
        reader.close()
        raise


def _leaf_readers(reader: IndexReader) -> list[IndexReader]:
    return [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]


def _read_segments(reader: IndexReader, known: Segments) -> Segments:
    """Return every segment's blocks, deleted ones too: a segment never changes them."""
    found: Segments = {}
    for leaf in _leaf_readers(reader):
        name = leaf.segment().segment_id()
        found[name] = known[name] if name in known else _stored_blocks(leaf)
    return found


def _stored_blocks(leaf: IndexReader) -> list[StoredBlock]:
    return [decode_block(leaf.stored_fields(n)["block"]) for n in range(leaf.doc_count_all())]


def _live(reader: IndexReader, segments: Segments) -> Iterator[_Leaf]:
    for leaf in _leaf_readers(reader):
        stored = segments[leaf.segment().segment_id()]
        yield _Leaf(leaf, {n: block for n, block in enumerate(stored) if not leaf.is_deleted(n)})
