"""Pages: one page's content → placed glyphs and pictures.

In:  a page's resources, content streams and box.
Out: a `PlacedPage`; what a page shows before it fails is kept, and `damage` says why it failed.
Errors: `PageStopError` ends a page that runs too long or shows too much; it is caught here.
Source: ISO 32000-2, 8 and 9.4. pdfminer's interpreter reads the operators; its layout analysis,
        which is slow and guesses the order, is not used.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdfminer.pdfcolor import PREDEFINED_COLORSPACE, PDFColorSpace
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFTextState
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.utils import Matrix, PathSegment, Rect, mult_matrix

from ingest.errors import PageStopError
from ingest.pdf_fonts import FontShelf, read_face, read_glyph
from ingest.pdf_glyphs import Face, PlacedPage, Run
from ingest.pdf_objects import as_dict, as_int, as_list, as_name, resolve

MAX_GLYPHS = 100_000
MAX_FIGURES = 500
MAX_FORM_DEPTH, MAX_FORMS = 12, 5_000
SKEW_DEGREES = 2
FAR_PT = 1e6  # nothing is printed beyond
FIGURE_SIDE_PT = 36.0
FILL_AND_STROKE = 2  # text rendering mode that fakes a bold face


@dataclass(frozen=True, slots=True)
class PageSource:
    """What is needed to read a page; `damage` says what its content streams lost already."""

    resources: dict[str, object]
    streams: tuple[PDFStream, ...]
    box: tuple[float, float, float, float]  # left, bottom, right, top
    turn: int = 0  # 0, 90, 180 or 270 degrees, clockwise
    damage: str = ""


def read_page(source: PageSource, fonts: FontShelf) -> PlacedPage:
    """Read what a page shows."""
    left, bottom, right, top = source.box
    width, height = right - left, top - bottom
    if source.turn in {90, 270}:
        width, height = height, width
    page = PlacedPage(width, height, damage=source.damage)
    interpreter = Interpreter(fonts, GlyphDevice(fonts, page))
    try:
        interpreter.render_contents(_keyed(source.resources), source.streams, ctm=_turned(source))
    except PageStopError as stop:
        page.damage = stop.what
    except MemoryError:
        page.damage = "its content does not fit into memory"
    except Exception:  # noqa: BLE001  # whatever the page makes pdfminer raise
        page.damage = "its content is damaged"
    return page


def _keyed(resources: dict[str, object]) -> dict[object, object]:
    return dict(resources.items())


def _turned(source: PageSource) -> Matrix:
    left, bottom, right, top = source.box
    return {
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }.get(source.turn, (1, 0, 0, 1, -left, -bottom))


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter with lazy fonts, and bounds on forms within forms."""

    depth = 0

    def __init__(self, rsrcmgr: FontShelf, device: GlyphDevice) -> None:
        super().__init__(rsrcmgr, device)
        self.fonts, self.glyphs = rsrcmgr, device

    def init_resources(self, resources: dict[object, object]) -> None:
        """Note the fonts and forms by name; a font is made when text first uses it."""
        found = as_dict(resources)
        self.resources = resources
        self.fontmap = {}
        self.font_specs = as_dict(found.get("Font"))
        self.xobjmap = dict(as_dict(found.get("XObject")))
        self.csmap = PREDEFINED_COLORSPACE.copy()
        for name, spec in as_dict(found.get("ColorSpace")).items():
            self.csmap[name] = _colour_space(spec)

    def do_Tf(self, fontid: object, fontsize: object) -> None:  # noqa: N802  # pdfminer's name
        """Set the font, making it when it is new to this page."""
        name = as_name(fontid)
        if name not in self.fontmap:
            spec = self.font_specs.get(name)
            object_id = spec.objid if isinstance(spec, PDFObjRef) else None
            self.fontmap[name] = self.fonts.get_font(object_id, as_dict(spec))
        self.textstate.font = self.fontmap[name]
        if isinstance(fontsize, int | float):
            self.textstate.fontsize = fontsize

    def do_Do(self, xobjid_arg: object) -> None:  # noqa: N802  # pdfminer's name
        """Draw a picture, or a form unless it lies too deep."""
        drawn = resolve(self.xobjmap.get(as_name(xobjid_arg)))
        if not isinstance(drawn, PDFStream):
            return
        self.glyphs.count_form()
        kind = as_name(drawn.get("Subtype"))
        if kind == "Image":
            self.glyphs.add_picture()
        elif kind == "Form" and self.depth >= MAX_FORM_DEPTH:
            self.glyphs.page.damage = "it draws forms within forms without end"
        elif kind == "Form":
            self._draw_form(drawn)

    def _draw_form(self, form: PDFStream) -> None:
        numbers = [resolve(n) for n in as_list(form.get("Matrix"))]
        floats = [float(n) for n in numbers if isinstance(n, int | float)]
        a, b, c, d, e, f = floats if len(floats) == 6 else (1, 0, 0, 1, 0, 0)  # noqa: PLR2004
        inner = self.dup()
        inner.parent_stream_ids = self.parent_stream_ids | self.stream_ids
        inner.depth = self.depth + 1
        own = as_dict(form.get("Resources"))
        resources = _keyed(own) if own else self.resources
        inner.render_contents(resources, [form], ctm=mult_matrix((a, b, c, d, e, f), self.ctm))
        self.device.set_ctm(self.ctm)

    def dup(self) -> Interpreter:
        """Make an interpreter for a form on the same page."""
        return Interpreter(self.fonts, self.glyphs)


