"""Read: a file → what is printed in it.

In:  a PDF or a plain text, and what reading it may cost.
Out: an `Extraction`; pages that could not be read, or not wholly, are named with their reason.
Errors: `UnreadableError` for a file that nothing can be had from; `NeedsOcrError` for pictures of
        text, and for glyphs that stand for no letters.

The file's first bytes decide what it is, not its name; only a text needs a name that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ingest.errors import NeedsOcrError, UnreadableError
from ingest.letters import clean_letters
from ingest.pdf_messages import Message, Opened, PageSeen, Refused
from ingest.text_file import read_text
from ingest.worker import ReadLimits, read_in_worker
from search.model import Extraction, LostPage, PrintedPage

__all__ = ["EXTRACTOR", "ReadLimits", "read_file"]

EXTRACTOR = "casebook-pdf 3"
Progress = Callable[[int, int], None]

TEXT_SUFFIXES = {".txt", ".text", ".md"}
HEADER, HEADER_WITHIN = b"%PDF-", 4096  # mail headers and other junk may stand before it
KINDS = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"AT&TFORM", "a DjVu file"),
)
HTML_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<?xml")
SAVE_AS_PDF = "Save or print it as a PDF and add that"
RUN_OCR = "Run text recognition (OCR) over it and add the result"

UNMAPPED_SHARE = 0.3
SCAN_SHARE = 0.5  # of a page, covered by pictures
SCAN_LETTERS = 30  # a scanned page may carry a page number as text
SCANNED_PAGES = 0.8  # of a file


def read_file(
    path: Path, *, limits: ReadLimits | None = None, progress: Progress | None = None
) -> Extraction:
    """Read a PDF or a plain text."""
    limits = limits or ReadLimits()
    head = _first_bytes(path, limits)
    if HEADER in head:
        return _read_pdf(path, limits, progress)
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise _not_readable(path, head)
    return read_text(_read_bytes(path), _shown(path.name))


def _first_bytes(path: Path, limits: ReadLimits) -> bytes:
    if path.is_dir():
        raise UnreadableError("this is a folder, not a file", where=_shown(str(path)))
    if not path.exists():
        raise UnreadableError(
            "there is no such file", where=_shown(str(path)), fix="Check its name"
        )
    if not path.is_file():
        raise UnreadableError("this is not an ordinary file", where=_shown(str(path)))
    size = path.stat().st_size
    if size == 0:
        raise UnreadableError("the file is empty", where=_shown(path.name))
    if size > limits.file_bytes:
        most = limits.file_bytes >> 20
        raise UnreadableError(f"the file is larger than {most} MB", where=_shown(path.name))
    return _read_bytes(path, HEADER_WITHIN)


def _shown(name: str) -> str:
    """Give a file's name fit for any terminal and any JSON: not every name is UTF-8."""
    return clean_letters(name.encode(errors="replace").decode())


