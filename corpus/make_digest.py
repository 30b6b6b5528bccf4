"""Make the sample publication: typeset it, and say what its true structure is.

In:  `manifest.toml` (title, year, publisher …), `sample/digest.md` in the small markup that
     `README.md` describes, and `sample/drawings.toml`, the pictures.
Out: `digest.pdf`, `digest.txt` (the same lines as plain text, a form feed between pages) and
     `digest.gold.json` (which lines are what, known from the typesetting and not guessed).
Errors: `MarkupError`, naming the line of the source, for markup that is not understood.

The same source gives the same bytes on every run:  python corpus/make_digest.py [--out FOLDER]
"""

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import reportlab  # type: ignore[import-untyped]  # a development tool without type information
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

HERE = Path(__file__).resolve().parent
DRAWINGS = tomllib.loads((HERE / "sample" / "drawings.toml").read_text(encoding="utf-8"))

# A5, in points. The measure holds about 60 letters.
PAGE_WIDTH, PAGE_HEIGHT = 419.53, 595.28
INNER_MARGIN, OUTER_MARGIN = 56.0, 50.0
TOP, BOTTOM = PAGE_HEIGHT - 64.0, 60.0
RUNNING_HEAD_Y, FOLIO_Y = PAGE_HEIGHT - 40.0, 34.0
MEASURE = PAGE_WIDTH - INNER_MARGIN - OUTER_MARGIN
PICTURE_HEIGHT = 104.0
LEADER_END = MEASURE - 18.0
HANGING_INDENT = 12.0

FONTS = {"Vera": "Vera.ttf", "Vera-Bold": "VeraBd.ttf", "Vera-Italic": "VeraIt.ttf"}
SUBJECT = "Case studies of citizens and public authorities who solved a problem together"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
INK, ACCENT, QUIET = (0.12, 0.12, 0.13), (0.09, 0.27, 0.34), (0.42, 0.44, 0.46)

