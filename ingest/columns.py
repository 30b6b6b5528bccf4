"""Columns: which stretches of a row belong to one line, and in which order lines are read.

In:  pieces: stretches of text without a wide gap, in the order in which the page draws them.
Out: lines, as lists of pieces, in reading order.
Errors: none.

The order in which a page draws its text is kept where it makes sense, because whoever set the page
knew what belongs together (text beside a picture, captions, boxes). Where it jumps about, the
order is worked out from the geometry: bands from top to bottom, in each band column after column.

Pieces of one row are one line (cells of a table row, a contents entry and its page number), unless
a gutter runs between them: a blank stripe that several rows in a row leave free, with running
prose on both sides of it, or drawn one side after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.pieces import WIDE_GAP_EM, Piece

MIN_ROWS = 4  # that leave a gutter free, on either side of it
MAX_PIECES, MAX_CANDIDATES, MAX_GUTTERS = 3_000, 40, 6
SAME_ROW_EM = 0.3
LINES_A_JUMP = 10  # more jumps than this and the drawing order is not the reading order
LOOSE_LEADING = 2.5  # a band ends where rows stand so much further apart than usual
BLOCK_LEADING = 1.3  # a block begins where lines stand so much further apart than usual
MAX_FLOATS, MAX_FLOAT_LINES = 4, 12
PROSE_LETTERS, PROSE_FILL = 18, 0.6


@dataclass(frozen=True, slots=True)
class Gutter:
    """A blank stripe at `x` between two columns, from `top` down to `bottom`."""

    x: float
    top: float
    bottom: float

    def parts(self, left: Piece, right: Piece) -> bool:
        """Tell whether it runs between two pieces of a row."""
        within = self.bottom <= left.baseline <= self.top
        return within and left.end <= self.x <= right.start


Line = list[Piece]


def arrange(pieces: Sequence[Piece]) -> list[Line]:
    """Group pieces into lines, in reading order; each writing direction by itself."""
    directions: dict[int, list[Piece]] = {}
    for piece in pieces:
        directions.setdefault(piece.direction, []).append(piece)
    groups = [_arrange_upright(group) for group in directions.values()]
    if len(groups) <= 1:
        return groups[0] if groups else []
    lines = [line for group in groups for line in group]
    main = max(directions.values(), key=lambda g: sum(p.length for p in g))[0].direction
    turned_late = [line for line in lines if line[0].direction != main]
    return [line for line in lines if line[0].direction == main] + turned_late


def _arrange_upright(pieces: list[Piece]) -> list[Line]:
    rows = _rows(pieces)
    gutters = find_gutters(rows) if MIN_ROWS * 2 <= len(pieces) <= MAX_PIECES else []
    lines = [line for row in rows for line in _lines_of_row(row, gutters)]
    lines.sort(key=_drawn)
    lines = _floats_in_place(_furniture_in_place(lines))
    if _jumps(lines) * LINES_A_JUMP <= len(lines) and not _zigzags(lines, gutters):
        return lines
    lines = [line for row in rows for line in _lines_of_row(row, gutters, drawn_apart=True)]
    return sorted(lines, key=lambda line: _place(line, gutters))


def _drawn(line: Line) -> int:
    return min(piece.order for piece in line)


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Group pieces by baseline, from top to bottom; each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.baseline):
        near = SAME_ROW_EM * max(piece.size, 1.0)
        if rows and rows[-1][0].baseline - piece.baseline <= near:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.start)
    return rows


def _lines_of_row(
    row: list[Piece], gutters: Sequence[Gutter], *, drawn_apart: bool = False
) -> list[Line]:
    """Join the pieces of a row; pieces far apart and not drawn together only if told so."""
    lines = [[row[0]]]
    for left, right in pairwise(row):
        parted = any(gutter.parts(left, right) for gutter in gutters)
        near = right.start - left.end <= WIDE_GAP_EM * max(left.size, right.size)
        together = drawn_apart or abs(right.order - left.order) == 1
        if not parted and (near or together):
            lines[-1].append(right)
        else:
            lines.append([right])
    return lines


# ---- gutters ------------------------------------------------------------------------------


def find_gutters(rows: Sequence[list[Piece]]) -> list[Gutter]:
    """Find the blank stripes between columns."""
    found: list[Gutter] = []
    for x in _candidates(rows):
        for band in _free_bands(rows, x):
            gutter = Gutter(x, band[0][0].baseline, band[-1][0].baseline)
            if not _known(gutter, found) and _is_gutter(band, x):
                found.append(gutter)
        if len(found) >= MAX_GUTTERS:
            break
    return found


def _known(gutter: Gutter, found: Iterable[Gutter]) -> bool:
    return any(
        abs(gutter.x - other.x) < 15 and gutter.bottom < other.top and other.bottom < gutter.top  # noqa: PLR2004
        for other in found
    )


def _candidates(rows: Iterable[list[Piece]]) -> list[float]:
    """Name places where a gutter may run, likeliest first: just left of recurring starts."""
    places = Counter[int]()
    for row in rows:
        places.update({round((piece.start - 0.3 * piece.size) / 2) for piece in row})
        places.update({round((a.end + b.start) / 4) for a, b in pairwise(row)})
    likely = [(count, place) for place, count in places.items() if count >= MIN_ROWS]
    return [place * 2.0 for _, place in sorted(likely, reverse=True)[:MAX_CANDIDATES]]


def _free_bands(rows: Sequence[list[Piece]], x: float) -> list[list[list[Piece]]]:
    """Find stretches of rows that leave `x` free and have text on both sides."""
    bands: list[list[list[Piece]]] = [[]]
    room = LOOSE_LEADING * _leading(rows)
    for row in rows:
        crossed = any(piece.start < x < piece.end for piece in row)
        apart = bool(bands[-1]) and bands[-1][-1][0].baseline - row[0].baseline > room
        if crossed or apart:
            bands.append([])
        if not crossed:
            bands[-1].append(row)
    return [band for band in bands if _both_sides(band, x) >= MIN_ROWS]


def _leading(rows: Sequence[list[Piece]]) -> float:
    """Give the usual distance of rows or lines; steps up the page do not count."""
    steps = (a[0].baseline - b[0].baseline for a, b in pairwise(rows))
    return median([step for step in steps if step > 0] or [0.0])


def _both_sides(band: Sequence[list[Piece]], x: float) -> int:
    left = sum(row[0].end <= x for row in band)
    right = sum(row[-1].start >= x for row in band)
    return min(left, right)


def _is_gutter(band: Sequence[list[Piece]], x: float) -> bool:
    """Tell a gutter from the gap between the cells of a table."""
    sides = [(piece.order, piece.start >= x) for row in band for piece in row]
    sides.sort()
    changes = sum(a[1] != b[1] for a, b in pairwise(sides))
    if changes <= max(1, _both_sides(band, x) // 4):
        return _side_by_side(band, x)
    nearest_left = [[p for p in row if p.end <= x][-1] for row in band if row[0].end <= x]
    nearest_right = [next(p for p in row if p.start >= x) for row in band if row[-1].start >= x]
    return _is_prose(nearest_left) and _is_prose(nearest_right)


def _side_by_side(band: Sequence[list[Piece]], x: float) -> bool:
    """Tell whether the two sides share rows' heights: else one merely stands below the other."""
    left = [row[0].baseline for row in band if row[0].end <= x]
    right = [row[0].baseline for row in band if row[-1].start >= x]
    shared = min(left[0], right[0]) - max(left[-1], right[-1])
    return shared >= 0.5 * min(left[0] - left[-1], right[0] - right[-1]) > 0


