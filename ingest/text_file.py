"""Text files: a plain text → pages of lines.

In:  the bytes of a text file.
Out: an `Extraction`: pages parted by form feeds (`paged`), else one page with all lines. Empty
     lines are kept, blanks at the start of a line are counted in `indent`.
Errors: `UnreadableError` for files that are no text.

Encodings: UTF-8, UTF-16 by its mark; otherwise a code page. In Cyrillic text (Windows-1251, KOI8-R,
DOS 866, ISO 8859-5, Macintosh, and KOI8-T with Tajik letters) most letters lie above 127 and stand
side by side; in Western text (Windows-1252) accented letters stand alone among plain ones. So the
share of high letters with a high neighbour decides; and among the Cyrillic pages, as which of them
the text reads most like a language that is known.
"""

from __future__ import annotations

import codecs
import re

from ingest.errors import UnreadableError
from ingest.language import how_cyrillic
from ingest.letters import clean_letters, strip_soft_hyphens
from search.model import Extraction, PrintedLine, PrintedPage

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CYRILLIC_PAGES = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "koi8-t")
HIGH_LETTER = re.compile("[Ѐ-ӿ]")
HIGH_PAIR = re.compile("(?<=[Ѐ-ӿ])[Ѐ-ӿ]")
CYRILLIC_SHARE = 0.5
CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
MAX_CONTROL_SHARE = 0.001
LINE_END = re.compile(r"\r\n?|[\n\v\x85\u2028\u2029]")
TAB_WIDTH = 8
FIX = "Save it as plain text in UTF-8 and add that"


def read_text(data: bytes, name: str) -> Extraction:
    """Read a plain text."""
    text = decode_text(data, name)
    if len(CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise UnreadableError("this is not a text: it is full of control characters", where=name)
    parts = text.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    pages = tuple(PrintedPage(n, lines=_lines(part)) for n, part in enumerate(parts, 1))
    if not any(line.text for page in pages for line in page.lines):
        raise UnreadableError("the file holds no text", where=name)
    return Extraction("text", pages, paged="\f" in text)


def decode_text(data: bytes, name: str) -> str:
    """Decode a text by its mark, as UTF-8, or by the look of its letters."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding, name)
    if b"\0" in data:
        raise UnreadableError("this is not a text: it holds zero bytes", where=name, fix=FIX)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(guess_code_page(data), "replace")


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"its first bytes promise {encoding.upper()}, but it is something else"
        raise UnreadableError(what, where=name, fix=FIX) from error


def guess_code_page(data: bytes) -> str:
    """Tell the Cyrillic code pages from one another and from Windows-1252 (Western)."""
    read = {page: data.decode(page, "replace") for page in CYRILLIC_PAGES}
    page = max(read, key=lambda page: how_cyrillic(read[page]))
    high, pairs = len(HIGH_LETTER.findall(read[page])), len(HIGH_PAIR.findall(read[page]))
    return page if pairs > CYRILLIC_SHARE * high else "cp1252"


def _lines(part: str) -> tuple[PrintedLine, ...]:
    lines = LINE_END.split(part)
    if lines and not lines[-1]:
        lines.pop()  # the line end at the end of the page begins no further line
    return tuple(map(_line, lines))


def _line(raw: str) -> PrintedLine:
    line = strip_soft_hyphens(clean_letters(raw.expandtabs(TAB_WIDTH))).rstrip()
    text = line.lstrip()
    return PrintedLine(text, indent=len(line) - len(text))
