"""Messages: what the reading process and the process that started it say to each other.

In:  nothing; these are the records on the pipe, each msgpack behind its length in four bytes.
Out: see `pdf_process` (who writes them) and `worker` (who reads them).
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from search.model import LostPage, OutlineEntry, PrintedPage

MAX_MESSAGE_BYTES = 64 << 20
LENGTH_BYTES = 4


class Job(Struct, frozen=True):
    """What a reading process is to do with the PDF on its standard input."""

    first_page: int
    page_seconds: float
    file_seconds: float
    memory_bytes: int
    scan_only: bool = False  # the ordinary way of opening the file failed


class Opened(Struct, frozen=True, tag=True):
    """The file is open; `pages` counts those that it names."""

    pages: int
    outline: tuple[OutlineEntry, ...] = ()
    metadata: dict[str, str] = {}


class PageSeen(Struct, frozen=True, tag=True):
    """One page was read. `lost` says why it was not, or not wholly."""

    page: PrintedPage
    letters: int  # that the page shows and the file names
    unmapped: int  # glyphs for which the file names no letter
    picture_share: float  # of the page that images cover
    lost: LostPage | None = None


class Refused(Struct, frozen=True, tag=True):
    """The file cannot be opened."""

    reason: str  # "encrypted", "no pages", "memory" or "damaged"


class Finished(Struct, frozen=True, tag=True):
    """All pages were read."""


Message = Opened | PageSeen | Refused | Finished
encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Message).decode
