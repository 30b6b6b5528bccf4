"""Line breaks: did a line end because it was full, or because something ended there?

In:  the lines of a flow.
Out: whether they are filled evenly, and then for a line whether the next word had fitted on it.

Text wrapped by a typesetter or an editor leaves a line only when the next word does not fit.
Where that can be relied on, a line with room to spare ends a paragraph, or is a line of its own.
The characters of a line that was set in proportional type measure it too badly; such texts show
it, for their sentences break early as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from search.model import PrintedLine

_NEAR = 3  # lines above and below, which show how far lines reach
_MOST_UNEVEN = 0.04  # of the lines that a sentence goes on from
_LEAST_LINES = 30
_SLACK = 0.02  # of a line's width


class Measured(Protocol):
    """What is asked of a line here; a `FlowLine` (flow.py) has it."""

    @property
    def text(self) -> str:
        """As printed."""

    @property
    def page(self) -> int:
        """Page number in the file."""

    @property
    def printed(self) -> PrintedLine:
        """The line itself."""

    @property
    def starts_lower(self) -> bool:
        """Does it begin with a small letter?"""

    @property
    def stands_off(self) -> bool:
        """Is there a meant space above it?"""

    @property
    def ends_sentence(self) -> bool:
        """Does it end with a full stop, colon, semicolon …?"""


def is_evenly_filled(lines: Sequence[Measured]) -> bool:
    """Do lines break only where the next word does not fit? Sentences that go on tell."""
    going_on = [
        at
        for at, (line, after) in enumerate(pairwise(lines))
        if after.starts_lower and not after.stands_off and not line.ends_sentence
    ]
    early = sum(has_room(lines, at, at + 1) for at in going_on)
    return len(going_on) >= _LEAST_LINES and early <= _MOST_UNEVEN * len(going_on)


def has_room(lines: Sequence[Measured], index: int, following: int) -> bool:
    """Would the first word of the following line have fitted on this one?"""
    line = lines[index]
    near = lines[max(0, index - _NEAR) : index + _NEAR + 1]
    edge = max(_right(other) for other in near if _in_one_column(line, other))
    slack = _SLACK * (edge - _left(line))
    return _right(line) + _first_word(lines[following]) + slack < edge


def _left(line: Measured) -> float:
    box = line.printed.box
    return box.left if box else float(line.printed.indent)


def _right(line: Measured) -> float:
    box = line.printed.box
    return box.right if box else float(line.printed.indent + len(line.text))


def _first_word(line: Measured) -> float:
    """The width of its first word and a blank."""
    letters = len(line.text.split(maxsplit=1)[0]) + 1
    return letters * (_right(line) - _left(line)) / max(1, len(line.text))


def _in_one_column(line: Measured, other: Measured) -> bool:
    if line.page != other.page:
        return False
    return _left(other) < _right(line) and _left(line) < _right(other)
