"""`casebook` as a program of its own, followed line by line while it runs.

In:  its arguments.
Out: a running process whose output is read until a line is met; it is killed when it hangs.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_S = 120.0


@dataclass(slots=True)
class Program:
    """A running program; stderr goes where stdout goes."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def until(self, text: str) -> str:
        """Read on until a line holds this text; return the line."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if text in line:
                return line
        raise AssertionError(f"never said {text!r}: {''.join(self.said)}")

    def end(self) -> tuple[int, str]:
        """Read to the end; return the exit code and all that was said."""
        assert self.process.stdout is not None
        self.said += self.process.stdout
        return self.process.wait(), "".join(self.said)

    def stop(self) -> None:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)


def _as_from_a_terminal() -> None:
    """Let Ctrl-C come through, also where the tests run behind something that ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(*arguments: str, options: tuple[str, ...] = ()) -> Iterator[Program]:
    """Run `python [options] -m casebook arguments`."""
    process = subprocess.Popen(
        [sys.executable, "-u", *options, "-m", "casebook", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_as_from_a_terminal,  # noqa: PLW1509 - it only sets what a signal does
    )
    guard = threading.Timer(MOST_S, process.kill)
    guard.start()
    try:
        yield Program(process)
    finally:
        guard.cancel()
        process.kill()
        process.communicate()
