"""Device: what pdfminer's interpreter draws → runs of placed glyphs, and the boxes of pictures.

In:  the state of the text and the strings that an operator shows; pictures; filled paths.
Out: everything is added to a `PlacedPage`.
Errors: `PageStopError` where a page shows more than any page would.
Source: ISO 32000-2, 9.4.4.

Not every letter is placed, only words and the parts of words between two moves: a font knows what
a string says and how far each part lies from its start (see `Lettering`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.utils import Matrix, PathSegment, Rect

from ingest.errors import PageStopError
from ingest.pdf_fonts import FontShelf, Lettered, Lettering
from ingest.pdf_glyphs import PlacedPage, Run

MAX_GLYPHS = 100_000
MAX_FIGURES = 500
MAX_FORMS = 5_000
SKEW_DEGREES = 2
FAR_PT = 1e6  # nothing is printed beyond
FIGURE_SIDE_PT = 36.0
FILL_AND_STROKE = 2  # text rendering mode that fakes a bold face
KERN_BACK_EM, KERN_EM = -0.5, 0.1  # such moves part nothing, whoever reads the lines
WHITE = 1


class GlyphDevice(PDFDevice):
    """Collects runs of placed glyphs and the boxes of pictures."""

    def __init__(self, rsrcmgr: FontShelf, page: PlacedPage) -> None:
        super().__init__(rsrcmgr)
        self.fonts, self.page = rsrcmgr, page
        self.glyphs = self.forms = 0

    def count_form(self) -> None:
        """Count one drawn object."""
        self.forms += 1
        if self.forms > MAX_FORMS:
            raise PageStopError("it draws more pictures and forms than can be followed")

    def show(self, state: PDFTextState, seq: object) -> None:
        """Place the glyphs of one text operator."""
        if state.font is None or self.ctm is None or not isinstance(seq, list):
            return
        letters = self.fonts.lettering(state.font)
        place = _Placement(state, letters, self.ctm)
        run = place.set_strings(seq, letters)
        state.linematrix = place.line_matrix()
        self.glyphs += place.glyphs
        if self.glyphs > MAX_GLYPHS:
            raise PageStopError(f"it shows more than {MAX_GLYPHS:,} characters")
        if run.texts and place.is_on_page(run):
            bold = state.render == FILL_AND_STROKE
            run.face = letters.bold_face if bold else letters.face
            self.page.runs.append(run)

    def add_picture(self) -> None:
        """Note the box of a picture, which fills the unit square of the user space."""
        box = _bounds([(0, 0), (1, 0), (0, 1), (1, 1)], self.ctm)
        if box is not None:
            self.page.picture_area += self._visible_area(box)
            self._add_figure(box)

    def _visible_area(self, box: Rect) -> float:
        width = min(box[2], self.page.width) - max(box[0], 0.0)
        height = min(box[3], self.page.height) - max(box[1], 0.0)
        return max(width, 0.0) * max(height, 0.0)

    def _add_figure(self, box: Rect) -> None:
        wide = box[2] - box[0] >= FIGURE_SIDE_PT and box[3] - box[1] >= FIGURE_SIDE_PT
        if wide and len(self.page.figures) < MAX_FIGURES:
            self.page.figures.append(box)

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,  # noqa: FBT001  # pdfminer's order
        fill: bool,  # noqa: FBT001
        evenodd: bool,  # noqa: ARG002, FBT001
        path: Sequence[PathSegment],
    ) -> None:
        """Note the box of a rectangle, filled or framed, as large as a picture or a box of text."""
        filled = fill and not _is_white(graphicstate.ncolor)
        shape = "".join(str(segment[0]) for segment in path[:6])
        if not (stroke or filled) or shape not in {"mlllh", "mllllh", "mlll"}:
            return
        points = [(s[-2], s[-1]) for s in path if len(s) > 2]  # noqa: PLR2004
        box = _bounds([p for p in points if all(isinstance(n, int | float) for n in p)], self.ctm)
        page_area = self.page.width * self.page.height
        if box is not None and self._visible_area(box) < 0.9 * page_area:
            self._add_figure(box)


def _is_white(colour: object) -> bool:
    if isinstance(colour, int | float):
        return colour >= WHITE
    if not isinstance(colour, tuple | list):
        return False
    if len(colour) == 4:  # noqa: PLR2004  # CMYK
        return not any(colour)
    return all(isinstance(part, int | float) and part >= WHITE for part in colour)


def _bounds(points: Sequence[tuple[object, object]], ctm: Matrix | None) -> Rect | None:
    if ctm is None or not points:
        return None
    a, b, c, d, e, f = ctm
    placed = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]  # type: ignore[operator]
    flat = [number for point in placed for number in point]
    if not all(math.isfinite(n) and abs(n) < FAR_PT for n in flat):
        return None
    xs, ys = flat[::2], flat[1::2]
    return min(xs), min(ys), max(xs), max(ys)


class _Placement:
    """Where the next glyph goes: the text state's numbers, made ready for one operator.

    A negative font size is the same as a positive one with the axes turned round; so written,
    glyphs always advance to the right. Places are counted along the baseline, on the page.
    """

    __slots__ = (
        "baseline",
        "direction",
        "glyphs",
        "letter_space",
        "other",
        "place",
        "scale",
        "sign",
        "size",
        "start",
        "step",
        "vertical",
        "word_space",
    )

    def __init__(self, state: PDFTextState, letters: Lettering, ctm: Matrix) -> None:
        sign = self.sign = -1.0 if state.fontsize < 0 else 1.0
        self.vertical = letters.vertical
        x, y = state.linematrix
        rise = 0.0 if self.vertical else state.rise
        along, self.other = (-y, x) if self.vertical else (x, y)
        self._lay_baseline(state, ctm, rise)
        scaling = 1.0 if self.vertical else state.scaling * 0.01
        space = scaling * sign * self.scale
        self.step = abs(state.fontsize) * scaling * self.scale
        self.letter_space = state.charspace * space
        self.word_space = 0.0 if letters.multibyte else state.wordspace * space
        self.glyphs = 0
        self.start = self.place
        self.place += self.scale * sign * along

    def _lay_baseline(self, state: PDFTextState, ctm: Matrix, rise: float) -> None:
        """Find the baseline: its direction and height, and where its origin lies on it."""
        a, b, c, d, e, f = _product(state.matrix, ctm)
        if self.vertical:
            a, b, c, d = -c, -d, a, b
        a, b = a * self.sign, b * self.sign
        scale = math.hypot(a, b)
        self.scale = scale or 1.0
        self.size = abs(state.fontsize) * math.hypot(c, d) if scale else math.nan
        ux, uy = a / self.scale, b / self.scale
        e, f = e + c * rise, f + d * rise
        self.place = e * ux + f * uy
        self.baseline = f * ux - e * uy
        self.direction = 0 if uy == 0 and ux > 0 else _direction(ux, uy)

    def line_matrix(self) -> tuple[float, float]:
        """Give where the next string begins, in the text's own space."""
        moved = self.sign * (self.place - self.start) / self.scale
        return (self.other, -self.sign * moved) if self.vertical else (moved, self.other)

    def is_on_page(self, run: Run) -> bool:
        """Tell whether all numbers are such as a page can have."""
        within = -FAR_PT < run.starts[0] < FAR_PT and -FAR_PT < run.ends[-1] < FAR_PT
        return within and -FAR_PT < run.baseline < FAR_PT and math.isfinite(run.size)

    def set_strings(self, seq: Sequence[object], letters: Lettering) -> Run:
        """Place the parts of strings and the moves between them."""
        run = Run([], [], [], self.direction, self.baseline, self.size, letters.face)
        unit = -0.001 * self.step
        back, forth = KERN_BACK_EM * self.size, KERN_EM * self.size
        known = letters.strings.get
        put = self._put_plain if not (self.letter_space or self.word_space) else self._put_spaced
        moved, in_word = 0.0, False
        for item in seq:
            if isinstance(item, bytes):
                string = known(item) or letters.read(item)
                self.place += moved
                put(run, string, in_word and string.goes_on and back <= moved <= forth)
                self.glyphs += string.glyphs
                moved, in_word = 0.0, string.open_end
            elif isinstance(item, int | float):
                moved += item * unit
        self.place += moved
        return run

    def _put_plain(self, run: Run, string: Lettered, joins: bool) -> None:  # noqa: FBT001
        """Place the parts of a string; the first may go on the last word so far."""
        step, place = self.step, self.place
        texts, starts, ends = run.texts, run.starts, run.ends
        for text, start, end, _, _, _ in string.parts:
            if joins:
                texts[-1] += text
                ends[-1] = place + end * step
                joins = False
            else:
                texts.append(text)
                starts.append(place + start * step)
                ends.append(place + end * step)
        self.place = place + string.width * step

    def _put_spaced(self, run: Run, string: Lettered, joins: bool) -> None:  # noqa: FBT001
        """Do so where letters or words are spaced."""
        parts, width, count, spaces, _, _ = string
        step, place, room, wide = self.step, self.place, self.letter_space, self.word_space
        for text, start, end, first, last, before in parts:
            right = place + end * step + last * room + before * wide
            if joins:
                run.texts[-1] += text
                run.ends[-1] = right
                joins = False
            else:
                run.texts.append(text)
                run.starts.append(place + start * step + first * room + before * wide)
                run.ends.append(right)
        self.place = place + width * step + count * room + spaces * wide


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    if outer[:4] == (1, 0, 0, 1):
        return (*inner[:4], inner[4] + outer[4], inner[5] + outer[5])
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        p * a + r * b,
        q * a + s * b,
        p * c + r * d,
        q * c + s * d,
        p * e + r * f + t,
        q * e + s * f + u,
    )


def _direction(ux: float, uy: float) -> int:
    """Round a direction to degrees; a slightly skewed scan counts as upright."""
    if not (math.isfinite(ux) and math.isfinite(uy)):
        return 0
    degrees = round(math.degrees(math.atan2(uy, ux))) % 360
    quarter = round(degrees / 90) * 90
    return quarter % 360 if abs(degrees - quarter) <= SKEW_DEGREES else degrees
