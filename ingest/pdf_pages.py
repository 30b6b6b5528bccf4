"""Pages: one page's content → placed glyphs and pictures.

In:  a page's resources, content streams and box.
Out: a `PlacedPage`; what a page shows before it fails is kept, and `damage` says why it failed.
Errors: `PageStopError` ends a page that runs too long or shows too much; it is caught here.
Source: ISO 32000-2, 8 and 9.4. pdfminer's interpreter reads the operators; its layout analysis,
        which is slow and guesses the order, is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard, TypeVar

from pdfminer.pdfcolor import PREDEFINED_COLORSPACE, PDFColorSpace
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFTextState
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.utils import Matrix, mult_matrix

from ingest.errors import PageStopError
from ingest.pdf_device import GlyphDevice
from ingest.pdf_fonts import FontShelf
from ingest.pdf_glyphs import PlacedPage
from ingest.pdf_lexer import read_operations
from ingest.pdf_objects import as_dict, as_int, as_list, as_name, resolve

MAX_FORM_DEPTH = 12
MAX_CONTENT_BYTES = 64 << 20  # of one page or form, all its streams together
# What these set or mark shows in no letter, no place and no figure.
IGNORED = frozenset(
    b"w J j M d ri i gs G RG K CS SC SCN sh W W* BX EX MP DP BMC BDC EMC ET d0 d1".split()
)
OPERANDS = {"cm": 6, "Tm": 6}  # where the method's arguments do not tell
OPERATOR_NAMES = {"_a": "*", "_q": "'", "_w": '"'}  # as pdfminer spells them in its methods


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

    def execute(self, streams: Sequence[object]) -> None:
        """Do what the content streams say, one after the other."""
        found = [stream for stream in map(resolve, streams) if isinstance(stream, PDFStream)]
        own = [stream for stream in found if stream.objid not in self.parent_stream_ids]
        self.stream_ids = {stream.objid for stream in own if stream.objid is not None}
        methods = {name: (getattr(self, method), n) for name, (method, n) in OPERATORS.items()}
        for operator, operands in read_operations(b"\n".join(self._contents(own)), IGNORED):
            method, count = methods.get(operator, (None, 0))
            if method is None:
                continue
            if not count:
                self.argstack = operands  # type: ignore[assignment]  # whatever stands there
                method()
            elif len(operands) == count:
                method(*operands)
            elif len(operands) > count:
                method(*operands[-count:])

    def _contents(self, streams: Sequence[PDFStream]) -> Iterator[bytes]:
        room = MAX_CONTENT_BYTES
        for stream in streams:
            data = stream.get_data()
            room -= len(data)
            if room < 0:
                self.glyphs.page.damage = "its content is larger than any page's"
                return
            yield data

    def get_current_state(self) -> tuple[Matrix, PDFTextState, PDFGraphicState]:
        """Copy the state as it stands; pages save and restore it all the time."""
        return self.ctm, _twin(self.textstate), _twin(self.graphicstate)

    def do_cm(self, *numbers: object) -> None:
        """Lay the user space upon itself anew."""
        if _are_floats(numbers):
            self.ctm = mult_matrix(numbers, self.ctm)
            self.device.set_ctm(self.ctm)

    def do_Tm(self, *numbers: object) -> None:  # noqa: N802  # pdfminer's name
        """Set where text stands."""
        if _are_floats(numbers):
            self.textstate.matrix = numbers
            self.textstate.linematrix = (0, 0)

    def do_Td(self, x: object, y: object) -> None:  # noqa: N802  # pdfminer's name
        """Go to another line."""
        if isinstance(x, float) and isinstance(y, float):
            a, b, c, d, e, f = self.textstate.matrix
            self.textstate.matrix = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)
        self.textstate.linematrix = (0, 0)

    def do_m(self, x: object, y: object) -> None:
        """Begin a path; `GlyphDevice.paint_path` looks at what the numbers are."""
        self.curpath.append(("m", x, y))  # type: ignore[arg-type]

    def do_l(self, x: object, y: object) -> None:
        """Go on with a path."""
        self.curpath.append(("l", x, y))  # type: ignore[arg-type]

    def do_TJ(self, seq: object) -> None:  # noqa: N802  # pdfminer's name
        """Show text."""
        self.glyphs.show(self.textstate, seq)

    def do_EI(self, obj: object) -> None:  # noqa: N802  # pdfminer's name
        """Draw an inline picture, whose data are never decoded."""
        if isinstance(obj, dict):
            self.glyphs.add_picture()

    def dup(self) -> Interpreter:
        """Make an interpreter for a form on the same page."""
        return Interpreter(self.fonts, self.glyphs)


def _are_floats(operands: tuple[object, ...]) -> TypeGuard[Matrix]:
    """Tell whether these are six numbers; every number of a content stream is a float."""
    return {*map(type, operands)} == {float}


State = TypeVar("State", PDFTextState, PDFGraphicState)


def _twin(state: State) -> State:
    twin = object.__new__(type(state))
    twin.__dict__.update(state.__dict__)
    return twin


def _operators() -> dict[bytes, tuple[str, int]]:
    """List the operators with the interpreter's methods and how many operands they take."""
    found = {}
    for method in dir(Interpreter):
        if method.startswith("do_"):
            name = method.removeprefix("do_")
            for spelt, sign in OPERATOR_NAMES.items():
                name = name.replace(spelt, sign)
            count = OPERANDS.get(name, getattr(Interpreter, method).__code__.co_argcount - 1)
            found[name.encode()] = method, count
    return found


OPERATORS = _operators()


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