SECTION_KINDS = {
    "Summary": "summary",
    "General information": "general-information",
    "Background": "background",
    "Activity": "activity",
    "Plans": "plans",
    "Achievements": "achievements",
    "Key factors for success": "key-factors",
    "Contact": "contact",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How one role is set: sizes, leading and the space around it in points."""

    font: str
    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0
    colour: tuple[float, float, float] = INK
    drop: float = 0.0  # left free above it at the top of a page


STYLES = {
    "cover": Style("Vera-Bold", 27, 34, after=8, colour=ACCENT, drop=190),
    "subtitle": Style("Vera", 12.5, 18, after=10),
    "publisher": Style("Vera", 9, 14, before=150, colour=QUIET),
    "imprint": Style("Vera-Bold", 8, 12, after=8, drop=250),
    "imprint-text": Style("Vera", 7.6, 11.8, after=6, colour=QUIET),
    "contents": Style("Vera-Bold", 17, 22, after=16, colour=ACCENT),
    "entry-chapter": Style("Vera-Bold", 8, 13, before=7, after=2),
    "entry-part": Style("Vera-Bold", 8, 13, before=7, after=2),
    "entry-case": Style("Vera", 8, 12, after=1.4),
    "chapter": Style("Vera-Bold", 17, 22, after=16, colour=ACCENT),
    "part": Style("Vera-Bold", 17, 23, after=20, colour=ACCENT),
    "case": Style("Vera-Bold", 12.6, 16.6, before=32, after=3),
    "organisation": Style("Vera-Italic", 8.8, 12.6, after=4, colour=QUIET),
    "section": Style("Vera-Bold", 8.8, 12.8, before=7, colour=ACCENT),
    "paragraph": Style("Vera", 8.5, 12.8, before=2, after=3),
    "item": Style("Vera", 8.5, 12.8, before=1, after=1.5),
    "caption": Style("Vera-Italic", 7.4, 10.4, after=8, colour=QUIET),
    "running-head": Style("Vera", 7.2, 10, colour=QUIET),
    "page-number": Style("Vera", 7.8, 10, colour=QUIET),
}

OPENERS = {"cover", "imprint", "contents", "chapter", "part"}  # these begin a page
HEADINGS = {"contents", "chapter", "part", "case", "organisation", "section"}  # never left alone
LEAVES = OPENERS | {"case", "section"}  # every line belongs to the latest of these
LISTED = {"chapter", "part", "case"}  # these stand in the contents
FURNITURE = {"running-head", "page-number"}
OUTLINE_LEVELS = {"contents": 0, "chapter": 0, "part": 0, "case": 1, "section": 2}


class MarkupError(ValueError):
    """The source holds something that the markup does not know."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the publication; `detail` is a picture's name or a contents entry's page."""

    role: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its pieces with their x from the left margin, and its baseline."""

    role: str
    pieces: tuple[tuple[float, str], ...]
    block: int = -1  # which block it prints; -1 for a running head or a page number
    y: float = 0.0

    @property
    def text(self) -> str:
        """The line as plain text."""
        return " ".join(text for _, text in self.pieces)


@dataclass(slots=True)
class Page:
    """One page: its lines in reading order, and its rules and pictures as (name, y)."""

    number: int
    lines: list[Line] = field(default_factory=list)
    marks: list[tuple[str, float]] = field(default_factory=list)
    label: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a block stands: its first and last line in the text file, and their pages."""

    first: int
    last: int
    page: int
    last_page: int


# --- reading the source -------------------------------------------------------------------------

MARKS = {
    "= ": "chapter",
    "# ": "part",
    "## ": "case",
    "@ ": "organisation",
    "### ": "section",
    "- ": "item",
    "! ": "caption",
}


def read_blocks(source: str) -> list[Block]:
    """Return the blocks of the source in order; a blank line ends a paragraph."""
    blocks: list[Block] = []
    for number, line in enumerate(source.splitlines(), start=1):
        if not line.strip():
            continue
        mark = next((mark for mark in MARKS if line.startswith(mark)), "")
        block = Block(MARKS.get(mark, "paragraph"), line.removeprefix(mark).strip())
        if block.role == "caption":
            drawing, _, caption = block.text.partition(" | ")
            block = Block("caption", caption, detail=drawing)
        _check_block(block, blocks, where=f"digest.md, line {number}")
        blocks.append(block)
    return blocks


def _check_block(block: Block, earlier: Sequence[Block], *, where: str) -> None:
    """Refuse a title used before, and a section heading or picture that is not described here."""
    if block.role in LISTED and block in earlier:
        raise MarkupError(f"{where}: the title “{block.text}” is used twice")
    if block.role == "section" and block.text not in SECTION_KINDS:
        raise MarkupError(f"{where}: no kind is known for the section “{block.text}”")
    if block.role == "caption" and block.detail not in DRAWINGS:
        raise MarkupError(f"{where}: drawings.toml has no drawing “{block.detail}”")


def compose(manifest: dict[str, Any], body: Sequence[Block], labels: dict[str, str]) -> list[Block]:
    """Return everything that is printed: title page, imprint, contents, then the text."""
    imprint_end = next(i for i, block in enumerate(body) if block.role == "chapter" and i > 0)
    title, subtitle = manifest["title"], manifest["subtitle"]
    entries = [
        Block(f"entry-{block.role}", block.text, detail=labels.get(block.text, "0"))
        for block in body[imprint_end:]
        if block.role in LISTED
    ]
    return [
        Block("cover", title),
        Block("subtitle", subtitle),
        Block("publisher", f"{manifest['publisher']}, {manifest['year']}"),
        Block("imprint", f"{title}. {subtitle}"),
        *(replace(block, role="imprint-text") for block in body[1:imprint_end]),
        Block("contents", "Contents"),
        *entries,
        *body[imprint_end:],
    ]


# --- breaking into lines ------------------------------------------------------------------------


def text_width(text: str, style: Style) -> float:
    """Return the width of the text in points."""
    return float(pdfmetrics.stringWidth(text, style.font, style.size))


def wrap(text: str, style: Style, width: float) -> list[str]:
    """Break the text into lines no wider than `width` points, between words only."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and text_width(longer, style) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def break_block(block: Block, index: int) -> list[Line]:
    """Return the lines of one block, not yet placed on a page."""
    style = STYLES[block.role]
    if block.role.startswith("entry-"):
        return _break_entry(block, index, style)
    indent = HANGING_INDENT if block.role == "item" else 0.0
    texts = wrap(block.text, style, MEASURE - indent)
    if block.role in HEADINGS:
        texts = _balance(block.text, style, len(texts))
    lines = [Line(block.role, ((indent, text),), index) for text in texts]
    if block.role == "item":
        lines[0] = replace(lines[0], pieces=((2.0, "•"), *lines[0].pieces))
    return lines


def _balance(text: str, style: Style, count: int) -> list[str]:
    """Break a title into `count` lines as even as they can be, so that no word stands alone."""
    widths = range(int(MEASURE), 0, -4)
    tries = (wrap(text, style, width) for width in widths)
    return list(takewhile(lambda lines: len(lines) == count, tries))[-1]


def _break_entry(block: Block, index: int, style: Style) -> list[Line]:
    """Return a contents entry: the title, a leader of dots, the page label at the right."""
    indent = HANGING_INDENT if block.role == "entry-case" else 0.0
    *full, last = wrap(block.text, style, LEADER_END - indent - 30)
    step = text_width(". ", style)
    free = LEADER_END - indent - text_width(last, style) - 3
    leader = " ".join("." * int(free / step))
    pieces = (
        (indent, last),
        (LEADER_END - text_width(leader, style), leader),
        (MEASURE - text_width(block.detail, style), block.detail),
    )
    lines = [Line(block.role, ((indent, text),), index) for text in full]
    return [*lines, Line(block.role, pieces, index)]


# --- filling the pages --------------------------------------------------------------------------


class Setter:
    """Sets blocks one below the other and turns the page where it must."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.pages: list[Page] = []
        self._blocks = blocks
        self._broken = [break_block(block, index) for index, block in enumerate(blocks)]
        self._y = 0.0

    def set_all(self) -> list[Page]:
        """Return the pages, filled."""
        for index, block in enumerate(self._blocks):
            if block.role in OPENERS or self._y - self._head_height(index) < BOTTOM:
                self._turn()
            self._set(index)
        return self.pages

    def _turn(self) -> None:
        self.pages.append(Page(len(self.pages) + 1))
        self._y = TOP

    def _head_height(self, index: int) -> float:
        """Return the room a block needs before it may begin: a heading takes its text along."""
        block, lines = self._blocks[index], self._broken[index]
        style = STYLES[block.role]
        if block.role in HEADINGS:
            height = style.before + len(lines) * style.leading + style.after
            return height + self._head_height(index + 1)
        picture = PICTURE_HEIGHT + style.leading if block.role == "caption" else 0.0
        kept = len(lines) if len(lines) <= 3 or block.role == "caption" else 2  # noqa: PLR2004
        return picture + style.before + kept * style.leading

    def _set(self, index: int) -> None:
        """Set one block, over a page break if it must be, never leaving a line alone."""
        block, lines = self._blocks[index], self._broken[index]
        style = STYLES[block.role]
        self._y -= style.before if self.pages[-1].lines else style.drop
        self._mark(index)
        while lines:
            room = int((self._y - BOTTOM) / style.leading + 0.001)
            take = len(lines) if room >= len(lines) else min(room, len(lines) - 2)
            for line in lines[:take]:
                self._y -= style.leading
                self.pages[-1].lines.append(replace(line, y=self._y))
            lines = lines[take:]
            if lines:
                self._turn()
        self._y -= style.after

    def _mark(self, index: int) -> None:
        """Add what is drawn and not printed: pictures, and the rules over cases and under parts."""
        page, block, style = self.pages[-1], self._blocks[index], STYLES[self._blocks[index].role]
        if block.role == "caption":
            self._y -= PICTURE_HEIGHT + 6
            page.marks.append((block.detail, self._y))
            self._y -= 3
        elif block.role == "case" and page.lines[-1:] and page.lines[-1].role != "part":
            page.marks.append(("short-rule", self._y + style.before / 2))
        elif block.role == "cover":
            page.marks.append(("mountains", self._y + 36))
        elif block.role == "part":
            height = len(self._broken[index]) * style.leading
            page.marks.append(("rule", self._y - height - 12))


def number_pages(pages: Sequence[Page], blocks: Sequence[Block]) -> None:
    """Label the pages: small roman before the first part, arabic from there on."""
    roles = [{blocks[line.block].role for line in page.lines} for page in pages]
    first = next(i for i, found in enumerate(roles) if "part" in found)
    for index, page in enumerate(pages):
        page.label = ROMAN[index] if index < first else str(index - first + 1)


def add_furniture(pages: Sequence[Page], blocks: Sequence[Block], title: str) -> None:
    """Print page numbers, and running heads: the title on the left, the part on the right."""
    division = ""
    for page in pages:
        opener = next((b for b in (blocks[x.block] for x in page.lines) if b.role in OPENERS), None)
        division = opener.text if opener else division
        if opener is None:
            head = division if is_right_hand(page) else title
            page.lines.insert(0, _outer_line("running-head", head, page, RUNNING_HEAD_Y))
        if opener is None or opener.role not in {"cover", "imprint"}:
            page.lines.append(_outer_line("page-number", page.label, page, FOLIO_Y))


def _outer_line(role: str, text: str, page: Page, y: float) -> Line:
    """Return a line at the outer edge of the page."""
    x = MEASURE - text_width(text, STYLES[role]) if is_right_hand(page) else 0.0
    return Line(role, ((x, text),), y=y)


def is_right_hand(page: Page) -> bool:
    """Tell whether the page lies on the right of an open book."""
    return page.number % 2 == 1


def typeset(manifest: dict[str, Any], body: Sequence[Block]) -> tuple[list[Block], list[Page]]:
    """Return what is printed and its pages; a first pass finds the labels for the contents."""
    blocks, pages = _set_once(manifest, body, {})
    blocks, pages = _set_once(manifest, body, heading_labels(pages, blocks))
    add_furniture(pages, blocks, manifest["title"])
    return blocks, pages


def _set_once(
    manifest: dict[str, Any], body: Sequence[Block], labels: dict[str, str]
) -> tuple[list[Block], list[Page]]:
    blocks = compose(manifest, body, labels)
    pages = Setter(blocks).set_all()
    number_pages(pages, blocks)
    return blocks, pages


def heading_labels(pages: Sequence[Page], blocks: Sequence[Block]) -> dict[str, str]:
    """Return the page label of each chapter, part and case by its heading."""
    labels: dict[str, str] = {}
    for page in pages:
        for line in page.lines:
            if blocks[line.block].role in LISTED:
                labels.setdefault(blocks[line.block].text, page.label)
    return labels


# --- the plain text and its true structure ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Book:
    """The typeset publication: what is printed, the lines of each page, where each block stands."""

    blocks: Sequence[Block]
    pages: Sequence[Page]
    texts: Sequence[Sequence[str]]
    extents: dict[int, Extent]

    @property
    def total(self) -> int:
        """The number of lines in the text file."""
        return sum(len(texts) for texts in self.texts)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch that opens with one heading: its blocks, half-open, and all of its lines."""

    role: str
    head: int
    end: int
    lines: list[int]


def print_text(blocks: Sequence[Block], pages: Sequence[Page]) -> Book:
    """Print every page as lines of text, with an empty one between blocks, and note where."""
    book_texts: list[list[str]] = []
    extents: dict[int, Extent] = {}
    before = 0
    for page in pages:
        texts: list[str] = []
        for index, line in enumerate(page.lines):
            if index and _is_apart(page.lines[index - 1], line):
                texts.append("")
            texts.append(line.text)
            number = before + len(texts)
            first = extents.get(line.block, Extent(number, number, page.number, page.number))
            extents[line.block] = replace(first, last=number, last_page=page.number)
        book_texts.append(texts)
        before += len(texts)
    return Book(blocks, pages, book_texts, extents)


def _is_apart(line: Line, following: Line) -> bool:
    """Tell whether an empty line belongs between two lines: not inside a block or a list."""
    if line.block == following.block:
        return False
    return not (line.role == following.role and line.role in {"item", "entry-case"})


def find_leaves(book: Book) -> list[Leaf]:
    """Return the leaves in order; together they hold every line of the text once."""
    heads = [index for index, block in enumerate(book.blocks) if block.role in LEAVES]
    leaves = []
    for head, end in pairwise([*heads, len(book.blocks)]):
        last = book.extents[end].first - 1 if end in book.extents else book.total
        lines = [book.extents[head].first, last]
        leaves.append(Leaf(book.blocks[head].role, head, end, lines))
    return leaves


def describe(book: Book, manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the true structure; lines, pages and numbers count from 1, ends included."""
    leaves = find_leaves(book)
    first_part = next(i for i, leaf in enumerate(leaves) if leaf.role == "part")
    cases = _cases(book, leaves)
    captions = list(_captions(book, cases))
    matter = [_matter(book, leaf) for leaf in leaves if leaf.role in OPENERS - {"part"}]
    sections = [section["kind"] for case in cases for section in case["sections"]]
    kinds = dict(sorted(Counter(sections).items()))
    return {
        "publication": {**manifest, "pages": len(book.pages), "lines": book.total},
        "pages": list(_pages(book)),
        "front_matter": matter[:first_part],
        "regions": list(_regions(book, leaves, cases)),
        "cases": cases,
        "captions": captions,
        "subheadings": [],
        "furniture": list(_furniture(book)),
        "back_matter": matter[first_part:],
        "counts": {
            "cases": len(cases),
            "sections": len(sections),
            "sections_by_kind": kinds,
            "captions_sure": len(captions),
            "captions_doubtful": 0,
            "pages": len(book.pages),
            "lines": book.total,
        },
    }


def _pages(book: Book) -> Iterator[dict[str, Any]]:
    last = 0
    for page, texts in zip(book.pages, book.texts, strict=True):
        first, last = last + 1, last + len(texts)
        yield {"number": page.number, "label": page.label, "first_line": first, "last_line": last}


def _matter(book: Book, leaf: Leaf) -> dict[str, Any]:
    block = book.blocks[leaf.head]
    return {
        "name": block.text.lower() if leaf.role == "chapter" else leaf.role,
        "heading": block.text,
        "lines": leaf.lines,
        "pages": [book.extents[leaf.head].page, book.extents[leaf.end - 1].last_page],
    }


def _regions(
    book: Book, leaves: Sequence[Leaf], cases: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for leaf in leaves:
        if leaf.role == "part":
            name = book.blocks[leaf.head].text
            yield {
                "name": name,
                "heading": name,
                "heading_contents": name,
                "heading_lines": leaf.lines,
                "page": book.extents[leaf.head].page,
                "cases": [case["number"] for case in cases if case["region"] == name],
            }


def _cases(book: Book, leaves: Sequence[Leaf]) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = []
    part = ""
    for leaf in leaves:
        if leaf.role == "part":
            part = book.blocks[leaf.head].text
        elif leaf.role == "case":
            cases.append({"number": len(cases) + 1, **_case(book, leaf, part), "sections": []})
        elif leaf.role == "section":
            cases[-1]["sections"].append(_section(book, leaf))
            cases[-1]["lines"][1] = leaf.lines[1]
            cases[-1]["pages"][1] = book.extents[leaf.end - 1].last_page
    return cases


def _case(book: Book, leaf: Leaf, part: str) -> dict[str, Any]:
    """Return a case as its header shows it: the title, then the organisation."""
    title, organisation = book.blocks[leaf.head].text, book.blocks[leaf.head + 1].text
    at = book.extents[leaf.head]
    return {
        "title": title,
        "title_contents": title,
        "title_lines": [at.first, at.last],
        "organisation": organisation,
        "organisation_line": book.extents[leaf.head + 1].first,
        "organisation_contents": None,
        "organisation_contact": None,
        "organisation_forms": [organisation],
        "region": part,
        "pages": [at.page, at.last_page],
        "lines": list(leaf.lines),
        "header_lines": leaf.lines,
    }


def _section(book: Book, leaf: Leaf) -> dict[str, Any]:
    heading, last = book.blocks[leaf.head].text, book.extents[leaf.end - 1]
    return {
        "kind": SECTION_KINDS[heading],
        "heading": heading,
        "lines": leaf.lines,
        "body_lines": [book.extents[leaf.head + 1].first, last.last],
        "page": book.extents[leaf.head].page,
        "last_page": last.last_page,
    }


def _captions(book: Book, cases: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for index, block in enumerate(book.blocks):
        if block.role != "caption":
            continue
        at = book.extents[index]
        case = next(case for case in cases if case["lines"][1] >= at.first)
        section = next(part for part in case["sections"] if part["lines"][1] >= at.first)
        yield {
            "lines": [at.first, at.last],
            "page": at.page,
            "case": case["number"],
            "section": section["kind"],
            "sure": True,
            "text": block.text,
        }


def _furniture(book: Book) -> Iterator[dict[str, Any]]:
    """Name the printed lines that belong to the page and not to the text."""
    before = 0
    for page, texts in zip(book.pages, book.texts, strict=True):
        for number, line in ((1, page.lines[0]), (len(texts), page.lines[-1])):
            if line.role in FURNITURE:
                yield {"line": before + number, "kind": line.role, "text": line.text}
        before += len(texts)


# --- drawing the PDF ----------------------------------------------------------------------------


def load_fonts() -> None:
    """Load the typefaces that travel with ReportLab, never those of the system."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def draw_pdf(book: Book, manifest: dict[str, Any], target: Path) -> None:
    """Write the PDF with its metadata, outline and page labels."""
    canvas = Canvas(
        str(target),
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        lang=manifest["language"],
        initialFontName="Vera",  # else every page would name Helvetica, which is not embedded
    )
    canvas.setTitle(f"{manifest['title']}: {manifest['subtitle']}")
    canvas.setAuthor("The Casebook project")
    canvas.setSubject(SUBJECT)
    canvas.setCreator("corpus/make_digest.py")
    body = next(i for i, page in enumerate(book.pages) if page.label == "1")
    canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    canvas.addPageLabel(body, style="ARABIC", start=1)
    outlined: set[int] = set()
    for page in book.pages:
        _draw_page(canvas, page)
        _add_bookmarks(canvas, page, book.blocks, outlined)
        canvas.showPage()
    canvas.save()


def _draw_page(canvas: Canvas, page: Page) -> None:
    left = INNER_MARGIN if is_right_hand(page) else OUTER_MARGIN
    canvas.translate(left, 0)
    for name, y in page.marks:
        _draw_mark(canvas, name, y)
    for line in page.lines:
        style = STYLES[line.role]
        canvas.setFont(style.font, style.size)
        canvas.setFillColorRGB(*style.colour)
        for x, text in line.pieces:
            canvas.drawString(x, line.y, text)


def _draw_mark(canvas: Canvas, name: str, y: float) -> None:
    """Draw a rule, or a picture in its frame with the lower edge at `y`."""
    canvas.setStrokeColorRGB(*ACCENT)
    canvas.setLineWidth(0.6)
    if name not in DRAWINGS:
        canvas.line(0, y, MEASURE if name == "rule" else 36, y)
        return
    canvas.setFillGray(0.91)
    canvas.rect(0, y, MEASURE, PICTURE_HEIGHT, stroke=0, fill=1)
    for grey, *corners in DRAWINGS[name]:
        path = canvas.beginPath()
        for index in range(0, len(corners), 2):
            go = path.lineTo if index else path.moveTo
            go(corners[index] * MEASURE, y + corners[index + 1] * PICTURE_HEIGHT)
        path.close()
        canvas.setFillGray(grey)
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeGray(0.6)
    canvas.rect(0, y, MEASURE, PICTURE_HEIGHT, stroke=1, fill=0)


def _add_bookmarks(canvas: Canvas, page: Page, blocks: Sequence[Block], outlined: set[int]) -> None:
    """Add the headings that begin on this page to the outline; a wrapped one only once."""
    for line in page.lines:
        level = OUTLINE_LEVELS.get(line.role)
        if level is None or line.block in outlined:
            continue
        outlined.add(line.block)
        key, top = f"block-{line.block}", line.y + STYLES[line.role].leading + 4
        canvas.bookmarkHorizontal(key, 0, top, fit="XYZ")
        canvas.addOutlineEntry(blocks[line.block].text, key, level, closed=level == 1)


# --- all of it ----------------------------------------------------------------------------------


def make(target: Path) -> Book:
    """Write the three files into the folder `target` and return what was typeset."""
    manifest = tomllib.loads((HERE / "manifest.toml").read_text(encoding="utf-8"))["publication"]
    body = read_blocks((HERE / "sample" / "digest.md").read_text(encoding="utf-8"))
    load_fonts()
    blocks, pages = typeset(manifest, body)
    book = print_text(blocks, pages)
    draw_pdf(book, manifest, target / "digest.pdf")
    text = "\f".join("\n".join(texts) + "\n" for texts in book.texts)
    (target / "digest.txt").write_text(text, encoding="utf-8", newline="\n")
    gold = json.dumps(describe(book, manifest), ensure_ascii=False, indent=1)
    (target / "digest.gold.json").write_text(gold + "\n", encoding="utf-8", newline="\n")
    return book


def main() -> None:
    """Read the command line, make the sample and say what came of it."""
    parser = argparse.ArgumentParser(description="Make the sample publication.")
    parser.add_argument("--out", type=Path, default=HERE / "sample", help="folder to write to")
    book = make(parser.parse_args().out)
    print(f"{len(book.pages)} pages, {book.total} lines of text")


if __name__ == "__main__":
    main()
