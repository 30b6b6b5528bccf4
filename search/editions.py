"""Editions: what a publication said before, kept small: its former records, nothing else.

In:  the folder of a publication's present state and of the one that is to follow it.
Out: `editions/<number>.json.gz` in the state that follows; the records again.
Errors: NotFoundError for an edition that was not kept; LibraryError where one cannot be read.

Whoever cites a text can name its edition, and gets it as it was. Editions go with their
publication when it is removed.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from pathlib import Path

import msgspec
from msgspec import Struct

from search.durable_files import copy_file, make_folder, storage_errors, write_file
from search.errors import LibraryError, NotFoundError
from search.library import RECORD, states_of
from search.model import Publication

EDITIONS = "editions"

_GZIP_LEVEL = 6
_NAME = re.compile(r"([1-9]\d{0,8})\.json\.gz")


class _Edition(Struct, frozen=True):
    """What is looked at of a record to file it."""

    edition: int = 1


def carry_editions(present: Path, following: Path, edition: int) -> None:
    """Take former editions along to the state that follows, and the present one if it is former."""
    kept = present / EDITIONS
    record = present / RECORD
    with storage_errors(following):
        former = list(_files(kept).values())
        data = record.read_bytes() if record.is_file() else b""
        number = _number(data) if data else edition
        if former or number < edition:
            make_folder(following / EDITIONS)
        for file in former:
            _link(file, following / EDITIONS / file.name)
        if number < edition:
            packed = gzip.compress(data, _GZIP_LEVEL, mtime=0)
            write_file(following / EDITIONS / f"{number}.json.gz", packed)


def kept_editions(library: Path, publication: str) -> tuple[int, ...]:
    """Return the numbers of the former editions that are kept, the oldest first."""
    return tuple(_files(states_of(library, publication).present / EDITIONS))


def former_edition(library: Path, publication: str, number: int) -> Publication:
    """Return a publication as it was in a former edition."""
    files = _files(states_of(library, publication).present / EDITIONS)
    if number not in files:
        known = ", ".join(map(str, files)) or "none"
        raise NotFoundError(
            f"there is no edition {number} of “{publication}”", fix=f"Kept are: {known}"
        )
    with storage_errors(files[number]):
        try:
            return msgspec.json.decode(
                gzip.decompress(files[number].read_bytes()), type=Publication
            )
        except (EOFError, zlib.error, gzip.BadGzipFile, msgspec.DecodeError) as error:
            raise LibraryError(
                "a former edition is damaged",
                where=str(files[number]),
                fix="Put the file back from a copy, or delete it",
            ) from error


def _files(folder: Path) -> dict[int, Path]:
    """Return the files of editions by number, the oldest first."""
    if not folder.is_dir():
        return {}
    names = ((_NAME.fullmatch(entry.name), entry) for entry in folder.iterdir())
    return dict(sorted((int(found[1]), entry) for found, entry in names if found))


def _number(data: bytes) -> int:
    try:
        return msgspec.json.decode(data, type=_Edition).edition
    except (msgspec.DecodeError, UnicodeDecodeError):
        return 1 << 31  # a record that cannot be read is no edition to keep


def _link(file: Path, target: Path) -> None:
    """Let a file that never changes stand in another folder too; copy it where that cannot be."""
    try:
        os.link(file, target)
    except OSError:
        copy_file(file, target)
