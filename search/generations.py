"""Generations: the index folders of a library, and which of them counts.

In:  the folder `index`, the name of an engine.
Out: the engine of the generation that `CURRENT` names; a new generation beside it, which counts
     from the moment that `CURRENT` names it.
Errors: LibraryError where there is no index, or one that cannot be opened.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.durable_files import make_folder, remove_folder, replace_file, storage_errors
from search.engine import Engine
from search.engines.catalog import open_engine
from search.errors import CasebookError, LibraryError
from search.folder_watch import FolderWatch

CURRENT = "CURRENT"

_FIX = "casebook reindex makes it anew from the records"


class Generations:
    """The index of one library, opened once and again whenever another generation counts."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._folder, self._engine_name = folder, engine
        self._opened: dict[str, Engine] = {}
        self._opening, self._looking = threading.Lock(), threading.Lock()
        self._watch = FolderWatch(str(folder))
        self._latest: Engine | None = None

    def engine(self) -> Engine:
        """Return the engine of the generation that counts now."""
        latest = self._latest
        if latest is not None and self._watch.is_unchanged():
            return latest
        with self._looking:
            marks = self._watch.marks()
            engine = self._latest = self._current_engine()
            self._watch.keep(marks)
            return engine

    def _current_engine(self) -> Engine:
        name = self.current()
        if not name or not (self._folder / name).is_dir():
            raise LibraryError("there is no index", where=str(self._folder), fix=_FIX)
        with self._opening:
            if name not in self._opened:
                self._opened[name] = self._open(name)
            return self._opened[name]

    def current(self) -> str:
        """Return the name of the generation that counts, "" where none does."""
        path = self._folder / CURRENT
        with storage_errors(path):
            try:
                name = path.read_bytes().decode(errors="replace").strip()
            except FileNotFoundError:
                return ""
        return name if name.isdecimal() and name.isascii() else ""

    @contextmanager
    def new(self) -> Iterator[Engine]:
        """Give an empty index to be filled; it counts once the block is done, if it gets there.

        Former generations go then: whoever is searching in one has its files open, and the next
        search asks for the one that counts.
        """
        names = [int(name) for name in self.names() if name.isdecimal()]
        name = f"{max(names, default=0) + 1:06d}"
        make_folder(self._folder)
        try:
            engine = open_engine(self._engine_name, self._folder / name)
            try:
                yield engine
            finally:
                engine.close()
            replace_file(self._folder / CURRENT, f"{name}\n".encode())
        except BaseException:
            if self.current() != name:
                remove_folder(self._folder / name)
            raise
        self._watch.forget()
        self.remove_others()

    def names(self) -> tuple[str, ...]:
        """Return every generation's folder, those that do not count included."""
        if not self._folder.is_dir():
            return ()
        with storage_errors(self._folder):
            return tuple(sorted(entry.name for entry in self._folder.iterdir() if entry.is_dir()))

    def remove_others(self) -> None:
        """Remove the generations that do not count."""
        current = self.current()
        for name in self.names():
            if name != current:
                remove_folder(self._folder / name)

    def close(self) -> None:
        """Let go of every index that was opened."""
        with self._opening:
            self._latest = None
            while self._opened:
                self._opened.popitem()[1].close()

    def _open(self, name: str) -> Engine:
        try:
            with storage_errors(self._folder / name):
                engine = open_engine(self._engine_name, self._folder / name)
                engine.digests()
        except CasebookError as error:
            raise LibraryError(
                f"the index is damaged: {error.what}", where=str(self._folder / name), fix=_FIX
            ) from error
        return engine
