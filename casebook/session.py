"""What the options before the command's name say, handed to every command.

In:  `--library`, `--debug`.
Out: an open library.
Errors: LibraryError where there is none and it may not be made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from search import open_library
from search.durable_files import remove_folder, storage_errors
from search.errors import LibraryError
from search.library import PUBLICATIONS
from search.searcher import SETTINGS, Library
from search.writer_lock import LOCK_FILE, writer_lock

_MADE = ("index", SETTINGS, LOCK_FILE)  # what a new library holds beside its publications


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the command: its library's folder, and whether to show tracebacks."""

    folder: Path
    debug: bool = False

    @property
    def log_folder(self) -> Path | None:
        """Where the trace of a bug is written; None shows it."""
        return None if self.debug else self.folder

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no folder yet, or nothing in it."""
        with storage_errors(self.folder):
            return not self.folder.exists() or not any(self.folder.iterdir())

    @contextmanager
    def library(self, *, create: bool = False, settle: bool = True) -> Iterator[Library]:
        """Open the library for as long as the command needs it; `settle` as for `open_library`.

        One that was made for this command and into which nothing came is taken away again, unless
        another process writes to it.
        """
        is_new = create and self.is_empty
        existed = is_new and self.folder.exists()
        try:
            with open_library(self.folder, create=create, settle=settle) as library:
                yield library
        finally:
            if is_new:
                _take_away_if_empty(self.folder, keep_folder=existed)


def _take_away_if_empty(folder: Path, *, keep_folder: bool) -> None:
    if not folder.exists():
        return
    with suppress(OSError, LibraryError), writer_lock(folder, "tidying up", wait_s=0):
        (folder / PUBLICATIONS).rmdir()  # fails where something came into it
        for name in _MADE:
            remove_folder(folder / name)
        if not keep_folder:
            folder.rmdir()  # fails where something else is in it
