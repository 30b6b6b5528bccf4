"""Preparers: processes that prepare files, each one file at a time.

In:  how many there shall be; tasks, from any number of threads.
Out: what was made of each.
Errors: RuntimeError with the trace of a bug in a process.

They are a session of their own, so that Ctrl-C reaches only the one who started them; that one
ends them. Should it be killed, they see their pipes end. A process that dies takes its task along,
as a file that cannot be used, and another takes its place.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from ingest.preparing import (
    Answer,
    Broken,
    PagesRead,
    Prepared,
    Progress,
    Task,
    Unusable,
    decode_answer,
    encode,
)
from ingest.preparing_process import LENGTH_BYTES

ROOT = Path(__file__).resolve().parents[1]  # where a new process finds our packages
COMMAND = (sys.executable, "-m", "ingest.preparing_process")


class Preparers:
    """Up to so many processes, started when they are needed; the end of the context ends them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._idle = SimpleQueue[_Process]()
        self._all: list[_Process] = []
        self._changing = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Start the first process before there is anything for it to do."""
        self._idle.put(self._next())

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        with self._changing:
            self._closed = True
            for process in self._all:
                process.kill()

    def prepare(self, task: Task, progress: Progress | None = None) -> Prepared | Unusable:
        """Have a file prepared by the next process that is idle, and wait for it."""
        process = self._next()
        try:
            answer = process.prepare(task, progress)
        except (EOFError, OSError):
            process = self._instead_of(process)
            message = "preparing it broke down, perhaps for lack of memory"
            return Unusable("rejected", f"{task.name}: {message}")
        finally:
            self._idle.put(process)
        if isinstance(answer, Broken):
            raise RuntimeError(answer.trace)  # noqa: TRY004 - nobody gave a wrong type
        return answer

    def _next(self) -> _Process:
        with self._changing:
            if self._idle.empty() and len(self._all) < self.count and not self._closed:
                self._all.append(_Process())
                return self._all[-1]
        return self._idle.get()

    def _instead_of(self, dead: _Process) -> _Process:
        with self._changing:
            if not self._closed:
                self._all.remove(dead)
                dead.kill()
                dead = _Process()
                self._all.append(dead)
            return dead


class _Process:
    """One process and its two pipes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            COMMAND,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def prepare(self, task: Task, progress: Progress | None) -> Prepared | Unusable | Broken:
        if self._process.stdin is None:
            raise EOFError
        body = encode(task)
        self._process.stdin.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
        self._process.stdin.flush()
        while True:
            size = int.from_bytes(self._read(LENGTH_BYTES), "big")
            answer: Answer = decode_answer(self._read(size))
            if not isinstance(answer, PagesRead):
                return answer
            if progress is not None:
                progress(answer.done, answer.total)

    def _read(self, size: int) -> bytes:
        data = self._process.stdout.read(size) if self._process.stdout else b""
        if len(data) < size:
            raise EOFError
        return data

    def kill(self) -> None:
        """End it, and with it the process that reads a file for it."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in filter(None, (self._process.stdin, self._process.stdout)):
            with suppress(OSError):  # what was on its way to it is lost, too
                pipe.close()
