"""Ledger: which files of which folders have become which publications.

In:  a library's folder.
Out: `ingested.json` in it: of each file, by its path, the sha256 of what it held, the publication
     that was made of it, and what made it.
Errors: none; a ledger that cannot be read counts as empty, for it only spares work, and says which
        publication a changed file is the next edition of.
"""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import unquote_to_bytes

import msgspec
from msgspec import Struct

from ingest.read import EXTRACTOR
from search.durable_files import replace_file, storage_errors

LEDGER = "ingested.json"


def _maker() -> str:
    try:
        return f"Casebook {version('casebook')}, {EXTRACTOR}"
    except PackageNotFoundError:
        return EXTRACTOR


MAKER = _maker()  # what another one made is made anew


class Entry(Struct, frozen=True):
    """What became of a file."""

    sha256: str
    publication: str
    maker: str = MAKER


class Ledger:
    """The entries of one library, by absolute path."""

    def __init__(self, library: Path) -> None:
        self._file = library / LEDGER
        self._entries = self._read()
        self._changed = False

    def _read(self) -> dict[str, Entry]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, Entry])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}

    def get(self, path: Path) -> Entry | None:
        """Return what is known of a file."""
        return self._entries.get(_key(path))

    def put(self, path: Path, entry: Entry) -> None:
        """Note what became of a file."""
        if self.get(path) != entry:
            self._entries[_key(path)] = entry
            self._changed = True

    def forget(self, path: Path) -> None:
        """Strike a file out."""
        self._changed = self._entries.pop(_key(path), None) is not None or self._changed

    def gone(self, folder: Path) -> dict[Path, Entry]:
        """Return the files of a folder that are no longer there."""
        below = folder.absolute()
        found = {_path(key): entry for key, entry in sorted(self._entries.items())}
        return {p: entry for p, entry in found.items() if p.parent == below and not p.exists()}

    def holds(self, publication: str) -> bool:
        """Tell whether a file that is still there has become this publication."""
        entries = self._entries.items()
        return any(e.publication == publication and _path(key).exists() for key, e in entries)

    def save(self) -> None:
        """Write down what has changed."""
        if self._changed:
            with storage_errors(self._file):
                replace_file(self._file, msgspec.json.encode(self._entries))
            self._changed = False


def _key(path: Path) -> str:
    return path.absolute().as_uri()  # whatever bytes its name has


def _path(key: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(key.removeprefix("file://"))))
