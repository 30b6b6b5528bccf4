"""Record digests: the sha256 of records, known again as long as their files stay as they are.

In:  the file that remembers them; records' files.
Out: digests, and the little of each record that is asked of all of them together. What a file of
     the same number, size and time of change held, it holds: so a large library opens, and takes
     another publication, without reading any record. `casebook check` reads them all.
Errors: LibraryError where a record cannot be read.

The file is derived: where it is missing, damaged or cannot be written, records are read.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from search.durable_files import make_folder, replace_file, storage_errors
from search.errors import LibraryError

# A file changed twice within one tick of its file system's clock looks the same both times: what
# was just written is not remembered for others. Some clocks tick every two seconds.
SETTLED_NS = 2_500_000_000


class Brief(Struct, frozen=True, array_like=True):
    """What a record was made from, and what it is a translation of ("" for nothing)."""

    source_sha256: str
    translation_of: str


class _Known(Struct, frozen=True, array_like=True):
    """One state of one file and its digest: renaming its folder does not change it."""

    device: int
    inode: int
    size: int
    changed_ns: int
    digest: str
    brief: Brief | None = None  # of a record that was looked into

    def is_of(self, state: os.stat_result) -> bool:
        """Tell whether a file is still in this state."""
        found = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
        return (self.device, self.inode, self.size, self.changed_ns) == found


class RecordDigests:
    """Digests by the name of the folder that a record lies in; safe for threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, _Known] = _read(path)
        self._kept = dict(self._known)
        self._keeping = threading.Lock()

    def of(self, record: Path) -> str:
        """Return the sha256 of a record's file, "" where it is not there."""
        with storage_errors(record):
            try:
                known, state = self._known.get(record.parent.name), os.stat(record)  # noqa: PTH116
                if known is None or not known.is_of(state):
                    known = self._known[record.parent.name] = _hashed(record)
            except FileNotFoundError:
                return ""
        return known.digest

    def is_known(self, record: str, folder: str, digest: str) -> bool:
        """Tell whether a record in a folder of this name has this digest, if one look tells it.

        Whoever publishes asks it of every publication.
        """
        known = self._known.get(folder)
        return known is not None and known.digest == digest and _is_still(known, record)

    def brief(self, record: str, folder: str) -> Brief | None:
        """Return what was noted of a record; None where it has changed, or nothing was noted."""
        known = self._known.get(folder)
        return known.brief if known and known.brief and _is_still(known, record) else None

    def note(self, record: Path, digest: str, brief: Brief) -> None:
        """Remember what a record with this digest says."""
        known = self._known.get(record.parent.name)
        if known and known.digest == digest:
            self._known[record.parent.name] = replace(known, brief=brief)

    def forget(self, record: Path) -> None:
        """Read a record's file the next time."""
        self._known.pop(record.parent.name, None)

    def keep(self) -> None:
        """Remember for those who open the library later, if this process may write."""
        latest = time.time_ns() - SETTLED_NS
        with self._keeping, suppress(LibraryError):
            known = dict(self._known)  # others may add to it
            kept = {name: each for name, each in known.items() if each.changed_ns < latest}
            if kept != self._kept:
                make_folder(self._path.parent)
                replace_file(self._path, msgspec.json.encode(kept))
                self._kept = kept


def _is_still(known: _Known, record: str) -> bool:
    try:
        return known.is_of(os.stat(record))  # noqa: PTH116 - asked of every publication in a row
    except OSError:
        return False


def _hashed(record: Path) -> _Known:
    with record.open("rb") as file:
        state = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return _Known(state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, digest)


def _read(path: Path) -> dict[str, _Known]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, _Known])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
