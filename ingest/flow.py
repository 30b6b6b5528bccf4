"""Flow: all printed lines of a publication as one run, each measured against the rest.

In:  an extraction and the (page, line) places of what is not text (running heads, page numbers).
Out: a `Flow`: lines without the empty ones, each with the space above it, its share of the full
     line width and whether it is centred; and what the body text looks like.

A plain text and a PDF give the same measures in their own units: the space above a line is
counted in blank lines, in a PDF in line heights beyond the usual leading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.line_breaks import has_room, is_evenly_filled
from ingest.looks import Look, Style, family_of, heading_looks, lines_apart
from ingest.repair import join_lines, known_words
from search.model import Extraction, PrintedLine, PrintedPage

Place = tuple[int, int]  # page number, index of the line on that page

_WIDE_GAP = 0.35  # of a line height beyond the usual leading: a space that is meant
_SENTENCE_END = re.compile(  # in Chinese, Arabic and Persian as well
    r"[.!?…:;\u3002\uff01\uff1f\uff1a\uff1b\u061f\u06d4][\"”»’')\]\u300d\u300f\uff09]*$"
)
_LOWER_CAPS = 4  # letters; fewer in capitals are an abbreviation, no style
_MOST_COLUMNS, _USUAL_COLUMNS = 160.0, 100.0  # longer lines are whole paragraphs
_MOSTLY = 0.8  # of all letters
_HALF = 2  # sizes are told apart to half a point


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line in the flow.

    Attributes:
        text: As printed.
        page: Page number in the file.
        index: Index among that page's lines in the extraction.
        printed: The line itself.
        style: Its type.
        gap: Space above in blank lines (line heights in a PDF); 0 at the top of a page or column.
        fill: Its share of a full line's width; may pass 1.
        centred: Does it stand in the middle of its column or page, off the left edge?
        starts_page: Is it the first of its page?
        starts_column: Does it begin a column (a page's first line does)?
        is_run_in: Is it a heading that its paragraph goes on from on the same line?
        is_apart: Is it short, set as text is, with more space above than paragraphs have?
    """

    text: str
    page: int
    index: int
    printed: PrintedLine
    style: Style
    gap: float
    fill: float
    centred: bool
    starts_page: bool
    starts_column: bool
    is_run_in: bool = False
    is_apart: bool = False

    @property
    def look(self) -> Look:
        """How it is set."""
        family = family_of(self.printed.font)
        dress = (self.is_caps, self.centred, self.is_run_in, self.is_apart)
        return Look(self.style, family, *dress)

    @property
    def stands_off(self) -> bool:
        """Is there a meant space above it, or a page or column start?"""
        return self.starts_column or self.gap >= _WIDE_GAP

    @property
    def is_caps(self) -> bool:
        """Is it printed in capitals?"""
        return self.text.isupper() and sum(c.isalpha() for c in self.text) >= _LOWER_CAPS

    @property
    def ends_sentence(self) -> bool:
        """Does it end with a full stop, colon, semicolon …?"""
        return bool(_SENTENCE_END.search(self.text))

    @property
    def starts_lower(self) -> bool:
        """Does it begin with a small letter?"""
        first = next((c for c in self.text if c.isalnum()), "")
        return first.islower() and self.text[:1] not in "•–-"


@dataclass(frozen=True, slots=True)
class Flow:
    """The lines in reading order, and the type of the body text."""

    lines: tuple[FlowLine, ...]
    body: Style
    has_type: bool  # are sizes and fonts known?
    is_even: bool = False  # do lines end only where the next word would not fit?
    words: Mapping[str, int] = field(default_factory=dict)  # those it uses (repair.py)
    looks: frozenset[Look] = frozenset()  # of body size, but kept for headings (looks.py)

    def joined(self, start: int, end: int) -> str:
        """The lines [start, end) as one text with single spaces."""
        return join_lines([line.text for line in self.lines[start:end]], self.words).text

    def is_prominent(self, index: int) -> bool:
        """Is the line set as headings are: larger or heavier than the body, or in a look of theirs?

        Capitals may be smaller than the body.
        """
        style = self.lines[index].style
        larger = style.half_points > self.body.half_points
        small = self.is_small(index) and not self.lines[index].is_caps
        heavier = style.bold and not self.body.bold and not small
        return self.has_type and (larger or heavier or self.has_own_look(index))

    def has_own_look(self, index: int) -> bool:
        """Is the line of body size and weight, but in a look that is kept for headings?"""
        return bool(self.looks) and self.lines[index].look in self.looks

    def is_small(self, index: int) -> bool:
        """Is the line smaller than the body text?"""
        return self.has_type and self.lines[index].style.half_points < self.body.half_points

    def without(self, gone: Collection[int]) -> Flow:
        """The same without some of its lines."""
        return replace(self, lines=tuple(ln for k, ln in enumerate(self.lines) if k not in gone))

    def breaks_early(self, index: int, following: int) -> bool:
        """Does a line end though the first word of the following one would have fitted on it?"""
        return self.is_even and has_room(self.lines, index, following)


