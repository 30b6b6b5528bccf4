"""Watching a folder: which of its files it is time to take in.

In:  a folder, how long nothing may have been written to it.
Out: the files that were there at the start, then those that have come or changed, as often as that
     happens and the folder has come to rest; those that had to be postponed once more.
Errors: none of its own; Ctrl-C ends it.

A file that is still being copied keeps the folder from coming to rest, so it is waited for. A
folder that vanishes (a disk is unmounted, a share is gone) is said and waited for, and looked at
anew when it is back. Sizes and times are compared, not only events believed: a share may send none.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import watch

from casebook.intake import files_of

LOOK_S = 0.5  # how often a vanished folder is looked for
LONGEST_S = 60.0  # between two tries of one file
_MOST_DOUBLINGS = 16

# Of each file: its size, when it was last written to, and which file it is.
State = dict[Path, tuple[int, int, int]]


class Watch:
    """Watches a folder; `say` is told when it vanishes, `clock` counts seconds."""

    def __init__(
        self,
        folder: Path,
        *,
        rest_s: float,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._rest_s, self._say, self._clock = folder, rest_s, say, clock
        self._taken: State = {}
        self._due: dict[Path, float] = {}
        self._tries: dict[Path, int] = {}

    def rounds(self) -> Iterator[Sequence[Path]]:
        """Yield files to take in, again and again."""
        while True:
            _wait_for(self._folder, self._say)
            for state in _at_rest(self._folder, self._rest_s):
                fresh = [path for path, about in state.items() if self._is_fresh(path, about)]
                self._taken = state
                self._due = {path: due for path, due in self._due.items() if path in state}
                if fresh:
                    yield fresh

    def postpone(self, files: Sequence[Path]) -> None:
        """Of the files yielded last, yield these again: soon, and then less and less often."""
        now = self._clock()
        self._tries = {path: self._tries.get(path, 0) + 1 for path in files}
        for path, tries in self._tries.items():
            self._due[path] = now + pause_s(tries, self._rest_s)

    def _is_fresh(self, path: Path, about: tuple[int, int, int]) -> bool:
        is_due = path in self._due and self._due[path] <= self._clock()
        if is_due or self._taken.get(path) != about:
            self._due.pop(path, None)
            return True
        return False


def pause_s(tries: int, rest_s: float) -> float:
    """Return how long to wait before a file is tried again that often: soon, then less often."""
    return min(rest_s * (1 << min(tries, _MOST_DOUBLINGS)), LONGEST_S)


def _wait_for(folder: Path, say: Callable[[str], None]) -> None:
    if folder.is_dir():
        return
    say(f"The folder {folder} is not there; waiting for it.")
    nothing = threading.Event()
    while not folder.is_dir():
        nothing.wait(LOOK_S)
    say(f"The folder {folder} is there.")


def _at_rest(folder: Path, rest_s: float) -> Iterator[State]:
    """Yield how things stand whenever nothing has happened for so long, until the folder goes."""
    try:
        which, before = folder.stat().st_ino, _state(folder)
        rest_ms = max(1, round(rest_s * 1000))
        for changes in watch(
            folder,
            recursive=False,
            watch_filter=None,
            rust_timeout=rest_ms,
            yield_on_timeout=True,
        ):
            if folder.stat().st_ino != which:
                return
            state = _state(folder)
            if not changes and state == before:
                yield state
            before = state
    except (FileNotFoundError, NotADirectoryError):
        return


def _state(folder: Path) -> State:
    found: State = {}
    for path in files_of(folder):
        about = path.stat()
        found[path] = about.st_size, about.st_mtime_ns, about.st_ino
    return found
