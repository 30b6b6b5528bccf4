"""The writer lock: one writer at a time, in all threads and processes; readers never ask.

In:  the library's folder (made when another process has just taken it away), what is going to be
     done, how long to wait.
Out: a context in which nobody else writes. The operating system holds the lock, so that a
     writer that dies leaves no lock behind; who holds it stands in the file, for the message.
Errors: LibraryError: who writes, and what to do.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.durable_files import make_folder, storage_errors
from search.errors import LibraryError

LOCK_FILE = ".lock"

_PAUSE_S = 0.05


@contextmanager
def writer_lock(folder: Path, purpose: str, *, wait_s: float) -> Iterator[None]:
    """Hold the lock for as long as the block runs."""
    handle = _opened(folder, wait_s)
    try:
        _sign(handle, f"process {os.getpid()}: {purpose}")
        yield
    finally:
        os.close(handle)


def _opened(folder: Path, wait_s: float) -> int:
    """Return the lock file, open and locked."""
    while True:
        handle = _open(folder)
        try:
            _take(handle, folder, wait_s)
            # A library into which nothing came may have been taken away during the wait.
            if _is_in_place(handle, folder):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _open(folder: Path) -> int:
    make_folder(folder)
    path = folder / LOCK_FILE
    with storage_errors(path):
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)


def _is_in_place(handle: int, folder: Path) -> bool:
    try:
        there = (folder / LOCK_FILE).stat()
    except OSError:
        return False
    here = os.fstat(handle)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def _take(handle: int, folder: Path, wait_s: float) -> None:
    if not _taken(handle, wait_s):
        raise LibraryError(
            f"another process is writing to this library ({_holder(handle)})",
            where=str(folder),
            fix="Try again when it is done",
        )


def _taken(handle: int, wait_s: float) -> bool:
    end = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(_PAUSE_S)
        else:
            return True


def _sign(handle: int, text: str) -> None:
    """Say who holds the lock. A full disk must not keep anybody from making room."""
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, text.encode(), 0)
    except OSError:
        return


def _holder(handle: int) -> str:
    return os.pread(handle, 200, 0).decode(errors="replace").strip() or "it does not say which"