def _read_bytes(path: Path, count: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        reason = f"the file cannot be opened ({(error.strerror or 'unknown reason').lower()})"
        fix = "Check that it may be read"
        raise UnreadableError(reason, where=_shown(path.name), fix=fix) from error


def _not_readable(path: Path, head: bytes) -> UnreadableError:
    kind = next((kind for sign, kind in KINDS if head.startswith(sign)), "")
    if not kind and any(sign in head[:1024].lower() for sign in HTML_SIGNS):
        kind = "a web page"
    if kind:
        return UnreadableError(
            f"this is {kind}, not a PDF", where=_shown(path.name), fix=SAVE_AS_PDF
        )
    if not head.strip(b"\0"):
        what = "this is neither a PDF nor a text: there is nothing in it but zero bytes"
        return UnreadableError(what, where=_shown(path.name), fix="Fetch the file again")
    fix = "Give a PDF, or a plain text whose name ends in .txt"
    return UnreadableError("this is not a PDF", where=_shown(path.name), fix=fix)


# ---- PDF ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What the worker has told so far."""

    opened: Opened = field(default_factory=lambda: Opened(0))
    seen: list[PageSeen] = field(default_factory=list)


def _read_pdf(path: Path, limits: ReadLimits, progress: Progress | None) -> Extraction:
    _read_bytes(path, 1)
    reading = _Reading()
    for message in _followed(read_in_worker(path.resolve(), limits), progress):
        if isinstance(message, Refused):
            raise _refusal(message, path)
        if isinstance(message, Opened):
            reading.opened = message
        elif isinstance(message, PageSeen):
            reading.seen.append(message)
    _check_for_text(reading, path)
    return _extraction(reading)


def _followed(messages: Iterator[Message], progress: Progress | None) -> Iterator[Message]:
    total = 0
    for message in messages:
        yield message
        if isinstance(message, Opened):
            total = message.pages
        elif isinstance(message, PageSeen) and progress is not None:
            progress(message.page.number, total)


def _refusal(refused: Refused, path: Path) -> UnreadableError:
    what, fix = {
        "encrypted": (
            "the file is encrypted and needs a password",
            "Save a copy without a password and add that",
        ),
        "no pages": ("no page can be found in this PDF", "Fetch the file again"),
        "memory": ("the file needs more memory than it may have", "Save it anew as a PDF"),
    }.get(refused.reason, ("the file is too damaged to be read", "Fetch the file again"))
    return UnreadableError(what, where=_shown(path.name), fix=fix)


def _check_for_text(reading: _Reading, path: Path) -> None:
    """Refuse files without text, saying whether pictures, glyphs or nothing is there instead."""
    seen = reading.seen
    letters = sum(page.letters for page in seen if not _is_noise(page))
    scans = sum(map(_is_scan, seen))
    if any(map(_is_noise, seen)) and not letters:
        what = "the text of this PDF cannot be read: its fonts do not say which letters they show"
        raise NeedsOcrError(what, where=_shown(path.name), fix=RUN_OCR)
    if scans and (not letters or scans >= SCANNED_PAGES * len(seen)):
        what = "this PDF holds pictures of pages, but no text"
        raise NeedsOcrError(what, where=_shown(path.name), fix=RUN_OCR)
    if not letters:
        raise _nothing(reading, path)


def _nothing(reading: _Reading, path: Path) -> UnreadableError:
    lost = next((page.lost for page in reading.seen if page.lost), None)
    if lost is not None:
        what = f"no page of this PDF can be read; of page {lost.number}: {lost.reason}"
        return UnreadableError(what, where=_shown(path.name), fix="Fetch the file again")
    if any(page.picture_share > 0 for page in reading.seen):
        what = "this PDF holds pictures, but no text"
        return NeedsOcrError(what, where=_shown(path.name), fix=RUN_OCR)
    what = "there is no text on any page of this PDF"
    fix = "If its pages show writing, run text recognition (OCR) over it"
    return UnreadableError(what, where=_shown(path.name), fix=fix)


def _is_noise(page: PageSeen) -> bool:
    return page.unmapped > UNMAPPED_SHARE * (page.letters + page.unmapped)


def _is_scan(page: PageSeen) -> bool:
    return page.picture_share >= SCAN_SHARE and page.letters <= SCAN_LETTERS


def _extraction(reading: _Reading) -> Extraction:
    return Extraction(
        "pdf",
        tuple(_page(page) for page in reading.seen),
        reading.opened.outline,
        reading.opened.metadata,
        tuple(lost for page in reading.seen if (lost := _loss(page))),
    )


def _page(seen: PageSeen) -> PrintedPage:
    """Take a page as it was read; glyphs that stand for no letters are not text."""
    return msgspec.structs.replace(seen.page, lines=()) if _is_noise(seen) else seen.page


def _loss(seen: PageSeen) -> LostPage | None:
    number = seen.page.number
    if seen.lost is not None:
        return seen.lost
    if _is_noise(seen):
        return LostPage(number, "its fonts do not say which letters they show; it needs OCR")
    if _is_scan(seen) and not seen.letters:
        return LostPage(number, "it is a picture without text; it needs OCR")
    return None