def _colour_space(spec: object) -> PDFColorSpace:
    """Tell a colour space by its name and number of components, all that operators need."""
    parts = as_list(spec)
    name = as_name(parts[0] if parts else spec)
    known = PREDEFINED_COLORSPACE.get(name)
    if known is not None and len(parts) <= 1:
        return known
    count = 1
    if name == "ICCBased":
        count = as_int(as_dict(parts[1]).get("N"), 1) if len(parts) > 1 else 1
    elif name == "DeviceN":
        count = len(as_list(parts[1])) if len(parts) > 1 else 1
    elif known is not None:
        count = known.ncomponents
    return PDFColorSpace(name or "DeviceGray", max(1, min(count, 32)))


class GlyphDevice(PDFDevice):
    """Collects runs of placed glyphs and the boxes of pictures."""

    def __init__(self, rsrcmgr: FontShelf, page: PlacedPage) -> None:
        super().__init__(rsrcmgr)
        self.page = page
        self.faces: dict[int, tuple[PDFFont, Face, dict[int, tuple[str, float]]]] = {}
        self.glyphs = self.forms = 0

    def count_form(self) -> None:
        """Count one drawn object."""
        self.forms += 1
        if self.forms > MAX_FORMS:
            raise PageStopError("it draws more pictures and forms than can be followed")

    def render_string(
        self,
        textstate: PDFTextState,
        seq: Iterable[float | bytes],
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> None:
        """Place the glyphs of one text operator."""
        font = textstate.font
        if font is None or self.ctm is None or not isinstance(seq, list):
            return
        known = self.faces.get(id(font))
        if known is None:
            known = self.faces[id(font)] = (font, read_face(font), {})
        place = _Placement(textstate, font)
        texts, starts, ends = _set_glyphs(place, seq, font, known[2])
        textstate.linematrix = place.line_matrix()
        self.glyphs += len(texts)
        if self.glyphs > MAX_GLYPHS:
            raise PageStopError(f"it shows more than {MAX_GLYPHS:,} characters")
        face = known[1]
        if textstate.render == FILL_AND_STROKE and not face.bold:
            face = Face(face.name, bold=True, italic=face.italic)
        run = place.run(mult_matrix(textstate.matrix, self.ctm), texts, starts, ends)
        if run is not None:
            run.face = face
            self.page.runs.append(run)

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        """Note an inline picture's box; its data is never decoded."""
        self.add_picture()

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
        stroke: bool,  # noqa: ARG002, FBT001  # pdfminer's order
        fill: bool,  # noqa: FBT001
        evenodd: bool,  # noqa: ARG002, FBT001
        path: Sequence[PathSegment],
    ) -> None:
        """Note the box of a filled rectangle that is large enough to stand for a picture."""
        shape = "".join(str(segment[0]) for segment in path[:6])
        if not fill or shape not in {"mlllh", "mllllh", "mlll"} or _is_white(graphicstate.ncolor):
            return
        points = [(s[-2], s[-1]) for s in path if len(s) > 2]  # noqa: PLR2004
        box = _bounds([p for p in points if all(isinstance(n, int | float) for n in p)], self.ctm)
        page_area = self.page.width * self.page.height
        if box is not None and self._visible_area(box) < 0.9 * page_area:
            self._add_figure(box)


