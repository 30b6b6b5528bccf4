"""Whoosh engine: the embedded engine.

In:  a folder; documents to publish; requests.
Out: results. A search sees the latest commit, also one of another process; one that is under way
     keeps the state that it began with. Readers never lock.
Errors: LibraryError when the index is damaged or another process is writing to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from whoosh.index import FileIndex, create_in, open_dir

from search.engine import Document, EngineResults, SearchRequest
from search.engines.answering import answer
from search.engines.whoosh_faults import reading_index, with_patience
from search.engines.whoosh_reader import Generation, Segments, open_generation
from search.engines.whoosh_schema import make_schema
from search.engines.whoosh_writer import publish


class WhooshEngine:
    """An index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._index = _open_index(folder)
        self._generation = self._open_generation({})

    def publish(
        self,
        documents: Iterable[Document],
        *,
        digests: Mapping[str, str],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Replace publications by these documents, in one commit: all of it or nothing."""
        publish(self._index, documents, digests, progress)

    def search(self, request: SearchRequest) -> EngineResults:
        """Answer a request; never raises on an odd query."""
        with self._latest() as generation:
            return answer(generation.views[request.scope], request)

    def digests(self) -> dict[str, str]:
        """Return what is indexed: publication id → digest of its record."""
        with self._latest() as generation:
            return dict(generation.digests)

    def document_count(self) -> int:
        """Return how many documents the index holds, of both scopes."""
        with self._latest() as generation:
            return sum(len(view.columns.ids) for view in generation.views.values())

    def close(self) -> None:
        """Let go of files."""
        self._generation.leave()
        self._index.close()

    @contextmanager
    def _latest(self) -> Iterator[Generation]:
        """Lend the latest generation; it stays open as long as it is lent."""
        with self._lock:
            with reading_index(self._folder):
                newest = self._index.latest_generation()
            if newest != self._generation.number:
                earlier = self._generation
                self._generation = self._open_generation(earlier.segments)
                earlier.leave()
            generation = self._generation
            generation.enter()
        try:
            yield generation
        finally:
            generation.leave()

    def _open_generation(self, known: Segments) -> Generation:
        return with_patience(
            lambda: open_generation(self._index, self._folder, known), self._folder
        )


def _open_index(folder: Path) -> FileIndex:
    folder.mkdir(parents=True, exist_ok=True)
    # Whoosh's own `exists_in` can miss an index that is being committed to, and to create is to
    # wipe: only an empty folder gets a new index.
    if not any(folder.iterdir()):
        create_in(str(folder), make_schema())
    return with_patience(lambda: open_dir(str(folder), schema=make_schema()), folder)