def _is_prose(pieces: Sequence[Piece]) -> bool:
    widths = sorted(piece.end - piece.start for piece in pieces)
    wide = widths[int(0.9 * (len(widths) - 1))]
    letters = median(piece.length for piece in pieces)
    return letters >= PROSE_LETTERS and median(widths) >= PROSE_FILL * wide


# ---- order --------------------------------------------------------------------------------


def _furniture_in_place(lines: list[Line]) -> list[Line]:
    """Move lines drawn last that stand above everything to the front, and the other way round."""
    lines = _moved(lines, lambda line, rest: line[0].baseline > max(p[0].baseline for p in rest))
    backwards = _moved(
        lines[::-1], lambda line, rest: line[0].baseline < min(p[0].baseline for p in rest)
    )
    return backwards[::-1]


def _moved(lines: list[Line], outside: Callable[[Line, list[Line]], bool]) -> list[Line]:
    count = 0
    while count < min(4, len(lines) - 2) and outside(lines[-1 - count], lines[: -1 - count]):
        count += 1
    return lines[-count:] + lines[:-count] if count else lines


def _jumps(lines: Sequence[Line]) -> int:
    """Count the steps up the page that do not lead to a column further right."""
    return sum(_is_jump(before, after) for before, after in pairwise(lines))