def make_flow(extraction: Extraction, dropped: Collection[Place] = ()) -> Flow:
    """Measure the lines of an extraction, leaving out empty ones and those dropped."""
    gone = frozenset(dropped)
    kept = [
        (page, index, line)
        for page in extraction.pages
        for index, line in enumerate(page.lines)
        if line.text.strip() and (page.number, index) not in gone
    ]
    has_type = any(line.size_pt for _, _, line in kept)
    scale = _Scale(kept)
    lines = [scale.measure(*at, before=kept[k - 1] if k else None) for k, at in enumerate(kept)]
    body = _body_style(lines)
    if has_type:
        apart = lines_apart(lines, body)
        lines = [replace(ln, is_apart=True) if k in apart else ln for k, ln in enumerate(lines)]
    return Flow(
        lines=tuple(lines),
        body=body,
        has_type=has_type,
        is_even=is_evenly_filled(lines),
        words=known_words(line.text for line in lines),
        looks=heading_looks(lines, body) if has_type else frozenset(),
    )


def style_of(line: PrintedLine) -> Style:
    """The type of a printed line."""
    return Style(round(line.size_pt * _HALF), line.bold, line.italic)


def _body_style(lines: Iterable[FlowLine]) -> Style:
    letters: Counter[Style] = Counter()
    for line in lines:
        letters[line.style] += len(line.text)
    return max(letters, key=lambda s: letters[s], default=Style(0, bold=False, italic=False))


_Kept = tuple[PrintedPage, int, PrintedLine]


class _Scale:
    """The usual leading, line width and columns, against which each line is measured."""

    def __init__(self, kept: list[_Kept]) -> None:
        lines = [line for _, _, line in kept]
        widths = [w for line in lines if (w := _width(line)) > 0]
        boxed = any(line.box for line in lines)
        self.width = (_high(widths) if boxed else _columns(widths)) or 1.0
        self.columns = _column_edges(lines)
        self.leading = _usual_leading(kept)

    def measure(
        self, page: PrintedPage, index: int, line: PrintedLine, *, before: _Kept | None
    ) -> FlowLine:
        """Measure one line, given the kept line before it."""
        starts_page = before is None or before[0].number != page.number
        jumped = before is not None and _jumps_up(before[2], line)
        gap = 0.0
        if before is not None and not starts_page and not jumped:
            gap = self._gap(page, before[1], index)
        return FlowLine(
            text=line.text.strip(),
            page=page.number,
            index=index,
            printed=line,
            style=style_of(line),
            gap=gap,
            fill=_width(line) / self.width,
            centred=self._is_centred(page, line),
            starts_page=starts_page,
            starts_column=starts_page or jumped,
        )

    def _gap(self, page: PrintedPage, before: int, index: int) -> float:
        upper, lower = page.lines[before].box, page.lines[index].box
        if upper is None or lower is None:
            return float(sum(not line.text.strip() for line in page.lines[before + 1 : index]))
        height = max(lower.bottom - lower.top, 1.0)
        usual = self.leading * height
        return max(0.0, (lower.bottom - upper.bottom - usual) / height)

    def _is_centred(self, page: PrintedPage, line: PrintedLine) -> bool:
        if line.box is None:
            return (
                line.indent + len(line.text) / 2 > self.width / 3 and line.indent > self.width / 8
            )
        left = max((c for c in self.columns if c <= line.box.left + 2), default=line.box.left)
        middles = (left + self.width / 2, page.width_pt / 2)
        middle = (line.box.left + line.box.right) / 2
        off = line.box.left - left > self.width * 0.04
        return off and any(abs(middle - m) < self.width * 0.02 for m in middles)


def _width(line: PrintedLine) -> float:
    return line.box.right - line.box.left if line.box else float(len(line.text))


def _high(values: Iterable[float], share: float = 0.9) -> float:
    ordered = sorted(values)
    return ordered[int(len(ordered) * share)] if ordered else 0.0


def _columns(widths: Iterable[float]) -> float:
    """How many characters a full line of a text has; the many short cells of tables do not count.

    Lines that are whole paragraphs tell no width.
    """
    letters = Counter(widths)
    half, total = sum(w * n for w, n in letters.items()) * _MOSTLY, 0.0
    width = 0.0
    for width in sorted(letters):
        total += width * letters[width]
        if total >= half:
            break
    return width if width <= _MOST_COLUMNS else _USUAL_COLUMNS


def _column_edges(lines: list[PrintedLine]) -> list[float]:
    """Left edges that at least one line in ten keeps to."""
    edges = Counter(round(line.box.left) for line in lines if line.box)
    return [float(edge) for edge, count in edges.items() if count * 10 >= len(lines)]


def _jumps_up(before: PrintedLine, line: PrintedLine) -> bool:
    return bool(before.box and line.box and line.box.bottom < before.box.top)


def _usual_leading(kept: list[_Kept]) -> float:
    """Distance from bottom to bottom of neighbouring lines of one style, in line heights."""
    steps: Counter[float] = Counter()
    for (page, _, upper), (next_page, _, lower) in pairwise(kept):
        same = page.number == next_page.number and style_of(upper) == style_of(lower)
        if same and upper.box and lower.box and lower.box.bottom > upper.box.bottom:
            height = max(lower.box.bottom - lower.box.top, 1.0)
            steps[round((lower.box.bottom - upper.box.bottom) / height, 2)] += 1
    return max(steps, key=lambda s: steps[s], default=1.2)