def _is_white(colour: object) -> bool:
    if isinstance(colour, int | float):
        return colour >= 1
    if not isinstance(colour, tuple | list):
        return False
    if len(colour) == 4:  # noqa: PLR2004  # CMYK
        return not any(colour)
    return all(isinstance(part, int | float) and part >= 1 for part in colour)


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
    glyphs always advance to the right.
    """

    def __init__(self, state: PDFTextState, font: PDFFont) -> None:
        self.vertical = font.is_vertical()
        self.sign = -1.0 if state.fontsize < 0 else 1.0
        self.size = abs(state.fontsize)
        scaling = 1.0 if self.vertical else state.scaling * 0.01
        self.step = self.size * scaling
        self.letter_space = state.charspace * scaling * self.sign
        wide = state.wordspace * scaling * self.sign
        self.word_space = 0.0 if font.is_multibyte() else wide
        x, y = state.linematrix
        self.other = x if self.vertical else y
        self.position = self.sign * (-y if self.vertical else x)
        self.rise = state.rise

    def line_matrix(self) -> tuple[float, float]:
        moved = self.sign * self.position
        return (self.other, -moved) if self.vertical else (moved, self.other)

    def run(
        self, matrix: Matrix, texts: list[str], starts: list[float], ends: list[float]
    ) -> Run | None:
        """Turn positions in text space into a run on the page."""
        a, b, c, d, e, f = matrix
        if self.vertical:
            a, b, c, d = -c, -d, a, b
        along_x, along_y = a * self.sign, b * self.sign
        scale = math.hypot(along_x, along_y)
        size = self.size * math.hypot(c, d)
        if not texts or not scale or not all(map(math.isfinite, (scale, size, e, f))):
            return None
        ux, uy = along_x / scale, along_y / scale
        shift = 0.0 if self.vertical else self.rise
        e, f = e + c * shift, f + d * shift
        base = e * ux + f * uy
        first, last = base + scale * starts[0], base + scale * ends[-1]
        if not (abs(first) < FAR_PT and abs(last) < FAR_PT and abs(f) < FAR_PT):
            return None
        direction = 0 if uy == 0 and ux > 0 else _direction(ux, uy)
        places = [base + scale * s for s in starts], [base + scale * s for s in ends]
        return Run(texts, *places, direction, f * ux - e * uy, size, Face())


def _direction(ux: float, uy: float) -> int:
    """Round a direction to degrees; a slightly skewed scan counts as upright."""
    degrees = round(math.degrees(math.atan2(uy, ux))) % 360
    quarter = round(degrees / 90) * 90
    return quarter % 360 if abs(degrees - quarter) <= SKEW_DEGREES else degrees


def _set_glyphs(
    place: _Placement,
    seq: Sequence[object],
    font: PDFFont,
    glyphs: dict[int, tuple[str, float]],
) -> tuple[list[str], list[float], list[float]]:
    texts: list[str] = []
    starts: list[float] = []
    ends: list[float] = []
    x = place.position
    step, letter_space, word_space = place.step, place.letter_space, place.word_space
    for item in seq:
        if isinstance(item, int | float):
            x -= item * 0.001 * step
            continue
        for code in font.decode(item) if isinstance(item, bytes) else ():
            glyph = glyphs.get(code)
            if glyph is None:
                glyph = glyphs[code] = read_glyph(font, code)
            texts.append(glyph[0])
            starts.append(x)
            x += glyph[1] * step + letter_space
            ends.append(x)
            if code == 32 and word_space:  # noqa: PLR2004
                x += word_space
    place.position = x
    return texts, starts, ends
