"""Fonts: pdfminer's fonts, made fail-safe, and what they say about a line.

In:  font dictionaries.
Out: a font always, the plainest one where the file's own is broken; its `Face`; its glyphs.
Errors: none.
Source: ISO 32000-2, 9.6 to 9.10.
"""

from __future__ import annotations

import dataclasses
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from pdfminer.pdffont import PDFFont, PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream

from ingest.errors import PageStopError
from ingest.letters import SOFT_HYPHEN, clean_letters
from ingest.pdf_glyphs import UNMAPPED, Face
from ingest.pdf_objects import as_name, resolve

MAX_LETTERS_A_GLYPH = 32
MAX_FONTS = 1_000  # looked up at a time
MAX_STRING = 400_000  # bytes of one string; a page may not show as many letters
MAX_STRINGS, MAX_KEPT_STRING = 20_000, 200  # kept of a font
BLANK_CODE = 32
MAX_MAP_ENTRIES = 200_000
ITALIC_FLAG, FORCE_BOLD_FLAG = 1 << 6, 1 << 18
BOLD_WEIGHT = 600  # StemV says nothing: programs write whatever they like into it

SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")
# Besides the plain words: Computer Modern (CMBX, SFBX, SFSX, CMTI, CMSL) and URW (-Medi) names.
BOLD_NAME = re.compile(
    r"bold|black|heavy|demi(?!n)|[-_]medi$|^(?:cm|sf|ec|la)\w*bx?\d|^(?:sf|ec|la)sx\d",
    re.IGNORECASE,
)
ITALIC_NAME = re.compile(
    r"ital|obli|slant|^(?:cm|sf|ec|la)\w*(?:ti|sl|it)\d|[-_,](?:it|i)$", re.IGNORECASE
)
PLAIN_NAME = re.compile(r"^[\w.-]*$", re.ASCII)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PART = re.compile(rf"[^\s{SOFT_HYPHEN}]+|.", re.DOTALL)
RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<[^>]*>|\[[^\]]*\]|\d+)")


class FontShelf(PDFResourceManager):
    """Fonts by object, each made once; a broken font dictionary gives a plain font."""

    def __init__(self) -> None:
        super().__init__()
        self._letterings: dict[int, Lettering] = {}

    def lettering(self, font: PDFFont) -> Lettering:
        """Give what a font's strings stand for."""
        known = self._letterings.get(id(font))
        if known is None:
            if len(self._letterings) >= MAX_FONTS:
                self._letterings.clear()
            known = self._letterings[id(font)] = Lettering(font)
        return known

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Make the font, with less of its dictionary each time it fails."""
        if objid and objid in self._cached_fonts:
            return self._cached_fonts[objid]
        font = _first_that_works(super().get_font, spec)
        if objid:
            self._cached_fonts[objid] = font
        return font


def _first_that_works(
    make: Callable[[object, Mapping[str, object]], PDFFont], spec: Mapping[str, object]
) -> PDFFont:
    plain = {"Subtype": spec.get("Subtype"), "BaseFont": spec.get("BaseFont")}
    safe = _with_known_encoding(_without_huge_map(spec))
    for attempt in (safe, _without(safe, "ToUnicode"), plain):
        try:
            return make(None, attempt)
        except PageStopError:
            raise
        except Exception:  # noqa: BLE001, S112  # a font is as hostile as its author likes
            continue
    return make(None, {})


def _without(spec: Mapping[str, object], key: str) -> dict[str, object]:
    return {name: value for name, value in spec.items() if name != key}


def _with_known_encoding(spec: Mapping[str, object]) -> Mapping[str, object]:
    """Drop an encoding whose name is no plain name: pdfminer looks for a file called so."""
    name = as_name(spec.get("Encoding"))
    return spec if not name or PLAIN_NAME.match(name) else _without(spec, "Encoding")


def _without_huge_map(spec: Mapping[str, object]) -> Mapping[str, object]:
    """Drop a ToUnicode map whose ranges would take gigabytes to write out."""
    if as_name(spec.get("ToUnicode")).startswith("Identity"):
        return spec
    stream = resolve(spec.get("ToUnicode"))
    if not isinstance(stream, PDFStream):
        return _without(spec, "ToUnicode")
    tables = RANGES.findall(stream.get_data())
    entries = sum(_span(*bounds) for table in tables for bounds in RANGE.findall(table))
    return spec if entries <= MAX_MAP_ENTRIES else _without(spec, "ToUnicode")


def _span(first: bytes, last: bytes) -> int:
    low, high = (int(b"".join(digits.split())[:16] or b"0", 16) for digits in (first, last))
    return max(0, high - low)


class Part(NamedTuple):
    """A word, a part of one, or a blank: where it starts and ends, for a size of one point."""

    text: str
    start: float
    end: float
    first: int  # of its glyphs
    last: int  # the one behind them
    spaces: int  # how many blanks stand before it


class Lettered(NamedTuple):
    """What a string says.

    Attributes:
        parts: Words or parts of words, and blanks.
        width: Of all glyphs, for a size of one point.
        glyphs: How many it has.
        spaces: How many codes are a blank's.
        goes_on: Whether the first part goes on a word that may stand before it.
        open_end: Whether a word may go on behind the last part.
    """

    parts: tuple[Part, ...]
    width: float
    glyphs: int
    spaces: int
    goes_on: bool
    open_end: bool


NOTHING = Lettered((), 0.0, 0, 0, goes_on=False, open_end=False)


class Lettering:
    """What the strings of a font say, each looked up once.

    Attributes:
        face: Name, weight, slope and heights.
        vertical: Whether glyphs follow one another downwards.
        multibyte: Whether a code is more than one byte; word spacing does not apply then.
        strings: What was looked up lately.
    """

    def __init__(self, font: PDFFont) -> None:
        self.font = font
        self.face = read_face(font)
        self.bold_face = dataclasses.replace(self.face, bold=True)
        self.vertical, self.multibyte = font.is_vertical(), font.is_multibyte()
        self._glyphs = _Glyphs(font)
        self.strings: dict[bytes, Lettered] = {}

    def read(self, raw: bytes) -> Lettered:
        """Look up a string that is not among `strings`."""
        found = self._read(raw[:MAX_STRING])
        if len(self.strings) < MAX_STRINGS and len(raw) <= MAX_KEPT_STRING:
            self.strings[raw] = found
        return found

    def _read(self, raw: bytes) -> Lettered:
        codes = [*self.font.decode(raw)]
        if not codes:
            return NOTHING
        texts, widths, plain = zip(*map(self._glyphs.__getitem__, codes), strict=True)
        if all(plain):
            width = sum(widths, 0.0)
            part = Part("".join(texts), 0.0, width, 0, len(codes), 0)
            return Lettered((part,), width, len(codes), 0, goes_on=True, open_end=True)
        offsets = [*accumulate(widths, initial=0.0)]
        parts = tuple(
            Part(text, offsets[first], offsets[last], first, last, spaces)
            for text, first, last, spaces in _parts(texts, codes)
        )
        goes_on = bool(parts) and parts[0].first == 0 and _is_joinable(parts[0].text[0])
        closed = not parts or parts[-1].last < len(codes)
        open_end = not closed and _is_joinable(parts[-1].text[-1])
        return Lettered(parts, offsets[-1], len(codes), codes.count(BLANK_CODE), goes_on, open_end)


class _Glyphs(dict[int, tuple[str, float, bool]]):
    """What a font's codes stand for, their advances, and which are plain letters of a word."""

    def __init__(self, font: PDFFont) -> None:
        super().__init__()
        self.font = font

    def __missing__(self, code: int) -> tuple[str, float, bool]:
        text, width = read_glyph(self.font, code)
        plain = len(text) == 1 and _is_joinable(text) and code != BLANK_CODE
        glyph = self[code] = (text, width, plain)
        return glyph


