"""A progress bar for whatever takes longer than a second.

In:  a label, then how much is done of how much.
Out: a bar on stderr, gone when the work is done; nothing where stderr is no terminal, and nothing
     for work that is done before one could read it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

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
