"""Renderings: one invented report, typeset in many ways, with its true headings.

Each kind of rendering is a `Look`; `typeset` draws it as a PDF and tells where its headings stand.
The words mean nothing: what counts is how the lines look.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

_SPOKEN = (
    "council water canal farm seed road snow teacher roof member money bakery market "
    "office pump talk week notebook bridge spring village household engineer result along "
    "because should would after before every among beside while many from with were had "
    "the and for "
)
WORDS = tuple(_SPOKEN.split())
WIDTH, HEIGHT = (float(side) for side in A4)
TOP, FOOT, LEFT, MEASURE = HEIGHT - 80, 80.0, 70.0, WIDTH - 140
GUTTER = 20.0
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@dataclass(frozen=True)
class Type:
    """How a level of headings is set."""

    font: str = "Times-Bold"
    size: float = 11.0
    caps: bool = False
    small_caps: bool = False
    centred: bool = False
    spread: float = 0.0  # letter spacing
    run_in: bool = False


@dataclass(frozen=True)
class Look:
    """How a rendering looks; `levels` are the types of its headings, from the top."""

    levels: tuple[Type, ...]
    numbers: str = ""  # "decimal", "roman", "word" ("Chapter 1" on a line of its own)
    columns: int = 1
    contents: int = 0  # levels in the contents page
    title_page: bool = True
    new_pages: bool = True
    running_head: str = ""
    drop_caps: bool = False
    boxes: bool = False
    tables: bool = False
    notes: bool = False
    quotes: bool = False
    frames: bool = False
    items: bool = False
    labels: tuple[str, ...] = ()  # sections that come again in every case
    annexes: bool = False


@dataclass(frozen=True)
class TrueHeading:
    """A heading, its level from 1 and the page it stands on."""

    level: int
    title: str
    page: int


@dataclass(frozen=True)
class _Piece:
    level: int  # of a heading; 0 for a paragraph
    text: str
    number: str = ""


class _Author:
    """Writes sentences and titles, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self.chosen = random.Random(seed)
        self.titles: set[str] = set()

    def words(self, low: int, high: int) -> str:
        text = " ".join(self.chosen.choices(WORDS, k=self.chosen.randint(low, high)))
        return text[0].upper() + text[1:]

    def title(self) -> str:
        title = self.words(2, 6)
        while title in self.titles:
            title = self.words(2, 6)
        self.titles.add(title)
        return title

    def paragraph(self) -> str:
        return " ".join(f"{self.words(7, 16)}." for _ in range(self.chosen.randint(2, 5)))

    def report(self, look: Look, chapters: int = 7) -> Iterator[_Piece]:
        for chapter in range(1, chapters + 1):
            yield from self._part(look, 1, (chapter,))
        for letter in "AB" if look.annexes else "":
            yield _Piece(1, f"Annex {letter}. {self.title()}")
            yield _Piece(0, self.paragraph())

    def _part(self, look: Look, level: int, number: tuple[int, ...]) -> Iterator[_Piece]:
        label = look.labels[number[-1] - 1] if look.labels and level > 1 else self.title()
        yield _Piece(level, label, _number(look, level, number))
        yield from (_Piece(0, self.paragraph()) for _ in range(self.chosen.randint(1, 3)))
        if level < len(look.levels):
            below = len(look.labels) or self.chosen.randint(2, 3)
            for k in range(1, below + 1):
                yield from self._part(look, level + 1, (*number, k))


def _number(look: Look, level: int, number: tuple[int, ...]) -> str:
    if look.numbers == "decimal":
        return ".".join(map(str, number))
    if look.numbers == "roman":
        return (ROMAN[number[-1] - 1], chr(64 + number[-1]), str(number[-1]))[level - 1] + "."
    return f"Chapter {number[0]}" if look.numbers == "word" and level == 1 else ""


