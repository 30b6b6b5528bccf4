"""Segments: a text cut where highlights begin and end, and where printed pages begin.

In:  a text, its highlights (half-open spans in code points), places of page starts.
Out: the whole text in stretches, each wholly inside or outside one highlight. No markup: the
     template makes that, and escapes each stretch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from search.model import PageLabel


class Segment(Struct, frozen=True):
    """A stretch of text.

    `hit` is the number of the highlight it belongs to, from 1, or 0; `opens` tells whether that
    highlight begins here. `page` is the page that begins just before it, None mostly.
    """

    text: str
    hit: int = 0
    opens: bool = False
    page: PageLabel | None = None


class Mark(Struct, frozen=True):
    """A highlight's span of a text, half-open, and its number among all that are shown."""

    start: int
    end: int
    hit: int


def number_marks(spans: Sequence[tuple[int, int]], first: int = 1) -> tuple[Mark, ...]:
    """Number spans in the order they stand in."""
    return tuple(Mark(start, end, hit) for hit, (start, end) in enumerate(sorted(spans), first))


def cut(
    text: str,
    marks: Sequence[Mark],
    *,
    pages: Mapping[int, PageLabel] | None = None,
    begun: int = 0,
) -> tuple[Segment, ...]:
    """Cut a text; marks numbered up to `begun` began in an earlier text."""
    if not marks and not pages:
        return (Segment(text),) if text else ()
    starts = pages or {}
    clear = tuple(_clear(marks, len(text)))
    edges = {0, len(text), *(at for at in starts if 0 < at < len(text))}
    edges.update(at for mark in clear for at in (mark.start, mark.end))
    return tuple(_segments(text, sorted(edges), clear, starts, begun))


def _clear(marks: Sequence[Mark], length: int) -> Iterator[Mark]:
    """Yield marks within the text; where two overlap, the first keeps what it covers."""
    free = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        start, end = max(mark.start, free), min(mark.end, length)
        if start < end:
            yield Mark(start, end, mark.hit)
            free = end


def _segments(
    text: str,
    edges: Sequence[int],
    marks: Sequence[Mark],
    pages: Mapping[int, PageLabel],
    begun: int,
) -> Iterator[Segment]:
    begins = [mark.start for mark in marks]
    for start, end in pairwise(edges):
        at = bisect_right(begins, start) - 1
        hit = marks[at].hit if at >= 0 and start < marks[at].end else 0
        yield Segment(text[start:end], hit, opens=hit > begun, page=pages.get(start))
        begun = max(begun, hit)
