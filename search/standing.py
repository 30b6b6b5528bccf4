"""Standing: what a library searches in, worked out once and good until its folders change.

In:  the library's folder and its index.
Out: a `Standing`: the engine, what it holds, whose records are not those that it was made from.
Errors: LibraryError where there is no index, or it is damaged.

A search asks three folders for the time of their last change. As long as none has changed, and for
`GOOD_FOR_S` at most (a record that was changed by hand changes no folder), the answer of the last
look holds. Records in memory are those of the index, whatever happens to their files meanwhile.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from search.engine import Engine
from search.errors import CasebookError
from search.generations import Generations
from search.library import PUBLICATIONS, LibraryFolder, StoredRecord

GOOD_FOR_S = 2.0
# Two changes within one tick of the file system's clock look like one.
_SETTLED_NS = 50_000_000

Marks = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is searched in. `left_out` are publications whose record is not the one indexed."""

    engine: Engine
    current: str
    indexed: Mapping[str, str]
    left_out: frozenset[str]
    marks: Marks
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
        self._index = str(folder.path / "index")
        self._publications = str(folder.path / PUBLICATIONS)
        self._latest: Standing | None = None

    def standing(self) -> Standing:
        """Return the standing, worked out anew if anything may have changed."""
        known = self._latest
        if known and known.until > time.monotonic() and known.marks == self._marks(known.current):
            return known
        self._latest = self._look()
        return self._latest

    def forget(self) -> None:
        """Look anew the next time."""
        self._latest = None

    def _look(self) -> Standing:
        current = self._generations.current()
        marks = self._marks(current)
        engine = self._generations.engine()
        indexed = engine.digests()
        stale = {name for name, digest in indexed.items() if not self._is_there(name, digest)}
        is_settled = time.time_ns() - max(marks, default=0) > _SETTLED_NS
        return Standing(
            engine=engine,
            current=current,
            indexed=indexed,
            left_out=frozenset(stale),
            marks=marks,
            until=time.monotonic() + GOOD_FOR_S if is_settled and not stale else 0.0,
            _load=self._folder.record,
        )

    def _marks(self, current: str) -> Marks:
        folders = (self._index, f"{self._index}/{current}", self._publications)
        return tuple(map(_changed_ns, folders))

    def _is_there(self, publication: str, digest: str) -> bool:
        try:
            return self._folder.digest(publication, digest) == digest
        except CasebookError:
            return False


def _changed_ns(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - a search waits for it
    except OSError:
        return 0
