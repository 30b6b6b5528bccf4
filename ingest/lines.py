"""Lines: placed glyphs → printed lines.

In:  a `PlacedPage`: runs of glyphs in the order in which the page draws them.
Out: printed lines in reading order, with box, font, size and word boxes.
Errors: none.

A wide gap inside a line (cells of a table row, a contents entry and its page number) is two blanks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from ingest.columns import Line, arrange
from ingest.letters import SOFT_HYPHEN
from ingest.pdf_glyphs import Face, PlacedPage
from ingest.pieces import WIDE_GAP_EM, WORD_GAP_EM, Glyph, Piece, cut_pieces
from search.model import Box, PrintedLine, WordBox


def group_lines(page: PlacedPage) -> tuple[PrintedLine, ...]:
    """Group the glyphs of a page into lines in reading order."""
    lines = (_printed(line, page.height) for line in arrange(cut_pieces(page.runs)))
    return tuple(line for line in lines if line.text.strip(SOFT_HYPHEN))


def _printed(line: Line, page_height: float) -> PrintedLine:
    letters = line[0].glyphs if len(line) == 1 else [*_letters(line)]
    text = "".join(letter for letter, _, _ in letters)
    if SOFT_HYPHEN in text or "  " in text or text != text.strip():
        letters = _tidy(_letters(line))
        text = "".join(letter for letter, _, _ in letters)
    face, size = _main_style(line, text)
    return PrintedLine(
        text=text,
        box=_box(line, page_height, face),
        size_pt=size,
        font=face.name,
        bold=face.bold,
        italic=face.italic,
        lead=_lead(line, text, face),
        words=tuple(_words(letters, line, page_height)),
    )


def _tidy(letters: Iterable[Glyph]) -> list[Glyph]:
    """Drop blanks at either end, and those that follow one another."""
    kept: list[Glyph] = []
    for letter in letters:
        if not letter[0].isspace() or (kept and not kept[-1][0].isspace()):
            kept.append(letter)
    while kept and kept[-1][0].isspace():
        kept.pop()
    return kept


def _letters(line: Line) -> Iterator[Glyph]:
    """Yield the letters of a line; soft hyphens only where they end it."""
    last = line[-1].glyphs[-1]
    before: Piece | None = None
    for piece in line:
        glyphs = [glyph for glyph in piece.glyphs if glyph[0] != SOFT_HYPHEN or glyph is last]
        if glyphs and before is not None and (blanks := _blanks(before, piece)):
            yield blanks, before.end, piece.start
        yield from glyphs
        before = piece if glyphs else before


def _blanks(left: Piece, right: Piece) -> str:
    size = max(left.size, right.size)
    gap = right.start - left.end
    if gap > WIDE_GAP_EM * size:
        return "  "
    return " " if gap > WORD_GAP_EM * size else ""


def _main_style(line: Line, text: str) -> tuple[Face, float]:
    """Font and size of most letters; small capitals are as large as the great ones among them."""
    total = Counter(line[0].faces)
    for piece in line[1:]:
        total.update(piece.faces)
    face, size = total.most_common(1)[0][0]
    sizes = [other for (same, other), _ in total.items() if same == face]
    return (face, max(sizes)) if len(sizes) > 1 and text.isupper() else (face, size)


def _lead(line: Line, text: str, main: Face) -> int:
    """How many characters a line begins with in a bold or slanted font that the rest has not."""
    first = line[0]
    face, _ = next(iter(first.faces))
    marked = (face.bold and not main.bold) or (face.italic and not main.italic)
    begun = "".join(letters for letters, _, _ in first.glyphs[: first.lead])
    return len(begun.rstrip()) if marked and text.startswith(begun.rstrip()) else 0


def _words(letters: Iterable[Glyph], line: Line, page_height: float) -> Iterator[WordBox]:
    turned = line[0].direction != 0
    position = begin = 0
    left = right = math.nan
    for text, start, end in (*letters, (" ", math.nan, math.nan)):
        if not text.isspace():
            if begin == position:
                left = start
            right = end
            position += len(text)
            continue
        if begin < position:
            right = max(left, right)
            if turned:
                left, right = _turned_ends(line[0], (left, right), page_height)
            yield WordBox(begin, position, round(left, 2), round(right, 2))
        position = begin = position + len(text)


def _turned_ends(
    piece: Piece, along: tuple[float, float], page_height: float
) -> tuple[float, float]:
    box = _turned_box(piece, along, (0.0, 0.0), page_height)
    return box.left, box.right


def _box(line: Line, page_height: float, face: Face) -> Box:
    main = line[0]
    if len(line) > 1:
        main = max(line, key=lambda piece: (piece.size, piece.length))
    heights = face.descent * main.size, face.ascent * main.size
    along = min(piece.start for piece in line), max(piece.end for piece in line)
    return _turned_box(main, along, heights, page_height)


def _turned_box(
    piece: Piece, along: tuple[float, float], heights: tuple[float, float], page_height: float
) -> Box:
    """Turn a stretch along a baseline into a box on the page, y downwards."""
    if piece.direction == 0:
        (left, right), (low, high) = along, (piece.baseline + height for height in heights)
        numbers = left, page_height - high, right, page_height - low
        return Box(*(round(number, 2) for number in numbers))
    angle = math.radians(piece.direction)
    ux, uy = math.cos(angle), math.sin(angle)
    across = [piece.baseline + height for height in heights]
    xs = [a * ux - n * uy for a in along for n in across]
    ys = [page_height - (a * uy + n * ux) for a in along for n in across]
    left, top, right, bottom = (round(n, 2) for n in (min(xs), min(ys), max(xs), max(ys)))
    return Box(left, top, right, bottom)
