"""Whoosh commits: new segments, deletions → one new generation, everything or nothing.

In:  an open Whoosh index; snapshots as built; publications that go.
Out: a new generation. Whatever fails, the index stays as it was and its lock is let go.
Errors: LibraryError when another process is writing to the index, or the disk takes no more.

Segments are written in a folder of their own, by `STAGED`; nobody looks into it. To commit is to
move their files and to write Whoosh's table of contents, which takes milliseconds.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from whoosh.codec.base import Segment as WhooshSegment
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.util.filelock import try_for

from search.engines.whoosh_segments import open_whoosh_segment, segment_files, write_segment
from search.errors import LibraryError
from search.snapshot.building import Built
from search.snapshot.segment import Segment
from search.snapshot.store import remove_others

STAGED = ".publishing"
_LOCK = "WRITELOCK"
_PATIENCE_S = 0.5  # whoever merges holds the lock for milliseconds


class Commit:
    """A generation in the making: the segments that it will have."""

    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._folder = Path(index.storage.folder)
        self._state = TOC.read(index.storage, index.indexname, schema=index.schema)
        self._new: list[tuple[Path, WhooshSegment]] = []
        self.segments: list[WhooshSegment] = list(self._state.segments)

    def delete(self, publications: Iterable[str], known: Mapping[str, Segment]) -> None:
        """Delete publications; `known` are segments that are open already."""
        gone = set(publications)
        for segment in self.segments:
            opened = known.get(segment.segment_id()) or open_whoosh_segment(
                self._index.storage, self._state.schema, segment
            )
            for number, publication in enumerate(opened.publications):
                if publication.id in gone:
                    segment.delete_document(number)

    def write(self, built: Built) -> None:
        """Write a new segment."""
        folder = self._folder / STAGED
        self._new.append((folder, write_segment(folder, self._state.schema, built)))

    def replace(
        self, merged: Sequence[WhooshSegment], folder: Path, segment: WhooshSegment
    ) -> None:
        """Put a segment that was written into a folder beside in the place of some."""
        self.segments = [each for each in self.segments if each not in merged]
        self._new.append((folder, segment))

    def finish(self) -> None:
        """Make the new generation count."""
        for folder, segment in self._new:
            for path in segment_files(folder, segment):
                path.replace(self._folder / path.name)
        living = [segment for segment in self.segments if segment.doc_count()]
        living += [segment for _, segment in self._new if segment.doc_count()]
        generation = self._state.generation + 1
        storage, name = self._index.storage, self._index.indexname
        TOC(self._state.schema, living, generation).write(storage, name)
        clean_files(storage, name, generation, living)
        remove_others(self._folder, [segment.segment_id() for segment in living])


@contextmanager
def committing(index: FileIndex) -> Iterator[Commit]:
    """Give a commit to be filled; it counts once the block is done, if it gets there."""
    where = str(index.storage.folder)
    lock = index.lock(_LOCK)
    if not try_for(lock.acquire, timeout=_PATIENCE_S, delay=0.01):
        raise LibraryError(
            "another process is writing to the search index",
            where=where,
            fix="Wait until it has finished and try again",
        )
    try:
        with staged(Path(where) / STAGED):
            commit = Commit(index)
            yield commit
            commit.finish()
    except OSError as error:
        raise LibraryError(
            f"the search index could not be written ({error.strerror or error})",
            where=where,
            fix="Nothing was changed. Make room on the disk, or mend what the message names",
        ) from error
    finally:
        lock.release()


@contextmanager
def staged(folder: Path) -> Iterator[None]:
    """Have an empty folder, and no more when the block is done."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
