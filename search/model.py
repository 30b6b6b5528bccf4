"""The model: a publication as it is stored, and the printed page it came from.

Imported by everybody, imports nobody. Everything is a frozen msgspec Struct, so that it goes to
disk and to JSON as it is.

Two trees:

* `Extraction`: what the reader saw. Pages of printed lines with boxes and fonts. Kept beside the
  record, so that segmenting again never parses a PDF again.
* `Publication`: the record. Publication → part → case → section → block; every block knows the
  printed lines its characters came from.

Units: points (1/72 inch) from the top left corner of the page, y downwards; page numbers count
from 1; spans are half-open `[start, end)` in code points.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

BlockKind = Literal["paragraph", "item", "caption", "heading", "table"]
CaseKind = Literal["case", "front", "back"]
Language = str  # ISO 639-1 code, or "" where it is not known


# ---- what the reader saw ------------------------------------------------------------------


class Box(Struct, frozen=True, array_like=True):
    """A rectangle on a page, points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class WordBox(Struct, frozen=True, array_like=True):
    """A word of a line: its span in the line's text, and where it stands across the page."""

    start: int
    end: int
    left: float
    right: float


class PrintedLine(Struct, frozen=True, omit_defaults=True):
    """One printed line (of one column), its text without surrounding white space.

    A line of a plain text has no box and no font; `indent` then counts its leading blanks. Empty
    lines of a plain text are kept with an empty `text`; a PDF has none.
    """

    text: str
    box: Box | None = None
    size_pt: float = 0.0  # of most of its characters; 0 where unknown
    font: str = ""  # base font name of most of its characters, without the subset prefix
    bold: bool = False
    italic: bool = False
    lead: int = 0  # of its characters, from the first, that are bold or slanted unlike the rest
    indent: int = 0
    words: tuple[WordBox, ...] = ()


class PrintedPage(Struct, frozen=True, omit_defaults=True):
    """One page: its place in the file and its lines in reading order."""

    number: int
    label: str = ""  # the PDF's own page label; "" where it has none
    width_pt: float = 0.0
    height_pt: float = 0.0
    lines: tuple[PrintedLine, ...] = ()
    figures: tuple[Box, ...] = ()  # images and filled rectangles large enough to be pictures


class OutlineEntry(Struct, frozen=True):
    """A bookmark: level from 1, title, the page it leads to (None where it leads nowhere)."""

    level: int
    title: str
    page: int | None


class LostPage(Struct, frozen=True):
    """A page that could not be read, or not wholly, and why, in words for a person."""

    number: int
    reason: str


class Extraction(Struct, frozen=True, omit_defaults=True):
    """What the reader saw in one file.

    `paged` is False for a plain text without form feeds: its lines then all stand on page 1 and
    the page starts still have to be found.
    """

    media: Literal["pdf", "text"]
    pages: tuple[PrintedPage, ...]
    outline: tuple[OutlineEntry, ...] = ()
    metadata: dict[str, str] = {}  # keys of the PDF's Info: title, author, language …
    lost_pages: tuple[LostPage, ...] = ()
    paged: bool = True


# ---- the record ---------------------------------------------------------------------------


class LineSpan(Struct, frozen=True, omit_defaults=True):
    """A printed line's stretch of a block's text: `text[start:end]` was printed there."""

    start: int
    end: int
    page: int
    line: int  # index into that page's lines in the extraction, from 0
    box: Box | None = None


class Block(Struct, frozen=True, omit_defaults=True):
    """A paragraph, list item, caption, sub-heading or table row group."""

    kind: BlockKind
    text: str
    lines: tuple[LineSpan, ...] = ()
    level: int = 0  # of a sub-heading, counted from the section's own level: 1 is the next below
    anchor: int = 0  # its number in addresses; 0 where that is its place in the section, from 1

    @property
    def page(self) -> int:
        """The page it begins on; 0 where nothing is known (imported text)."""
        return self.lines[0].page if self.lines else 0


class Section(Struct, frozen=True, omit_defaults=True):
    """A headed stretch of a case. The text before the first heading is the section `lead`."""

    id: str  # unique in the case
    kind: str
    heading: str  # as printed; "" for the lead
    page: int  # of the heading, else of the first block; 0 where unknown
    last_page: int
    blocks: tuple[Block, ...] = ()
    language: Language = ""  # "" means the publication's
    heading_lines: tuple[LineSpan, ...] = ()

    @property
    def text(self) -> str:
        """The blocks joined by a line feed: what is searched, and what spans count in."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def anchors(self) -> tuple[int, ...]:
        """The blocks' numbers in addresses (`…/p3`): they stay with their text in new editions."""
        return tuple(block.anchor or place for place, block in enumerate(self.blocks, 1))


class Case(Struct, frozen=True, omit_defaults=True):
    """The unit that readers cite. Front and back matter are cases without a number."""

    id: str  # unique in the publication
    kind: CaseKind
    title: str
    first_page: int
    last_page: int
    sections: tuple[Section, ...]
    number: int | None = None  # from 1, only of kind "case"
    organisation: str = ""
    part: str = ""  # id of its part; "" where it has none
    title_in_contents: str = ""  # where the contents page words it otherwise
    title_lines: tuple[LineSpan, ...] = ()


class Part(Struct, frozen=True, omit_defaults=True):
    """A division that groups cases; `title` is its normal form, also the facet value."""

    id: str
    title: str
    page: int = 0


class PageLabel(Struct, frozen=True, array_like=True):
    """A page of the publication: its place in the file and what is printed on it."""

    number: int
    label: str  # "" where nothing is printed and the file says nothing


class Source(Struct, frozen=True, omit_defaults=True):
    """The file that was given: stored byte for byte as `source.<media>`."""

    name: str
    media: Literal["pdf", "text", "jsonl"]
    sha256: str
    size_bytes: int


class Retired(Struct, frozen=True, omit_defaults=True):
    """An address once given out: `case`, `case/section` or `case/section/p3`, and where it is now.

    `successor` is empty where the text is gone; `note` then says what happened.
    """

    address: str
    successor: str = ""
    note: str = ""


class Publication(Struct, frozen=True, omit_defaults=True):
    """One PDF or text as segmented: the source of truth for reading and indexing."""

    id: str
    title: str
    source: Source
    cases: tuple[Case, ...]  # in book order, front and back matter included
    parts: tuple[Part, ...] = ()
    pages: tuple[PageLabel, ...] = ()
    year: int | None = None
    language: Language = ""
    subtitle: str = ""
    publisher: str = ""
    place: str = ""
    authors: tuple[str, ...] = ()
    isbn: str = ""
    rights: str = ""
    rights_download: bool = False  # may a reader download the source?
    edition: int = 1
    retired: tuple[Retired, ...] = ()
    extractor: str = ""  # name and version of what read the source
    notes: tuple[str, ...] = ()  # what a reader should know: pages lost …
    translation_of: str = ""  # id of the publication that is this book in another language
    translated: dict[str, str] = {}  # address here → address there, "" for none; where said
    format: int = 1  # of this record

    def page_labels(self) -> dict[int, str]:
        """What is printed on the pages, by their place in the file; those without are left out."""
        return {page.number: page.label for page in self.pages if page.label}

    def part_title(self, case: Case) -> str:
        """The title of the part that a case stands in; "" where it stands in none."""
        return next((part.title for part in self.parts if part.id == case.part), "")
