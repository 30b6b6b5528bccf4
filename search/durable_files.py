"""Durable files: what is written is on the disk, whole, or was never there.

In:  bytes and paths.
Out: files and folders that survive a crash: written under another name, fsynced, renamed, and
     the folder that holds them fsynced too.
Errors: LibraryError, the operating system's complaint in words for a person.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from search.errors import LibraryError

_CHUNK_BYTES = 1 << 20
_COMPLAINTS = {
    errno.ENOSPC: ("the disk is full", "Make room and try again"),
    errno.EDQUOT: ("the disk quota is used up", "Make room and try again"),
    errno.EROFS: ("the disk can only be read", "Use a library on a disk that can be written"),
    errno.EACCES: ("access is denied", "Run as a user who may read and write the library"),
    errno.EPERM: ("access is denied", "Run as a user who may read and write the library"),
    errno.EMFILE: ("too many files are open", "Raise the limit of open files (ulimit -n)"),
    errno.ENOTDIR: ("this is a file, not a folder", "Choose another folder for the library"),
    errno.EEXIST: ("this is a file, not a folder", "Choose another folder for the library"),
    errno.EIO: ("the disk reports an error", "Check the disk, then run casebook check"),
}


@contextmanager
def storage_errors(where: Path) -> Iterator[None]:
    """Turn the operating system's errors into the library's."""
    try:
        yield
    except OSError as error:
        known = _COMPLAINTS.get(error.errno or 0)
        what, fix = known or (error.strerror or str(error), "Run casebook check")
        raise LibraryError(what, where=str(error.filename or where), fix=fix) from error


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of one."""
    sibling = path.with_name(f".{path.name}.new")
    with storage_errors(path):
        write_file(sibling, data)
        sibling.replace(path)
        sync_folder(path.parent)


def write_file(path: Path, data: bytes) -> None:
    """Write a file in a folder that nobody looks into yet, down to the disk."""
    with path.open("wb") as file:
        file.write(data)
        _sync(file)


def copy_file(source: Path, target: Path) -> str:
    """Copy a file down to the disk, and return the sha256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as given, target.open("wb") as file:
        while chunk := given.read(_CHUNK_BYTES):
            digest.update(chunk)
            file.write(chunk)
        _sync(file)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Bring a folder's entries, and so the renames in it, down to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, and its parents, if it is not there."""
    with storage_errors(folder):
        if not folder.is_dir():
            make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            sync_folder(folder.parent)


def remove_folder(folder: Path) -> None:
    """Remove a folder with everything in it, or the file that has its name, if it is there."""
    with storage_errors(folder):
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
        else:
            folder.unlink(missing_ok=True)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
