"""The worker: a PDF is read in a forked process, which may hang, crash or eat memory.

In:  a file and `ReadLimits`.
Out: what could be read, as messages in page order. A page on which the process died is named as
     lost, and a new process goes on behind it, a bounded number of times.
Errors: none; what ends the reading is told in the messages.

The pipe is read with `select` and a deadline; nothing here depends on signals or on the main
thread. A fork costs a few milliseconds and finds everything imported, where a new interpreter costs
a tenth of a second; what forks best has one thread only, as the processes of `preparers` have.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ingest.errors import SilentWorkerError
from ingest.pdf_messages import (
    LENGTH_BYTES,
    MAX_MESSAGE_BYTES,
    Finished,
    Job,
    Message,
    Opened,
    PageSeen,
    Refused,
    decode,
)
from ingest.pdf_process import become_reader
from search.model import LostPage, PrintedPage

MAX_RESTARTS = 5
GRACE = 3.0  # wall time may be so many times the processor time that a page is allowed
PAUSE_S = 5.0  # for passing a page on, besides its time
START_S = 20.0  # for starting the process and opening the file, besides a page's time
CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What reading one file may cost.

    Attributes:
        page_seconds: Processor time for one page.
        file_seconds: Time by the clock for the whole file.
        memory_bytes: Address space that the file may take in the reading process.
        file_bytes: Size of the file itself.
    """

    page_seconds: float = 10.0
    file_seconds: float = 600.0
    memory_bytes: int = 1 << 30
    file_bytes: int = 512 << 20


@dataclass(slots=True)
class _State:
    """How far the reading has come; `job` is what the next process is to do."""

    path: Path
    job: Job
    opened: Opened | None = None
    done: bool = False

    def next_page(self, page: int) -> None:
        self.job = msgspec.structs.replace(self.job, first_page=page)


def read_in_worker(path: Path, limits: ReadLimits) -> Iterator[Message]:
    """Read a PDF; yields `Opened` and one `PageSeen` a page, or one `Refused`."""
    end = time.monotonic() + limits.file_seconds
    job = Job(1, limits.page_seconds, limits.file_seconds, limits.memory_bytes)
    state = _State(path, job)
    for _ in range(MAX_RESTARTS + 1):
        try:
            yield from _attempt(state, end)
        except SilentWorkerError as silence:
            yield from _after_silence(state, silence.what)
        if state.done or time.monotonic() >= end:
            break
    if not state.done:
        yield from _give_up(state)


def _attempt(state: _State, end: float) -> Iterator[Message]:
    """Pass on what one process says, `Opened` only once."""
    for message in _messages(state, end):
        if not isinstance(message, Opened) or state.opened is None:
            yield message
        if isinstance(message, Opened):
            state.opened = state.opened or message
        elif isinstance(message, PageSeen):
            state.next_page(message.page.number + 1)
        else:
            state.done = True


def _after_silence(state: _State, reason: str) -> Iterator[Message]:
    """Name the page that was being read; a file that would not even open is scanned next."""
    page = state.job.first_page
    if state.opened is None:
        state.job = msgspec.structs.replace(state.job, scan_only=True)
    elif page <= state.opened.pages:
        yield _lost(page, reason)
        state.next_page(page + 1)


def _give_up(state: _State) -> Iterator[Message]:
    if state.opened is None:
        yield Refused("damaged")
        return
    for number in range(state.job.first_page, state.opened.pages + 1):
        yield _lost(number, "reading was given up before it")
    yield Finished()


def _lost(number: int, reason: str) -> PageSeen:
    return PageSeen(PrintedPage(number), 0, 0, 0.0, LostPage(number, reason))


def _messages(state: _State, end: float) -> Generator[Message]:
    """Run one process and yield what it says; a deadline for each message."""
    seconds = GRACE * state.job.page_seconds
    with _process(state) as pipe:
        buffer = bytearray()
        patience = START_S + seconds
        message: Message | None = None
        while not isinstance(message, Refused | Finished):
            until = min(end, time.monotonic() + patience)
            message = _next_message(pipe, buffer, until)
            yield message
            patience = PAUSE_S + 2 * seconds


@contextlib.contextmanager
def _process(state: _State) -> Iterator[int]:
    ours, theirs = os.pipe()
    with state.path.open("rb") as pdf:
        child = os.fork()
        if not child:
            become_reader(state.job, pdf, theirs)
    os.close(theirs)
    try:
        yield ours
    finally:
        os.close(ours)
        os.kill(child, signal.SIGKILL)  # it is not waited for yet, so the id is still its own
        os.waitpid(child, 0)


def _next_message(pipe: int, buffer: bytearray, until: float) -> Message:
    size = int.from_bytes(_take(pipe, buffer, LENGTH_BYTES, until), "big")
    if size > MAX_MESSAGE_BYTES:
        raise SilentWorkerError("it made the reading process speak nonsense")
    try:
        message: Message = decode(_take(pipe, buffer, size, until))
    except msgspec.MsgspecError as error:
        raise SilentWorkerError("it made the reading process speak nonsense") from error
    return message


def _take(pipe: int, buffer: bytearray, size: int, until: float) -> bytes:
    while len(buffer) < size:
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise SilentWorkerError("it takes too long to read")
        chunk = os.read(pipe, CHUNK_BYTES)
        if not chunk:
            raise SilentWorkerError("it made the reading process break down")
        buffer += chunk
    taken = bytes(buffer[:size])
    del buffer[:size]
    return taken
