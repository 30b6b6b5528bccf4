"""Watching a folder: which of its files it is time to take in.

In:  a folder, how long nothing may have been written to it.
Out: the files that were there at the start, then those that have come or changed, as often as that
     happens and the folder has come to rest.
Errors: none of its own; Ctrl-C ends it.

A file that is still being copied keeps the folder from coming to rest, so it is waited for. A
folder that vanishes (a disk is unmounted, a share is gone) is said and waited for, and looked at
anew when it is back. Sizes and times are compared, not only events believed: a share may send none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import watch

from casebook.intake import files_of

LOOK_S = 0.5  # how often a vanished folder is looked for

# Of each file: its size, when it was last written to, and which file it is.
State = dict[Path, tuple[int, int, int]]


def watched(folder: Path, *, rest_s: float, say: Callable[[str], None]) -> Iterator[Sequence[Path]]:
    """Yield files to take in, again and again; `say` is told when the folder vanishes."""
    taken: State = {}
    while True:
        _wait_for(folder, say)
        for state in _at_rest(folder, rest_s):
            fresh = [path for path, about in state.items() if taken.get(path) != about]
            taken = state
            if fresh:
                yield fresh


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
