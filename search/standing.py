"""Standing: what a library searches in, worked out once and good until its folders change.

In:  the library's folder and its index.
Out: a `Standing`: the engine, what it holds, whose records are not those that it was made from.
Errors: LibraryError where there is no index, or it is damaged.

A search asks three folders for the time of their last change. As long as none has changed, and for
`GOOD_FOR_S` at most (a record that was changed by hand changes no folder), the answer of the last
look holds. Records in memory are those of the index, whatever happens to their files meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from search.engine import Engine
from search.errors import CasebookError
from search.folder_watch import FolderWatch
from search.generations import Generations
from search.library import PUBLICATIONS, LibraryFolder, StoredRecord

GOOD_FOR_S = 2.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What is searched in. `left_out` are publications whose record is not the one indexed."""

    engine: Engine
    current: str
    indexed: Mapping[str, str]
    left_out: frozenset[str]
    until: float
    _load: Callable[[str, str], StoredRecord]
    _records: dict[str, StoredRecord] = field(default_factory=dict)

    def record(self, publication: str) -> StoredRecord:
        """Return a publication's record as it was indexed."""
        found = self._records.get(publication)
        if found is None:
            digest = self.indexed.get(publication, "")
            found = self._load(publication, digest)
            if found.digest == digest:
                self._records[publication] = found
        return found


class Lookout:
    """Keeps the latest standing of one library."""

    def __init__(self, folder: LibraryFolder, generations: Generations) -> None:
        self._folder, self._generations = folder, generations
        self._watch = FolderWatch()
        self._latest: Standing | None = None

    def standing(self) -> Standing:
        """Return the standing, worked out anew if anything may have changed."""
        known = self._latest
        if known and known.until > time.monotonic() and self._watch.is_unchanged():
            return known
        self._latest = known = self._look()
        return known

    def forget(self) -> None:
        """Look anew the next time."""
        self._latest = None

    def _look(self) -> Standing:
        current = self._generations.current()
        index = self._folder.path / "index"
        watch = FolderWatch(str(index), str(index / current), str(self._folder.path / PUBLICATIONS))
        marks = watch.marks()
        engine = self._generations.engine()
        indexed = engine.digests()
        stale = {name for name, digest in indexed.items() if not self._is_there(name, digest)}
        watch.keep(marks)
        self._watch = watch
        return Standing(
            engine=engine,
            current=current,
            indexed=indexed,
            left_out=frozenset(stale),
            until=0.0 if stale else time.monotonic() + GOOD_FOR_S,
            _load=self._folder.record,
        )

    def _is_there(self, publication: str, digest: str) -> bool:
        try:
            return self._folder.digest(publication, digest) == digest
        except CasebookError:
            return False
