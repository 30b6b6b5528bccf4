"""Looks: how a line is set, and the looks that a publication keeps for headings.

In:  the lines of a flow, and the style of the body text.
Out: looks of the body's own size and weight in which headings are set all the same: in another
     face, in italics, in capitals, centred, or as text is with more space above than paragraphs
     have. Larger and bolder lines need no such proof.

A look is kept for headings where its lines stand apart from what is above, are short, end no
sentence, and lead to text that is set otherwise.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Protocol

from ingest.titles import split_number

_LEAST = 3
_MOST_LINES = 3
_MOSTLY = 0.8
_SHORT = 0.75  # of a full line, on the average
_LETTERS = 0.7  # of its characters: formulas and figures have fewer
_CLOSE = 0.9  # of a line height: farther apart are two headings, not one that wraps
_FULL, _NARROW = 0.85, 0.8  # of a full line
_SPACE, _MORE = 0.35, 0.3  # of a line height
_PICTURE = 5.0  # line heights: room for a picture, whose legend the line below may be
_CELLS = "  "  # a wide gap within a line: cells of a table
_FIXED_WIDTH = re.compile(r"mono|courier|typewriter|consol|tt\d|code", re.IGNORECASE)
_VARIANT = re.compile(
    r"[-,_ ]?(?:bold|italic|oblique|roman|regular|medium|light|book|mt|ps|it)(?![a-z])|\d+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Style:
    """What a reader sees of a line's type; sizes in half points, 0 where unknown."""

    half_points: int
    bold: bool
    italic: bool

    @property
    def prominence(self) -> tuple[int, bool, bool]:
        """Orders styles: size first, then weight, then slope."""
        return (self.half_points, self.bold, self.italic)


Rank = tuple[int, bool, bool, bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Look:
    """A style in a family of faces, and what else tells headings of that type apart."""

    style: Style
    family: str
    is_caps: bool
    centred: bool
    is_run_in: bool = False  # its paragraph goes on from it
    is_apart: bool = False  # told from text by the space above it alone

    @property
    def rank(self) -> Rank:
        """Orders looks as readers take them: size, weight, capitals; slanted ones come last."""
        upright = not self.style.italic
        dress = (not self.is_run_in, self.is_caps, self.centred, upright, self.is_apart)
        return (self.style.half_points, self.style.bold, *dress)


class Seen(Protocol):
    """What is asked of a line here; a `FlowLine` (flow.py) has it."""

    @property
    def text(self) -> str:
        """As printed."""

    @property
    def look(self) -> Look:
        """How it is set."""

    @property
    def gap(self) -> float:
        """Space above it."""

    @property
    def fill(self) -> float:
        """Its share of a full line."""

    @property
    def starts_column(self) -> bool:
        """Is it the first of a page or column?"""

    @property
    def stands_off(self) -> bool:
        """Is there a meant space above it?"""

    @property
    def starts_lower(self) -> bool:
        """Does it begin with a small letter?"""

    @property
    def ends_sentence(self) -> bool:
        """Does it end with a full stop, colon, semicolon …?"""


@cache
def family_of(font: str) -> str:
    """The family that a font's name tells, without weight, slope and size."""
    return _VARIANT.sub("", font).casefold()


def is_fixed_width(font: str) -> bool:
    """Is it a typewriter's face, as code is set in?"""
    return bool(_FIXED_WIDTH.search(font))


def heading_looks(lines: Sequence[Seen], body: Style) -> frozenset[Look]:
    """The looks of body size that are kept for headings."""
    common = _body_look(lines, body)
    runs: dict[Look, list[range]] = defaultdict(list)
    for run in _runs(lines):
        look = lines[run.start].look
        plain = look.style.half_points == body.half_points and not look.style.bold
        if plain and look != common and not is_fixed_width(look.family):
            runs[look].append(run)
    return frozenset(look for look, found in runs.items() if _is_kept(lines, found))


def lines_apart(lines: Sequence[Seen], body: Style) -> frozenset[int]:
    """Short lines set as text is, with more space above than its paragraphs have, above full ones.

    At the top of a page or column a space below tells them.
    """
    gaps = Counter(
        round(line.gap, 1)
        for line in lines
        if line.look.style == body and line.fill >= _FULL and line.gap >= _SPACE
    )
    usual = max(gaps, key=lambda gap: gaps[gap], default=0.0)
    short = [
        k
        for k, (line, after) in enumerate(pairwise(lines))
        if line.fill < _NARROW
        and after.fill >= _FULL
        and line.look.style == after.look.style == body
    ]
    below = [k for k in short if usual + _MORE < lines[k].gap < _PICTURE]
    at_top = [k for k in short if lines[k].starts_column and lines[k + 1].gap >= _SPACE]
    return frozenset([*below, *at_top] if len(at_top) <= len(below) else below)


def _body_look(lines: Sequence[Seen], body: Style) -> Look | None:
    letters: dict[Look, int] = defaultdict(int)
    for line in lines:
        if line.look.style == body:
            letters[line.look] += len(line.text)
    return max(letters, key=lambda look: letters[look], default=None)


def _runs(lines: Sequence[Seen]) -> list[range]:
    """Lines of one look right below each other."""
    runs: list[range] = []
    for k, line in enumerate(lines):
        goes_on = k and line.look == lines[k - 1].look and line.gap < _CLOSE
        if goes_on and not line.starts_column:
            runs[-1] = range(runs[-1].start, k + 1)
        else:
            runs.append(range(k, k + 1))
    return runs


def _is_kept(lines: Sequence[Seen], runs: Sequence[range]) -> bool:
    fills = [lines[run.start].fill for run in runs]
    heads = sum(_heads(lines, run) for run in runs)
    apart = sum(lines[run.start].stands_off for run in runs)
    return (
        len(runs) >= _LEAST
        and min(heads, apart) >= _MOSTLY * len(runs)
        and sum(fills) <= _SHORT * len(fills)
    )


def _heads(lines: Sequence[Seen], run: range) -> bool:
    """Is it worded as a heading, with text below that is set otherwise?"""
    first, last = lines[run.start], lines[run.stop - 1]
    title = split_number(first.text)[1]
    letters = sum(c.isalpha() or c.isspace() for c in title)
    return (
        len(run) <= _MOST_LINES
        and run.stop < len(lines)
        and lines[run.stop].look != first.look
        and not first.starts_lower
        and not last.ends_sentence
        and _CELLS not in first.text
        and first.text[0] not in "•·▪–—-*●"
        and letters >= _LETTERS * len(title)
    )