def _is_jump(before: Line, after: Line) -> bool:
    up = after[0].baseline > before[0].baseline + before[0].size
    return up and after[0].start < before[-1].end


def _floats_in_place(lines: list[Line]) -> list[Line]:
    """Move captions and the like, drawn before or after all the rest, to where they stand.

    Only lines set unlike the body text are moved: body text keeps the order in which it is drawn.
    """
    for _ in range(MAX_FLOATS):
        jumps = [n for n, pair in enumerate(pairwise(lines), 1) if _is_jump(*pair)]
        if not jumps:
            break
        first, last = jumps[0], jumps[-1]
        if _is_float(lines[:first], lines[first:]):
            lines = _put_back(lines[:first], lines[first:])
        elif _is_float(lines[last:], lines[:last]):
            lines = _put_back(lines[last:], lines[:last])
        else:
            break
    return lines


def _is_float(few: Sequence[Line], rest: Sequence[Line]) -> bool:
    if len(few) > MAX_FLOAT_LINES or len(few) * 2 > len(rest):
        return False
    body = Counter(map(_style, rest)).most_common(1)[0][0]
    below = rest[-1][0].baseline < few[-1][0].baseline < rest[0][0].baseline
    return below and all(_style(line) != body for line in few)


def _style(line: Line) -> tuple[str, float]:
    face, size = line[0].main_style()
    return face.name, round(size)


def _put_back(few: list[Line], rest: list[Line]) -> list[Line]:
    """Put lines before the first one below them that begins a block or would be covered."""
    leading = _leading(rest)
    low, left, right = few[-1][0].baseline, few[0][0].start, max(line[-1].end for line in few)
    for n, (before, line) in enumerate(pairwise(rest), 1):
        fresh = before[0].baseline - line[0].baseline > BLOCK_LEADING * leading
        covered = line[0].start < right and left < line[-1].end
        if line[0].baseline < low and (fresh or covered):
            return rest[:n] + few + rest[n:]
    return rest + few


def _zigzags(lines: Sequence[Line], gutters: Sequence[Gutter]) -> bool:
    """Tell whether the page draws row by row across a gutter."""
    for gutter in gutters:
        within = [line for line in lines if gutter.bottom <= line[0].baseline <= gutter.top]
        changes = sum(
            (a[0].start > gutter.x) != (b[0].start > gutter.x) for a, b in pairwise(within)
        )
        if changes > max(3, len(within) // 4):
            return True
    return False


def _place(line: Line, gutters: Sequence[Gutter]) -> tuple[float, int, float, float]:
    """Give band, column, height and left edge of a line, smallest first."""
    around = [g for g in gutters if g.bottom <= line[0].baseline <= g.top]
    if not around:
        return (-line[0].baseline, 0, 0.0, line[0].start)
    top = max(gutter.top for gutter in around)
    column = sum(line[0].start >= gutter.x for gutter in around)
    return (-top, column, -line[0].baseline, line[0].start)
