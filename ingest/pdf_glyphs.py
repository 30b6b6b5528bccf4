"""Glyphs: what a PDF page shows, before it is lines.

In:  nothing; these are the records that pass from `pdf_pages` to `lines`.
Out: runs of placed glyphs in the order in which the page draws them, and the pictures.

Units: points; the origin is the page's lower left corner, y upwards, as in PDF. A run's
coordinates go along its own writing direction and across it, so that turned text is grouped by
the same code as upright text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

UNMAPPED = "\ufffd"  # a glyph for which the file names no letter


@dataclass(frozen=True, slots=True)
class Face:
    """A font as far as a reader of lines cares; ascent and descent per point of size."""

    name: str = ""
    bold: bool = False
    italic: bool = False
    ascent: float = 0.75
    descent: float = -0.25


@dataclass(slots=True)
class Run:
    """What one operator shows, on one baseline, in one font: words or parts of words, and blanks.

    Attributes:
        texts: What each part says. A blank, a soft hyphen and a mark that belongs above the
            letter before it are parts of their own.
        starts: Where each part begins along the baseline.
        ends: Where each ends, letter-spacing included.
        direction: Of writing, in whole degrees, counter-clockwise; 0 is upright text.
        baseline: Distance of the baseline from the origin, across the direction.
        size: Rendered size in points.
    """

    texts: list[str]
    starts: list[float]
    ends: list[float]
    direction: int
    baseline: float
    size: float
    face: Face


@dataclass(slots=True)
class PlacedPage:
    """What one page shows; `figures` are (left, bottom, right, top)."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    figures: list[tuple[float, float, float, float]] = field(default_factory=list)
    picture_area: float = 0.0  # of images alone, in square points
    damage: str = ""  # why it is not whole, in words for a person