def _parts(texts: Sequence[str], codes: Sequence[int]) -> Iterator[tuple[str, int, int, int]]:
    """Put the letters of words together."""
    whole = "".join(texts)
    if len(whole) != len(texts) or "" in texts or any(map(unicodedata.combining, whole)):
        yield from _odd_parts(texts, codes)
        return
    spaces = 0
    for found in PART.finditer(whole):
        first, last = found.span()
        yield found[0], first, last, spaces
        spaces += codes[first:last].count(BLANK_CODE)


def _odd_parts(texts: Sequence[str], codes: Sequence[int]) -> Iterator[tuple[str, int, int, int]]:
    """Do so where not every glyph is one letter; what stands for nothing parts words, too."""
    begin = spaces = before = 0
    for index, text in enumerate(texts):
        if text.isalnum() or (len(text) == 1 and _is_joinable(text)):
            continue
        if begin < index:
            yield "".join(texts[begin:index]), begin, index, before
        if text:
            yield text, index, index + 1, spaces
        spaces += codes[index] == BLANK_CODE
        begin, before = index + 1, spaces
    if begin < len(texts):
        yield "".join(texts[begin:]), begin, len(texts), before


def _is_joinable(sign: str) -> bool:
    return not (sign.isspace() or sign == SOFT_HYPHEN or unicodedata.combining(sign))


def read_face(font: PDFFont) -> Face:
    """Read name, weight, slope and heights of a font."""
    full = str(getattr(font, "basefont", "") or font.fontname)
    name = SUBSET_PREFIX.sub("", clean_letters(full))[:80]
    ascent, descent = _heights(font)
    return Face(name, _is_bold(font, name), _is_italic(font, name), ascent, descent)


def _is_bold(font: PDFFont, name: str) -> bool:
    weight = _number(font.descriptor.get("FontWeight"))
    flagged = bool(font.flags & FORCE_BOLD_FLAG)
    return bool(BOLD_NAME.search(name)) or flagged or weight >= BOLD_WEIGHT


def _is_italic(font: PDFFont, name: str) -> bool:
    sloped = bool(font.flags & ITALIC_FLAG) or bool(_number(font.italic_angle))
    return sloped or bool(ITALIC_NAME.search(name))


def _heights(font: PDFFont) -> tuple[float, float]:
    plain = Face()
    ascent, descent = _number(font.get_ascent()), _number(font.get_descent())
    if isinstance(font, PDFType3Font) or not 0.3 <= ascent <= 1.5:  # noqa: PLR2004
        ascent = plain.ascent
    if not -0.7 <= descent < 0:  # noqa: PLR2004
        descent = plain.descent
    return ascent, descent


def _number(value: object) -> float:
    found = resolve(value)
    if isinstance(found, int | float) and math.isfinite(found):
        return float(found)
    return 0.0


def read_glyph(font: PDFFont, code: int) -> tuple[str, float]:
    """Read what a glyph stands for and its advance for a size of one point."""
    try:
        letters = font.to_unichr(code)
    except (PDFUnicodeNotDefined, KeyError, TypeError, ValueError):
        letters = UNMAPPED
    try:
        width = abs(font.char_width(code)) if font.is_vertical() else font.char_width(code)
    except (TypeError, ValueError):
        width = 0.5
    return clean_letters(str(letters)[:MAX_LETTERS_A_GLYPH]), width
