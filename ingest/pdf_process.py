"""The reading process: one PDF in, messages about its pages out.

In:  in a process just forked: a `Job`, an open PDF, the pipe to whoever forked.
Out: messages on the pipe: `Opened`, a `PageSeen` a page, `Finished`; or `Refused`.
Errors: none on purpose. Whatever kills this process, `worker` sees the pipe end.

It limits itself before it looks at the file: memory, processor time, no file written, no core left.
A page has a deadline in processor time, so that a busy machine loses no page.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import resource
import signal
from collections.abc import Collection, Iterator
from pathlib import Path
from types import FrameType
from typing import BinaryIO, NoReturn

from ingest.errors import EncryptedPdfError, NoPagesError, PageStopError
from ingest.lines import group_lines
from ingest.pdf_document import OpenedPdf, PageNode, open_pdf
from ingest.pdf_fonts import FontShelf
from ingest.pdf_glyphs import UNMAPPED, PlacedPage
from ingest.pdf_messages import (
    LENGTH_BYTES,
    MAX_MESSAGE_BYTES,
    Finished,
    Job,
    Message,
    Opened,
    PageSeen,
    Refused,
    encode,
)
from ingest.pdf_outline import read_labels, read_metadata, read_outline
from ingest.pdf_pages import read_page
from ingest.pdf_streams import page_source
from search.model import Box, LostPage, PrintedPage

# Pages make many small objects and hardly a circle: looking for circles less often saves a tenth.
COLLECT_AFTER = (100_000, 20, 100)
RING_S = 0.5  # the alarm rings again: what it interrupts may swallow the error


def become_reader(job: Job, pdf: BinaryIO, pipe: int) -> NoReturn:
    """Do one job and end the process, without a word and without anybody's clean-up."""
    try:
        _be_quiet(kept={pdf.fileno(), pipe})
        limit_process(job)
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)
        with os.fdopen(pipe, "wb") as out:
            for message in read_job(pdf.read(), job):
                send(out, message)
    finally:
        os._exit(0)


def _be_quiet(*, kept: Collection[int]) -> None:
    """Say nothing: pdfminer has much to say about broken files, and Python about being killed."""
    logging.disable(logging.CRITICAL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in {0, 1, 2}.difference(kept):
        os.dup2(nothing, stream)


def limit_process(job: Job) -> None:
    """Limit memory and processor time; forbid writing."""
    seconds = int(job.file_seconds) + 5
    for kind, limit in (
        (resource.RLIMIT_AS, _own_bytes() + job.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (allowed, hard))


def _own_bytes() -> int:
    """Return the address space in use before the file is looked at."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


def send(out: BinaryIO, message: Message) -> None:
    """Write one message behind its length."""
    body = encode(message)
    if len(body) > MAX_MESSAGE_BYTES and isinstance(message, PageSeen):
        body = encode(_lost(message.page.number, "it is larger than any page should be"))
    out.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
    out.flush()


def read_job(data: bytes, job: Job) -> Iterator[Message]:
    """Open the file and read its pages from `first_page` on."""
    try:
        opened = open_pdf(data, scan_only=job.scan_only)
    except EncryptedPdfError:
        yield Refused("encrypted")
    except NoPagesError:
        yield Refused("no pages")
    except MemoryError:
        yield Refused("memory")
    else:
        yield from _read_opened(opened, job)


def _read_opened(opened: OpenedPdf, job: Job) -> Iterator[Message]:
    again = job.first_page > 1
    pages = len(opened.pages)
    yield Opened(pages) if again else Opened(pages, read_outline(opened), read_metadata(opened))
    labels = read_labels(opened) or ("",) * pages
    fonts = FontShelf()
    for number in range(job.first_page, pages + 1):
        yield _read_page(opened.pages[number - 1], number, labels[number - 1], fonts, job)
    yield Finished()


def _read_page(
    node: PageNode | None, number: int, label: str, fonts: FontShelf, job: Job
) -> PageSeen:
    if node is None:
        return _lost(number, "the file is damaged and does not hold this page", label)
    try:
        with deadline(job.page_seconds):
            placed = read_page(page_source(node), fonts)
        with deadline(job.page_seconds):
            return _seen(placed, number, label)
    except PageStopError as stop:
        return _lost(number, stop.what, label)
    except MemoryError:
        gc.collect()
        return _lost(number, "its content does not fit into memory", label)
    except Exception:  # noqa: BLE001  # one page of many; the others are still wanted
        return _lost(number, "its content is damaged", label)


def _lost(number: int, reason: str, label: str = "") -> PageSeen:
    return PageSeen(PrintedPage(number, label), 0, 0, 0.0, LostPage(number, reason))


def _seen(placed: PlacedPage, number: int, label: str) -> PageSeen:
    shown = "".join("".join(text for run in placed.runs for text in run.texts).split())
    unmapped = shown.count(UNMAPPED)
    height = placed.height
    figures = (Box(x0, height - y1, x1, height - y0) for x0, y0, x1, y1 in placed.figures)
    page = PrintedPage(
        number,
        label,
        round(placed.width, 2),
        round(height, 2),
        group_lines(placed),
        tuple(Box(*(round(n, 2) for n in (b.left, b.top, b.right, b.bottom))) for b in figures),
    )
    share = min(1.0, placed.picture_area / (placed.width * height))
    lost = LostPage(number, placed.damage) if placed.damage else None
    return PageSeen(page, len(shown) - unmapped, unmapped, share, lost)


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Stop what runs inside once it has used so much processor time."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise PageStopError(f"it takes longer than {seconds:g} seconds to read")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, RING_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
