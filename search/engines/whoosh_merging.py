"""Whoosh merging: many small segments → one, behind readers and writers.

In:  an open Whoosh index.
Out: a generation with fewer segments and the same documents, in a commit of its own.
Errors: LibraryError or OSError when the disk takes no more, or the index is damaged. It then stays
     as it was.

The merged segment is made from the snapshots of those it takes the place of, without any lock that
a writer wants: segments never change. What was deleted from them meanwhile is deleted from the
merged one when it is committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from whoosh.codec.base import Segment as WhooshSegment
from whoosh.index import TOC, FileIndex

from search.engines.whoosh_commits import Commit, committing, staged
from search.engines.whoosh_faults import with_patience
from search.engines.whoosh_segments import open_whoosh_segment, write_segment
from search.snapshot.building import Built, IndexedPublication, build
from search.snapshot.merging import batch_of
from search.snapshot.segment import Segment
from search.snapshot.store import drop_if_damaged

MOST_SEGMENTS = 9  # more are merged, small ones first
LARGE_WORDS = 1 << 25  # a segment of more words is only made anew when most of it is deleted

_STAGED = ".merging"
_LOCK = "MERGELOCK"


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment as committed, and its snapshot."""

    committed: WhooshSegment
    snapshot: Segment

    @property
    def words(self) -> int:
        return int(self.snapshot.scopes["sections"].fields[-1])

    @property
    def living(self) -> dict[str, IndexedPublication]:
        publications = self.snapshot.publications
        return {p.id: p for n, p in enumerate(publications) if not self.committed.is_deleted(n)}


def merge_segments(index: FileIndex) -> None:
    """Merge segments where there are too many; nothing happens where somebody is at it already."""
    lock = index.lock(_LOCK)
    if not lock.acquire():
        return
    try:
        while _merge(index):
            pass
    finally:
        lock.release()


def _merge(index: FileIndex) -> bool:
    """Merge some segments; tell whether there were any to merge."""
    chosen = with_patience(lambda: _to_merge(_sources(index)), Path(index.storage.folder))
    if not chosen:
        return False
    folder = Path(index.storage.folder) / _STAGED
    chosen = [_whole(index, source) for source in chosen]
    with staged(folder):
        built = _merged(chosen)
        segment = write_segment(folder, index.schema, built)
        numbers = {p.id: number for number, p in enumerate(built.about.publications)}
        with committing(index) as commit:
            for publication in _deleted_since(chosen, commit):
                segment.delete_document(numbers[publication])
            commit.replace([source.committed for source in chosen], folder, segment)
    return True


def _sources(index: FileIndex) -> list[_Source]:
    """Return all segments, where there may be something to merge."""
    schema = index.schema
    segments = TOC.read(index.storage, index.indexname, schema=schema).segments
    if len(segments) <= MOST_SEGMENTS and not any(map(_is_hollow, segments)):
        return []
    return [_Source(s, open_whoosh_segment(index.storage, schema, s)) for s in segments]


def _whole(index: FileIndex, source: _Source) -> _Source:
    """Return a source whose large file has been read: damage would be merged, and go unnoticed."""
    folder, name = Path(index.storage.folder), source.snapshot.name
    if not source.snapshot.is_unread or not drop_if_damaged(folder, name):
        return source
    return _Source(
        source.committed, open_whoosh_segment(index.storage, index.schema, source.committed)
    )


def _merged(chosen: Iterable[_Source]) -> Built:
    living = [source.living for source in chosen]
    return build(
        [publication for mine in living for publication in mine.values()],
        [batch_of(s.snapshot, mine.keys()) for s, mine in zip(chosen, living, strict=True)],
    )


def _deleted_since(chosen: Iterable[_Source], commit: Commit) -> list[str]:
    """Return the publications that were deleted after the segments were looked at."""
    now: Mapping[str, WhooshSegment] = {s.segment_id(): s for s in commit.segments}
    gone: list[str] = []
    for source in chosen:
        committed = now.get(source.committed.segment_id())
        for number, publication in enumerate(source.snapshot.publications):
            is_gone = committed is None or committed.is_deleted(number)
            if is_gone and not source.committed.is_deleted(number):
                gone.append(publication.id)
    return gone


def _is_hollow(segment: WhooshSegment) -> bool:
    return bool(segment.doc_count() * 2 < segment.doc_count_all())


def _to_merge(sources: Sequence[_Source]) -> list[_Source]:
    """Choose segments to merge: those mostly deleted, and the small ones where there are many.

    Each is at most as large as all smaller ones together twice over, so that a word is merged
    a number of times that grows with the logarithm of the library.
    """
    hollow = [source for source in sources if _is_hollow(source.committed)]
    rest = [s for s in sources if not _is_hollow(s.committed) and s.words <= LARGE_WORDS]
    if len(rest) <= MOST_SEGMENTS:
        return hollow
    rest.sort(key=lambda source: source.words)
    sizes = [source.words for source in rest]
    small = [
        number
        for number, before in enumerate(accumulate(sizes))
        if number < 2 or sizes[number] <= 2 * (before - sizes[number])  # noqa: PLR2004
    ]
    return hollow + rest[: small[-1] + 1]