class _Press:
    """Puts lines on pages."""

    def __init__(self, path: Path, look: Look) -> None:
        self.canvas = Canvas(str(path))
        self.look = look
        self.page, self.column, self.y = 1, 0, TOP
        self.found: list[TrueHeading] = []
        self.measure: float = (MEASURE - GUTTER * (look.columns - 1)) / look.columns
        self.author = _Author(99)

    @property
    def left(self) -> float:
        return LEFT + self.column * (self.measure + GUTTER)

    def new_page(self) -> None:
        if self.look.running_head and self.page > 1:
            self._draw(LEFT, HEIGHT - 45, self.look.running_head, "Times-Italic", 9)
        if self.page > 1:
            self._draw(WIDTH / 2, 40, str(self.page), "Times-Roman", 9)
        self.canvas.showPage()
        self.page, self.column, self.y = self.page + 1, 0, TOP

    def room(self, height: float) -> None:
        if self.y - height >= FOOT:
            return
        if self.column + 1 < self.look.columns:
            self.column, self.y = self.column + 1, TOP
        else:
            self.new_page()

    def _draw(self, x: float, y: float, text: str, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def lines(self, text: str, font: str, size: float, first_indent: float = 0.0) -> list[str]:
        broken, room = [""], self.measure - first_indent
        for word in text.split():
            longer = f"{broken[-1]} {word}".strip()
            if stringWidth(longer, font, size) > room and broken[-1]:
                broken.append(word)
                room = self.measure
            else:
                broken[-1] = longer
        return broken

    def text(self, text: str, font: str = "Times-Roman", size: float = 11.0) -> None:
        for line in self.lines(text, font, size):
            self.room(size * 1.2)
            self._draw(self.left, self.y, line, font, size)
            self.y -= size * 1.25
        self.y -= size * 0.5

    def heading(self, piece: _Piece) -> None:
        kind = self.look.levels[piece.level - 1]
        self.room(kind.size * 6)
        if self.y < TOP:
            self.y -= kind.size
        if piece.number.startswith("Chapter"):
            self._draw(self.left, self.y, piece.number, kind.font, kind.size * 0.8)
            self.y -= kind.size * 1.5
        title = piece.text if "Chapter" in piece.number else f"{piece.number} {piece.text}".strip()
        self.found.append(TrueHeading(piece.level, title, self.page))
        for line in self.lines(title.upper() if kind.caps else title, kind.font, kind.size):
            self._title_line(line, kind)
            self.y -= kind.size * 1.25
        self.y -= kind.size * 0.4

    def _title_line(self, line: str, kind: Type) -> None:
        if kind.small_caps:
            self._small_caps(line, kind)
            return
        width = stringWidth(line, kind.font, kind.size)
        x = self.left + (self.measure - width) / 2 if kind.centred else self.left
        self.canvas.setFont(kind.font, kind.size)
        self.canvas.drawString(x, self.y, line, charSpace=kind.spread)

    def _small_caps(self, line: str, kind: Type) -> None:
        x = self.left
        for letter in line:
            size = kind.size if letter.isupper() else kind.size * 0.75
            self._draw(x, self.y, letter.upper(), kind.font, size)
            x += stringWidth(letter.upper(), kind.font, size)

    def run_in(self, piece: _Piece, paragraph: str) -> None:
        kind = self.look.levels[piece.level - 1]
        self.room(kind.size * 3)
        self.found.append(TrueHeading(piece.level, piece.text, self.page))
        title = f"{piece.text}. "
        indent = stringWidth(title, kind.font, kind.size)
        self._draw(self.left, self.y, title, kind.font, kind.size)
        for k, line in enumerate(self.lines(paragraph, "Times-Roman", 11, indent)):
            if k:
                self.room(13)
            self._draw(self.left + (0 if k else indent), self.y, line, "Times-Roman", 11)
            self.y -= 13.75
        self.y -= 5.5

    def dropped(self, paragraph: str) -> None:
        self.room(60)
        self._draw(self.left, self.y - 18, paragraph[0], "Times-Roman", 40)
        for k, line in enumerate(self.lines(paragraph[1:], "Times-Roman", 11, 0)):
            if k > 2:
                self.room(13)
            indent = 32 if k < 2 else 0
            self._draw(self.left + indent, self.y, line, "Times-Roman", 11)
            self.y -= 13.75
        self.y -= 5.5

    def extras(self) -> None:
        """What is no heading, but strikes the eye."""
        chance = self.author.chosen.random()
        if self.look.quotes and chance < 0.3:
            self.text(f"“{self.author.words(9, 14)}.”", "Times-Italic", 15)
        if self.look.boxes and chance > 0.7:
            self.room(80)
            self.text(f"Box {len(self.found)}. {self.author.words(2, 4)}", "Helvetica-Bold", 10)
            self.text(self.author.paragraph(), "Helvetica", 9)
        if self.look.tables and chance < 0.35:
            self._table()
        if self.look.frames and chance > 0.8:
            self._framed()
        if self.look.items and chance < 0.3:
            self._items()
        if self.look.notes and chance > 0.5:
            self.text(f"{len(self.found)} {self.author.words(8, 20)}.", "Times-Roman", 8)

    def _framed(self) -> None:
        """A box whose heading is set as headings of the text are."""
        self.room(130)
        top = self.y + 16
        self.text(self.author.words(2, 4), self.look.levels[-1].font, self.look.levels[-1].size)
        for _ in range(3):
            self.text(f"{self.author.words(5, 7)}.", size=9)
        self.canvas.rect(self.left - 4, self.y + 4, self.measure + 8, top - self.y - 4)
        self.y -= 8

    def _items(self) -> None:
        """Numbered points, each with a bold line above its text."""
        for number in range(1, 5):
            self.room(40)
            self.text(f"{number}. {self.author.words(2, 4)}", "Times-Bold")
            self.text(f"{self.author.words(5, 9)}.")

    def _table(self) -> None:
        self.room(120)
        self.text(f"Table {len(self.found)}. {self.author.words(2, 4)}", "Times-Bold")
        for row in range(5):
            font = "Times-Roman" if row else "Times-Bold"
            cells = [
                self.author.words(1, 2),
                *(str(self.author.chosen.randint(1, 900)) for _ in "ab"),
            ]
            for k, cell in enumerate(cells if row else ["Village", "Farms", "Families"]):
                self._draw(self.left + 150 * k, self.y, cell, font, 10)
            self.y -= 13
        self.y -= 8


def typeset(path: Path, look: Look, seed: int = 1) -> list[TrueHeading]:
    """Draw a report as a PDF; with a contents page it is drawn twice, to know its numbers."""
    found: list[TrueHeading] = []
    for _ in range(2 if look.contents else 1):
        found = _print(path, look, list(_Author(seed).report(look)), found)
    return found


def _print(
    path: Path, look: Look, pieces: list[_Piece], known: list[TrueHeading]
) -> list[TrueHeading]:
    press = _Press(path, look)
    if look.title_page:
        press.canvas.setFont("Helvetica-Bold", 26)
        press.canvas.drawCentredString(WIDTH / 2, 500, "On the Work of the Year")
        press.canvas.setFont("Helvetica", 12)
        press.canvas.drawCentredString(WIDTH / 2, 200, "Oldtown 2015")
        press.new_page()
    if look.contents:
        _print_contents(press, look, known)
        press.new_page()
    before: _Piece | None = None
    for piece in pieces:
        _put(press, look, piece, before)
        before = piece
    press.new_page()
    press.canvas.save()
    return press.found


def _print_contents(press: _Press, look: Look, known: list[TrueHeading]) -> None:
    press.text("Contents", "Helvetica-Bold", 16)
    for heading in known:
        if heading.level <= look.contents:
            indent = 14.0 * (heading.level - 1)
            label = f"{heading.title} "
            leaders = "." * int(
                (MEASURE - indent - stringWidth(label, "Times-Roman", 10)) / 2.5 - 8
            )
            press.canvas.setFont("Times-Roman", 10)
            press.canvas.drawString(LEFT + indent, press.y, f"{label}{leaders} {heading.page}")
            press.y -= 13


def _put(press: _Press, look: Look, piece: _Piece, before: _Piece | None) -> None:
    run_in = before is not None and before.level and look.levels[before.level - 1].run_in
    if piece.level:
        if piece.level == 1 and look.new_pages and press.found:
            press.new_page()
        if not look.levels[piece.level - 1].run_in:
            press.heading(piece)
    elif run_in and before is not None:
        press.run_in(before, piece.text)
    elif look.drop_caps and before is not None and before.level == 1:
        press.dropped(piece.text)
    else:
        press.text(piece.text)
        press.extras()
