"""What the options before the command's name say, handed to every command.

In:  `--library`, `--debug`.
Out: an open library.
Errors: LibraryError where there is none and it may not be made.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search import open_library
from search.library import PUBLICATIONS
from search.searcher import Library


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the command: its library's folder, and whether to show tracebacks."""

    folder: Path
    debug: bool = False

    @property
    def log_folder(self) -> Path | None:
        """Where the trace of a bug is written; None shows it."""
        return None if self.debug else self.folder

    @contextmanager
    def library(self, *, create: bool = False) -> Iterator[Library]:
        """Open the library for as long as the command needs it.

        One that was made for this command and into which nothing came is taken away again.
        """
        is_new = create and not (self.folder.exists() and any(self.folder.iterdir()))
        existed = self.folder.exists()
        try:
            with open_library(self.folder, create=create) as library:
                yield library
        finally:
            if is_new:
                _take_away_if_empty(self.folder, keep_folder=existed)


def _take_away_if_empty(folder: Path, *, keep_folder: bool) -> None:
    try:
        (folder / PUBLICATIONS).rmdir()
    except OSError:  # something came into it
        return
    if keep_folder:
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    else:
        shutil.rmtree(folder)
