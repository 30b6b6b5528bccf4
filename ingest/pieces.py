"""Pieces: runs of glyphs → stretches of text without a wide gap.

In:  runs in the order in which a page draws them.
Out: pieces in the same order: letters and blanks with where each starts and ends.
Errors: none.

Words are parted by a blank glyph or by a gap. Raised and lowered signs stay in their piece, a large
initial joins the line beside it, letters set wide apart are a word all the same, and text drawn
twice to look bold counts once.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from ingest.pdf_glyphs import Face, Run

WORD_GAP_EM = 0.15  # TeX shrinks a blank to 0.22 em; kerning stays under 0.1
WIDE_GAP_EM = 1.5  # parts pieces
WIDE_BLANK_EM = 2.5  # a gap that holds a blank glyph may be a stretched blank
BACK_EM = 0.6
SHIFT_EM, SHIFT_TIGHT_EM = 0.6, 0.35  # raised or lowered: smaller signs, signs of the same size
SMALLER, SHIFT_GAP_EM, LEVEL_EM = 0.9, 0.5, 0.1
OVERPRINT_EM = 0.12
LETTER_WEIGHT = 20  # a line's font is that of its letters, not of its leader dots
SPREAD_LETTERS, SPREAD_SHARE, SPREAD_WORD = 5, 0.6, 1.6
INITIAL_LETTERS, INITIAL_SIZES, INITIAL_GAP_EM, MAX_INITIALS = 2, 1.8, 0.6, 20

# Letters of a word or a blank, where they start and end along the baseline.
Glyph = tuple[str, float, float]


@dataclass(slots=True)
class Piece:
    """A stretch of text on one baseline: letters with where each starts and ends."""

    order: int  # in which the page draws it
    direction: int
    baseline: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)
    faces: dict[tuple[Face, float], int] = field(default_factory=dict)
    lead: int = 0  # how many glyphs the font that it begins with has; all, if it has but one
    gaps: list[int] = field(default_factory=list)  # which glyphs are blanks that no glyph shows

    @property
    def start(self) -> float:
        """Where it begins along its direction."""
        return self.glyphs[0][1]

    @property
    def end(self) -> float:
        """Where it ends along its direction."""
        return self.glyphs[-1][2]

    @property
    def length(self) -> int:
        """How many letters and blanks it has."""
        return sum(len(text) for text, _, _ in self.glyphs)

    def main_style(self) -> tuple[Face, float]:
        """Give the font and size of most of its letters."""
        return max(self.faces, key=self.faces.__getitem__)


def cut_pieces(runs: Sequence[Run]) -> list[Piece]:
    """Join runs that go on from one another, and cut them at wide gaps."""
    pieces: list[Piece] = []
    drawn: dict[str, tuple[int, float, float]] = {}
    blank = False
    for run in runs:
        if _is_overprint(run, drawn):
            continue
        if not pieces or not _goes_on(pieces[-1], run):
            pieces.append(_piece(run, len(pieces)))
            blank = False
        blank = _add_run(pieces, run, blank=blank)
    shown = [piece for piece in pieces if piece.glyphs]
    for order, piece in enumerate(shown):
        piece.order = order
        _close_spread(piece)
    return _with_initials(shown)


def _piece(run: Run, order: int) -> Piece:
    return Piece(order, run.direction, run.baseline, run.size)


def _is_overprint(run: Run, drawn: dict[str, tuple[int, float, float]]) -> bool:
    """Tell whether a run repeats the last one of the same text in the same place."""
    text = "".join(run.texts)
    if not text or text.isspace():
        return False
    last = drawn.get(text)
    drawn[text] = place = (run.direction, run.starts[0], run.baseline)
    if last is None or last[0] != place[0]:
        return False
    near = OVERPRINT_EM * run.size
    return abs(last[1] - place[1]) < near and abs(last[2] - place[2]) < near


def _goes_on(piece: Piece, run: Run) -> bool:
    if piece.direction != run.direction:
        return False
    if not piece.glyphs:
        return piece.baseline == run.baseline
    size = max(piece.size, run.size)
    gap = run.starts[0] - piece.end
    if not -BACK_EM * size <= gap <= WIDE_BLANK_EM * size:
        return False
    shift = abs(piece.baseline - run.baseline)
    smaller = min(piece.size, run.size) < SMALLER * size
    reach = (SHIFT_EM, SHIFT_GAP_EM) if smaller else (SHIFT_TIGHT_EM, WORD_GAP_EM)
    return shift <= LEVEL_EM * size or (shift <= reach[0] * size and gap <= reach[1] * size)


def _add_run(pieces: list[Piece], run: Run, *, blank: bool) -> bool:
    """Add the parts of a run to the last piece, or to new ones behind wide gaps."""
    piece = pieces[-1]
    glyphs = piece.glyphs
    em = max(run.size, 0.1)
    weight = 0
    for text, start, end in zip(run.texts, run.starts, run.ends, strict=True):
        if not text or text.isspace():
            blank = blank or bool(text)
            continue
        gap = start - glyphs[-1][2] if glyphs else 0.0
        if gap > (WIDE_BLANK_EM if blank else WIDE_GAP_EM) * em or gap < -2 * em:
            _weigh(piece, run, weight)
            piece, weight = _piece(run, len(pieces)), 0
            pieces.append(piece)
            glyphs = piece.glyphs
        elif glyphs and (blank or gap > WORD_GAP_EM * em):
            if not blank:
                piece.gaps.append(len(glyphs))
            glyphs.append((" ", glyphs[-1][2], start))
        if text.isalnum():
            glyphs.append((text, start, end))
            weight += LETTER_WEIGHT * len(text)
        else:
            _add_part(piece, text, start, end)
            weight += (LETTER_WEIGHT - 1) * sum(map(str.isalnum, text)) + len(text)
        blank = False
    _weigh(piece, run, weight)
    if run.size > piece.size:  # a line that begins with a raised sign
        piece.size, piece.baseline = run.size, run.baseline
    return blank


def _weigh(piece: Piece, run: Run, weight: int) -> None:
    if weight:
        style = (run.face, round(run.size, 2))
        if not piece.faces or (style in piece.faces and len(piece.faces) == 1):
            piece.lead = len(piece.glyphs)
        piece.faces[style] = piece.faces.get(style, 0) + weight


def _add_part(piece: Piece, text: str, start: float, end: float) -> None:
    """Add a part of a word; blanks in it share its width, a mark joins the letter before it."""
    plain = text.isascii() and " " not in text
    if plain or not any(sign.isspace() or unicodedata.combining(sign) for sign in text):
        piece.glyphs.append((text, start, end))
        return
    step = (end - start) / len(text)
    for index, letter in enumerate(text):
        if unicodedata.combining(letter) and piece.glyphs and not piece.glyphs[-1][0].isspace():
            base, left, right = piece.glyphs.pop()
            marked = base[:-1] + unicodedata.normalize("NFC", base[-1] + letter)
            piece.glyphs.append((marked, left, right))
        else:
            piece.glyphs.append((letter, start + index * step, start + (index + 1) * step))


def _close_spread(piece: Piece) -> None:
    """Take the gaps out of words whose letters are all set apart from one another."""
    if not piece.gaps:
        return
    letters = "".join(text for text, _, _ in piece.glyphs if not text.isspace())
    if len(letters) < SPREAD_LETTERS or len(piece.gaps) < SPREAD_SHARE * (len(letters) - 1):
        return
    if not letters.isalpha():
        return
    widths = {index: piece.glyphs[index][2] - piece.glyphs[index][1] for index in piece.gaps}
    narrow = SPREAD_WORD * median(widths.values())
    piece.glyphs[:] = [
        glyph for index, glyph in enumerate(piece.glyphs) if widths.get(index, math.inf) > narrow
    ]


def _with_initials(pieces: list[Piece]) -> list[Piece]:
    """Put each large initial before the line that begins beside its top."""
    usual = median([piece.size for piece in pieces] or [0.0])
    initials = [piece for piece in pieces if _may_be_initial(piece, usual)]
    joined: set[int] = set()
    for initial in initials if len(initials) <= MAX_INITIALS else ():
        beside = [piece for piece in pieces if _stands_beside(piece, initial)]
        if beside:
            first = max(beside, key=lambda piece: piece.baseline)
            first.glyphs[:0] = initial.glyphs
            joined.add(initial.order)
    return [piece for piece in pieces if piece.order not in joined]


def _may_be_initial(piece: Piece, usual: float) -> bool:
    large = piece.size > max(1.0, INITIAL_SIZES * usual)
    return large and piece.length <= INITIAL_LETTERS and piece.glyphs[0][0][0].isalpha()


def _stands_beside(piece: Piece, initial: Piece) -> bool:
    if piece.direction != initial.direction or piece.size * INITIAL_SIZES > initial.size:
        return False
    gap = (piece.start - initial.end) / initial.size
    height = piece.baseline - initial.baseline
    return -BACK_EM <= gap <= INITIAL_GAP_EM and 0 < height < initial.size
