"""A writer that is stopped: `python dying_writer.py FOLDER CHANGE SIGNAL`, run by the crash tests.

In:  FOLDER/library, FOLDER/source.txt; what to change; SIGKILL, or SIGINT for Ctrl-C.
Out: FOLDER/1, FOLDER/2 …: copies of the library, in the n-th of which the change was cut off by
     the signal just before its n-th step on the disk; in the last it went through.

A step is whatever Python's audit events show to change files. Steps inside the index are the
engine's, and it makes many: of those, every eighth is taken.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from search.model import Publication
from search.searcher import Library, open_library
from tests.records import make_publication

CHANGED = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
EVERY = 8


def new_record() -> Publication:
    """The record that the change publishes."""
    old = make_publication()
    return msgspec.structs.replace(old, title="Zebra Crossing", cases=old.cases[:2])


def change(library: Library, name: str, source: Path) -> None:
    changes: dict[str, Callable[[], None]] = {
        "add": lambda: library.publish(make_publication("fresh"), source=source),
        "replace": lambda: library.publish(new_record(), source=source, manifest="x = 1\n"),
        "remove": lambda: library.remove("river-and-road"),
        "reindex": library.reindex,
    }
    changes[name]()


def stop_before(step: int, library: Path, number: signal.Signals) -> None:
    """Send this process a signal when it is about to take that step."""
    steps = {"own": 0, "engine": 0}
    is_sent = False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal is_sent
        if (
            is_sent
            or not _is_step(event, arguments)
            or not str(arguments[0]).startswith(str(library))
        ):
            return
        whose = "engine" if Path(str(arguments[0])).parent.name.isdecimal() else "own"
        steps[whose] += 1
        if steps["own"] + steps["engine"] // EVERY >= step:
            is_sent = True
            os.kill(os.getpid(), number)

    sys.addaudithook(hook)


def _is_step(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        return isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
    return event in CHANGED


def run(folder: Path, name: str, number: signal.Signals) -> None:
    step, is_stopped = 0, True
    while is_stopped:
        step += 1
        copy = folder / str(step)
        shutil.copytree(folder / "library", copy)
        child = os.fork()
        if child == 0:
            os._exit(_changed(copy, step, name, folder / "source.txt", number))
        is_stopped = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _changed(copy: Path, step: int, name: str, source: Path, number: signal.Signals) -> int:
    """Change the library; return the exit code, 130 where Ctrl-C came between."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with open_library(copy) as library:
            stop_before(step, copy, number)
            change(library, name, source)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], signal.Signals[sys.argv[3]])
