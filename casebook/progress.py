"""Progress bars for whatever takes longer than a second: of one piece of work, of many files.

In:  a label, then how much is done of how much; of many files, which are done.
Out: bars on stderr, gone when the work is done; nothing where stderr is no terminal, and nothing
     for work that is done before one could read it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from casebook.terminal import notices, one_line

_PATIENCE_S = 1.0


class ProgressBar:
    """Call it with what is done and, where it is known, with the whole."""

    def __init__(
        self,
        label: str,
        *,
        console: Console | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        console = console or notices()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task(one_line(label), total=None)
        self._clock, self._since = clock, clock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Show how far the work is, once it has taken longer than a second."""
        if self._clock() - self._since >= _PATIENCE_S:
            self._bar.start()
        self._bar.update(self._task, completed=done, total=total)

    def begin(self, label: str) -> None:
        """Go over to the next stage of the same work."""
        self._bar.reset(self._task, description=one_line(label), total=None)


class FilesProgress:
    """Bars for many files: how many are done, and a line for each that is being read."""

    def __init__(self, *, console: Console | None = None) -> None:
        console = console or notices()
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not console.is_terminal,
        )
        self._all = self._bars.add_task("Files", total=None)
        self._each: dict[Path, TaskID] = {}
        self._changing = threading.Lock()

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def expect(self, total: int) -> None:
        """Say how many files there are."""
        self._bars.update(self._all, total=total)

    def read(self, path: Path, done: int, total: int) -> None:
        """Show how many pages of a file have been read; any thread may say so."""
        with self._changing:
            if path not in self._each:
                label = one_line(f"  {path.name}")
                self._each[path] = self._bars.add_task(label, total=total)
            self._bars.update(self._each[path], completed=done, visible=done < total)

    @contextmanager
    def finished(self, path: str) -> Iterator[None]:
        """Count a file, with the bars out of the way for what is to be said about it."""
        with self._changing:
            task = self._each.pop(Path(path), None)
            if task is not None:
                self._bars.remove_task(task)
            self._bars.advance(self._all)
        self._bars.stop()
        try:
            yield
        finally:
            self._bars.start()
