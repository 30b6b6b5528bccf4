"""Staging: how a publication's state on disk changes, so that a crash costs nothing.

In:  a record, its source, what the editor said, what the reader saw; ids.
Out: `publications/.new-<id>`, complete and on the disk; then, by two renames (`<id>` to
     `.old-<id>`, `.new-<id>` to `<id>`), the publication's present state.
Errors: InputError for a record or source that cannot be taken; LibraryError from the disk.

Everything here needs the writer lock. When to install and when to give up is decided by
`search.publishing`.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import msgspec

from search.durable_files import (
    copy_file,
    make_folder,
    remove_folder,
    replace_file,
    storage_errors,
    sync_folder,
    write_file,
)
from search.editions import carry_editions
from search.errors import InputError
from search.library import (
    ENDINGS,
    EXTRACTION,
    MANIFEST,
    RECORD,
    States,
    Tombstone,
    check_record,
    states_of,
    tombstone_file,
)
from search.model import Extraction, Publication

_GZIP_LEVEL = 4  # half the time of the usual 9, for a tenth more bytes


def stage(
    library: Path,
    record: Publication,
    *,
    source: Path,
    manifest: str = "",
    extraction: bytes = b"",
) -> str:
    """Write a new state of a publication beside the old one; return its record's digest.

    `extraction` is packed (`pack_extraction`), empty where nothing was read.
    """
    check_record(record)
    folder = states_of(library, record.id).staged
    remove_folder(folder)
    make_folder(folder)
    data = msgspec.json.encode(record)
    _take_source(record, source, folder)
    with storage_errors(folder):
        if manifest:
            write_file(folder / MANIFEST, manifest.encode())
        if extraction:
            write_file(folder / EXTRACTION, extraction)
        write_file(folder / RECORD, data)
        carry_editions(states_of(library, record.id).present, folder, record.edition)
        sync_folder(folder)
        sync_folder(folder.parent)
    return hashlib.sha256(data).hexdigest()


def pack_extraction(extraction: Extraction) -> bytes:
    """Return what the reader saw as it lies in the library: JSON, compressed."""
    return gzip.compress(msgspec.json.encode(extraction), _GZIP_LEVEL, mtime=0)


def install(library: Path, publication: str) -> None:
    """Make the staged state the present one."""
    states = states_of(library, publication)
    _set_aside(states)
    with storage_errors(states.present):
        states.staged.rename(states.present)
        sync_folder(states.present.parent)
    remove_folder(states.former)


def give_up(library: Path, publication: str) -> None:
    """Give up the staged state; what was there before stays, or comes back."""
    states = states_of(library, publication)
    with storage_errors(states.present):
        if states.former.exists() and not states.present.exists():
            states.former.rename(states.present)
            sync_folder(states.present.parent)
    remove_folder(states.staged)
    remove_folder(states.former)


def drop(library: Path, publication: str) -> None:
    """Take a publication away, with every state of it."""
    states = states_of(library, publication)
    _set_aside(states)
    remove_folder(states.former)
    remove_folder(states.staged)


def bury(library: Path, tombstone: Tombstone) -> None:
    """Remember a publication that is being removed."""
    path = tombstone_file(library, tombstone.id)
    make_folder(path.parent)
    replace_file(path, msgspec.json.encode(tombstone))


def _set_aside(states: States) -> None:
    """Rename the present state to the former: a whole folder goes at once."""
    with storage_errors(states.present):
        if states.present.exists():
            remove_folder(states.former)
            states.present.rename(states.former)
            sync_folder(states.present.parent)


def _take_source(record: Publication, source: Path, folder: Path) -> None:
    if not source.is_file():
        raise InputError("there is no such file", where=str(source))
    with storage_errors(folder):
        digest = copy_file(source, folder / f"source.{ENDINGS[record.source.media]}")
    if digest != record.source.sha256:
        raise InputError(
            "the file changed while it was read", where=str(source), fix="Add it once more"
        )
