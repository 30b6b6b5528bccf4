"""Whoosh engine: the embedded engine.

In:  a folder; documents to publish; requests.
Out: results. A search sees the latest commit, also one of another process; one that is under way
     keeps the state that it began with. Readers never lock.
Errors: LibraryError when the index is damaged or another process is writing to it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Lock, Thread, Timer

from whoosh.index import FileIndex, create_in, open_dir

from search.engine import Document, EngineResults, Scope, SearchRequest, Vocabulary
from search.engines.whoosh_faults import reading_index, with_patience
from search.engines.whoosh_merging import merge_segments
from search.engines.whoosh_reader import Generation, open_generation, with_small_together
from search.engines.whoosh_schema import INDEX_NAME, make_schema
from search.engines.whoosh_writer import publish
from search.errors import LibraryError
from search.folder_watch import FolderWatch
from search.likeness_index import LikenessIndex
from search.occurrence_index import OccurrenceIndex
from search.snapshot.answering import answer
from search.snapshot.segment import Segment
from search.snapshot.store import check_snapshot, drop_if_damaged
from search.snapshot.together import may_be_together

# Names of the threads that do so.
READING, MERGING, JOINING = "read-snapshots", "merge-segments", "put-segments-together"
_PATIENCE_S = 0.5  # after a state's first question: whoever asks once does not wait for it

_log = logging.getLogger(__name__)


class WhooshEngine:
    """An index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._watch = FolderWatch(str(folder))
        self._lock = Lock()
        self._index = _open_index(folder)
        self._generation: Generation
        self._merging: Thread | None = None
        self._joining: Timer | None = None
        self._asked: Generation | None = None  # the state that was asked last
        self._open_generation({})

    def publish(
        self,
        documents: Iterable[Document],
        *,
        digests: Mapping[str, str],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Replace publications by these documents, in one commit: all of it or nothing."""
        publish(self._index, documents, digests, progress, self._generation.segments)
        self._watch.forget()
        self._merge_behind()

    def search(self, request: SearchRequest) -> EngineResults:
        """Answer a request; never raises on an odd query."""
        return answer(self._questioned().views[request.scope], request)

    def likeness_index(self) -> LikenessIndex:
        """Return what completes words and finds what is alike, in the latest state."""
        return self._questioned().likeness

    def occurrence_index(self) -> OccurrenceIndex:
        """Return where every word stands, in the latest state."""
        return self._questioned().occurrences

    def vocabulary(self, scope: Scope) -> Vocabulary:
        """Return the words of a scope: the same object as long as the index is the same."""
        return self._questioned().vocabularies[scope]

    def digests(self) -> Mapping[str, str]:
        """Return what is indexed: publication id → digest of its record."""
        return self._latest().digests

    def titles(self) -> Mapping[str, str]:
        """Return the titles of the publications of which anything is shown."""
        return self._latest().titles

    def document_count(self) -> int:
        """Return how many documents the index holds."""
        return self._latest().views["sections"].count

    def faults(self) -> tuple[str, ...]:
        """Read the index's files whole and say what is wrong with them; nothing is good news."""
        found = ((name, check_snapshot(self._folder, name)) for name in self._latest().segments)
        return tuple(f"the snapshot of {name} is damaged: {what}" for name, what in found if what)

    def close(self) -> None:
        """Wait for what goes on behind; let go of files."""
        if self._merging is not None:
            self._merging.join()
            self._merge_behind()  # something may have come while it was about to end
            self._merging.join()
        if self._joining is not None:
            self._joining.cancel()
            self._joining.join()
        self._index.close()

    def _merge_behind(self) -> None:
        """Merge segments in a thread of its own, whose commit the next search sees."""
        with self._lock:
            if self._merging is None or not self._merging.is_alive():
                self._merging = Thread(target=self._merge, name=MERGING)
                self._merging.start()

    def _merge(self) -> None:
        try:
            merge_segments(self._index)
        except (LibraryError, OSError) as error:  # the index is as it was, and can be searched
            if self._folder.is_dir():  # else another generation has taken its place meanwhile
                _log.warning("%s: segments could not be merged: %s", self._folder, error)

    def _latest(self) -> Generation:
        """Return the latest generation; whoever searches in an earlier one still holds it."""
        if self._watch.is_unchanged():
            return self._generation
        with self._lock:
            marks = self._watch.marks()
            with reading_index(self._folder):
                newest = self._index.latest_generation()
            if newest != self._generation.number:
                self._open_generation(self._generation.segments)
            self._watch.keep(marks)
            return self._generation

    def _open_generation(self, known: Mapping[str, Segment]) -> None:
        self._generation = with_patience(lambda: open_generation(self._index, known), self._folder)

    def _questioned(self) -> Generation:
        """Return the latest generation to a reader; see to it that later ones wait for less.

        Whoever publishes and asks nothing has no use for it.
        """
        generation = self._latest()
        if generation is not self._asked:
            with self._lock:
                if generation is not self._asked:
                    self._asked = generation
                    self._work_behind(generation)
        return generation

    def _work_behind(self, generation: Generation) -> None:
        if self._joining is not None:
            self._joining.cancel()
        self._joining = Timer(_PATIENCE_S, self._put_together, (generation,))
        self._joining.name, self._joining.daemon = JOINING, True
        self._joining.start()

    def _put_together(self, generation: Generation) -> None:
        """Have a state read in fewer segments, unless it has become an old one meanwhile."""
        if self._generation is not generation:
            return
        if may_be_together(generation.living):
            found = with_small_together(generation)
            with self._lock:
                if self._generation is generation:
                    self._generation = self._asked = found
        if unread := [each for each in generation.segments.values() if each.is_unread]:
            Thread(target=self._read_whole, args=(unread,), name=READING, daemon=True).start()

    def _read_whole(self, segments: Iterable[Segment]) -> None:
        """Read large snapshots behind the readers' backs; make damaged ones anew."""
        for segment in segments:
            what = drop_if_damaged(self._folder, segment.name)
            segment.is_unread = False
            if what:
                _log.warning("%s: %s: %s; it is made anew", self._folder, segment.name, what)
                with self._lock:
                    known = {n: s for n, s in self._generation.segments.items() if s is not segment}
                    self._open_generation(known)


def _open_index(folder: Path) -> FileIndex:
    folder.mkdir(parents=True, exist_ok=True)
    # Whoosh's own `exists_in` can miss an index that is being committed to, and to create is to
    # wipe: only an empty folder gets a new index.
    if not any(folder.iterdir()):
        create_in(str(folder), make_schema(), INDEX_NAME)
    return with_patience(lambda: open_dir(str(folder), INDEX_NAME, schema=make_schema()), folder)
