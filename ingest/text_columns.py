"""Text columns: a plain text that keeps the look of its pages, columns side by side.

In:  the extraction of a text whose lines hold what stood at one height on the page.
Out: the same text read column after column, where a blank stripe runs down between running text
     on both sides. Tables, whose cells are short, stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import msgspec

from search.model import Extraction, PrintedLine, PrintedPage

_GAP = re.compile(r" {2,}")
_LEAST_ROWS = 6  # with text on both sides
_NEAR = 6  # columns by which the stripe may wander
_MARGIN = 15  # columns: a narrower column is none
_PROSE = 18  # letters of a line in a column, mostly
_GOING_ON = 0.25  # of the lines of a column: the sentence goes on in the next
_ALTERNATE = 0.4  # of the lines: the sides stand at different heights
_DIGITS = 0.15  # of the letters: a column of figures has more


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it stood, with what lies left and right of the stripe; both None across it."""

    raw: str
    left: str | None = None
    right: str | None = None

    @property
    def is_across(self) -> bool:
        return self.left is None and bool(self.raw.strip())


def read_columns(extraction: Extraction) -> Extraction:
    """Read the columns of a text one after the other; a PDF has been read so already."""
    if extraction.media != "text":
        return extraction
    return msgspec.structs.replace(extraction, pages=tuple(map(_read_page, extraction.pages)))


def _read_page(page: PrintedPage) -> PrintedPage:
    raws = [" " * line.indent + line.text for line in page.lines]
    stripe = _stripe(raws)
    if stripe is None:
        return page
    rows = [_row(raw, stripe) for raw in raws]
    lines: list[PrintedLine] = []
    for band in _bands(rows):
        lines += _in_columns(band, stripe) if _is_set_in_columns(band) else map(_as_it_was, band)
    return msgspec.structs.replace(page, lines=tuple(lines))


def _stripe(raws: Sequence[str]) -> int | None:
    """The column of the page that most lines leave blank with text on both sides."""
    blank: Counter[int] = Counter()
    for raw in raws:
        text = raw.rstrip()
        for gap in _GAP.finditer(text, len(text) - len(text.lstrip())):
            blank.update(range(gap.start(), gap.end()))
    wide = max(map(len, raws), default=0)
    inner = {x: n for x, n in blank.items() if _MARGIN <= x <= wide - _MARGIN}
    best = max(inner, key=lambda x: inner[x], default=None)
    return best if best is not None and inner[best] >= _LEAST_ROWS else None


def _row(raw: str, stripe: int) -> _Row:
    """What lies on either side of the stripe."""
    text = raw.rstrip()
    indent = len(text) - len(text.lstrip())
    if indent >= stripe - _NEAR:
        return _Row(raw, "", text)
    gaps = [g for g in _GAP.finditer(text, indent) if _touches(g.span(), stripe)]
    if gaps:
        gap = max(gaps, key=lambda g: g.end() - g.start())
        return _Row(raw, text[: gap.start()], " " * gap.end() + text[gap.end() :])
    return _Row(raw, text, "") if len(text) <= stripe + _NEAR else _Row(raw)


def _touches(gap: tuple[int, int], stripe: int) -> bool:
    return gap[0] <= stripe + _NEAR and gap[1] >= stripe - _NEAR


def _bands(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows between those that run across the stripe, which stand alone."""
    bands: list[list[_Row]] = [[]]
    for row in rows:
        if row.is_across:
            bands += [[row], []]
        else:
            bands[-1].append(row)
    return [band for band in bands if band]


def _is_set_in_columns(band: Sequence[_Row]) -> bool:
    both = [row for row in band if row.left and row.right]
    lefts = [row.left.strip() for row in band if row.left]
    rights = [row.right.strip() for row in band if row.right]
    enough = len(both) >= _LEAST_ROWS or min(len(lefts), len(rights)) >= _LEAST_ROWS
    return enough and _is_prose(lefts) and _is_prose(rights)


def _is_prose(lines: Sequence[str]) -> bool:
    letters = sum(c.isalpha() for line in lines for c in line)
    digits = sum(c.isdigit() for line in lines for c in line)
    going_on = sum(line[0].islower() for line in lines)
    return (
        median(map(len, lines)) >= _PROSE
        and digits <= _DIGITS * letters
        and going_on >= _GOING_ON * len(lines)
    )


def _in_columns(band: Sequence[_Row], stripe: int) -> list[PrintedLine]:
    left = [row.left or "" for row in band]
    right = [(row.right or "")[min(stripe, _indent_of(band)) :] for row in band]
    return [*_column(left), *_column(right)]


def _indent_of(band: Sequence[_Row]) -> int:
    """Where the right column begins."""
    return min(len(row.right) - len(row.right.lstrip()) for row in band if row.right)


def _column(texts: Sequence[str]) -> list[PrintedLine]:
    """The lines of a column; blanks between most of them are those of the other column's lines."""
    filled = [k for k, text in enumerate(texts) if text.strip()]
    lone = sum(after - before == 2 for before, after in pairwise(filled))  # noqa: PLR2004
    drop = lone > _ALTERNATE * len(filled)
    kept = [texts[k] for k in filled] if drop else texts[filled[0] :] if filled else []
    return [_line(text) for text in kept] + [PrintedLine("")]


def _line(raw: str) -> PrintedLine:
    text = raw.strip()
    return PrintedLine(text, indent=len(raw) - len(raw.lstrip()) if text else 0)


def _as_it_was(row: _Row) -> PrintedLine:
    return _line(row.raw)
