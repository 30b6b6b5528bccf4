"""A writer that is killed: `python dying_writer.py FOLDER CHANGE`, run by the crash tests.

In:  FOLDER/library, FOLDER/source.txt; what to change.
Out: FOLDER/1, FOLDER/2 …: copies of the library, in the n-th of which the change was cut off by
     SIGKILL just before its n-th step on the disk; in the last it went through.

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


def die_before(step: int, library: Path) -> None:
    """Kill this process when it is about to take that step."""
    steps = {"own": 0, "engine": 0}

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if not _is_step(event, arguments) or not str(arguments[0]).startswith(str(library)):
            return
        whose = "engine" if Path(str(arguments[0])).parent.name.isdecimal() else "own"
        steps[whose] += 1
        if steps["own"] + steps["engine"] // EVERY >= step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _is_step(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        return isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
    return event in CHANGED


def run(folder: Path, name: str) -> None:
    step, is_killed = 0, True
    while is_killed:
        step += 1
        copy = folder / str(step)
        shutil.copytree(folder / "library", copy)
        child = os.fork()
        if child == 0:
            library = open_library(copy)
            die_before(step, copy)
            change(library, name, folder / "source.txt")
            os._exit(0)
        is_killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
