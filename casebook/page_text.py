"""A printed page for the terminal: what of which cases and sections stands on it.

In:  a record, and a page as its address names it: what is printed on it, or `pdf-7`.
Out: `Page`, for a script; rich renderables, for a person.
Errors: NotFoundError where there is no such page, or several bear that label.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from rich.console import Group, RenderableType
from rich.text import Text

from casebook.terminal import one_line, plain
from casebook.tree_text import page_range
from search.errors import NotFoundError
from search.model import Block, Case, PageLabel, Publication, Section
from search.permalinks import find_page


class Piece(Struct, frozen=True):
    """What stands on the page of one section; `case` and `section` are ids."""

    case: str
    case_title: str
    section: str
    heading: str
    text: str


class Page(Struct, frozen=True):
    """A page: its place in the file, what is printed on it, what stands on it."""

    publication: str
    page: int
    label: str
    pieces: tuple[Piece, ...]


def read_page(record: Publication, name: str) -> Page:
    """Return what stands on a page."""
    found = find_page(record, name)
    if found is None:
        raise NotFoundError(
            f"there is no page {name}, or more than one", where=record.id, fix=_pages(record)
        )
    pieces = (
        piece
        for case in record.cases
        for section in case.sections
        if (piece := _piece(case, section, found.number))
    )
    return Page(record.id, found.number, found.label, tuple(pieces))


def page_text(record: Publication, page: Page) -> RenderableType:
    """Show a page as it stands in the book, with the names of what is on it."""
    place = page_range(record, page.page, page.page)
    head = Text(f"{one_line(record.title)}, {place}", style="bold")
    return Group(head, *(line for piece in page.pieces for line in _lines(piece)))


def _pages(record: Publication) -> str:
    if not record.pages:
        return "This publication has no pages"
    first, last = (_name(page) for page in (record.pages[0], record.pages[-1]))
    return f"Its pages go from {first} to {last}; pdf-7 is the seventh of the file"


def _name(page: PageLabel) -> str:
    return page.label or f"pdf-{page.number}"


def _lines(piece: Piece) -> Iterator[Text]:
    yield Text()
    title = f"{piece.case_title} — {piece.heading}" if piece.heading else piece.case_title
    yield Text(one_line(title), style="cyan")
    yield Text(f"{piece.case}/{piece.section}", style="dim")
    yield Text(plain(piece.text))


def _piece(case: Case, section: Section, page: int) -> Piece | None:
    texts = [text for block in section.blocks if (text := _on_page(block, page))]
    is_headed = any(line.page == page for line in section.heading_lines)
    if not texts and not is_headed:
        return None
    return Piece(case.id, case.title, section.id, section.heading, "\n".join(texts))


def _on_page(block: Block, page: int) -> str:
    """Return the stretch of a block that is printed on a page."""
    spans = [line for line in block.lines if line.page == page]
    if not spans:
        return ""
    return block.text[min(s.start for s in spans) : max(s.end for s in spans)]
