"""Reading views: a case of a record → what its page shows.

In:  a publication, a case, what finds the highlights of a section, a title, an organisation.
Out: sections with anchors, blocks gathered into paragraphs, lists, captions; text cut at
     highlights, numbered through the page, and where printed pages begin; a citation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from search.list_signs import SIGN
from search.model import Block, Case, PageLabel, Publication, Section
from search.results import Highlight
from webui import urls
from webui.former_anchors import Departed, former_anchors
from webui.names import page_range
from webui.segments import Mark, Segment, cut, number_marks

FIRST_LEVEL = 2  # of a section's heading; a block heading of level 1 stands below it
DEEPEST_LEVEL = 6


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block; `level` is the HTML level of a heading; `former` are anchors that lead here now.

    `sign` is what a list item begins with (a bullet, a number); `segments` go on behind it.
    """

    kind: str
    number: int
    anchor: str
    url: str
    segments: tuple[Segment, ...]
    sign: str = ""
    level: int = 0
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Blocks of one kind that stand together: the items of a list, or one block."""

    kind: str
    blocks: tuple[BlockView, ...]

    @property
    def has_signs(self) -> bool:
        """Tell whether these items bring their own signs."""
        return any(block.sign for block in self.blocks)


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; `former` are anchors that lead here now."""

    section: Section
    url: str
    heading: tuple[Segment, ...]
    flows: tuple[Flow, ...]
    former: tuple[str, ...]
    hits: int
    language: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A whole case, how many highlights it has, and its neighbours in book order."""

    case: Case
    title: tuple[Segment, ...]
    organisation: tuple[Segment, ...]
    part: str
    pages: str
    sections: tuple[SectionView, ...]
    hits: int
    before: Case | None
    after: Case | None
    opening: tuple[str, ...]  # former anchors that lead to the case itself
    departed: tuple[Departed, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Finds what to mark: in a section; in a line that stands in a field of the index."""

    in_section: Callable[[Section], Sequence[Highlight]]
    in_line: Callable[[str, str], Sequence[tuple[int, int]]]


class _Reader:
    """Reads a case from its first line to its last, keeping count of hits and pages."""

    def __init__(self, publication: Publication, case: Case) -> None:
        self._publication, self._case = publication, case
        self.former = former_anchors(publication, case)
        self._labels = {page.number: page for page in publication.pages}
        self._page = 0
        self.hits = 0

    def line(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
        """Read one line that is no section's: a title, a heading."""
        begun = self.hits
        self.hits += len(spans)
        return cut(text, number_marks(spans, begun + 1), begun=begun)

    def read(self, section: Section, highlights: Sequence[Highlight]) -> SectionView:
        before = self.hits
        heading = self._heading(section, highlights)
        blocks = tuple(self._blocks(section, highlights))
        return SectionView(
            section=section,
            url=urls.permalink(self._publication.id, self._case.id, section.id),
            heading=heading,
            flows=tuple(_flows(blocks)),
            former=self.former.here.get(section.id, ()),
            hits=self.hits - before,
            language=section.language or self._publication.language,
        )

    def _heading(self, section: Section, highlights: Sequence[Highlight]) -> tuple[Segment, ...]:
        spans = [(mark.start, mark.end) for mark in highlights if mark.field == "heading"]
        begun = self.hits
        self.hits += len(spans)
        pages = self._page_starts([(0, line.page) for line in section.heading_lines[:1]])
        return cut(section.heading, number_marks(spans, begun + 1), pages=pages, begun=begun)

    def _blocks(self, section: Section, highlights: Sequence[Highlight]) -> Iterator[BlockView]:
        spans = [(mark.start, mark.end) for mark in highlights if mark.field != "heading"]
        marks = number_marks(spans, self.hits + 1)
        place = 0
        for number, block in zip(section.anchors, section.blocks, strict=True):
            end = place + len(block.text)
            here = [_moved(mark, -place) for mark in marks if mark.start < end and mark.end > place]
            yield self._block_view(section, block, number, here)
            self.hits = max([self.hits, *(mark.hit for mark in here)])
            place = end + 1

    def _block_view(
        self, section: Section, block: Block, number: int, marks: Sequence[Mark]
    ) -> BlockView:
        found = SIGN.match(block.text) if block.kind == "item" else None
        skip = found.end() if found else 0
        marks = [_moved(mark, -skip) for mark in marks]
        pages = self._page_starts([(max(at.start - skip, 0), at.page) for at in block.lines])
        anchor = urls.anchor(section.id, number)
        return BlockView(
            kind=block.kind,
            number=number,
            anchor=anchor,
            url=urls.permalink(self._publication.id, self._case.id, section.id, number),
            segments=cut(block.text[skip:], marks, pages=pages, begun=self.hits),
            sign=block.text[:skip].strip(),
            level=_heading_level(section, block),
            former=self.former.here.get(anchor, ()),
        )

    def _page_starts(self, lines: Sequence[tuple[int, int]]) -> dict[int, PageLabel]:
        """Return where pages begin; a caption may stand out of order, a page begins but once."""
        starts = {}
        for start, page in lines:
            if page > self._page:
                starts[start] = self._labels.get(page, PageLabel(page, ""))
                self._page = page
        return starts


def read_case(publication: Publication, case: Case, marks: Marks) -> CaseView:
    """Return what a case's page shows."""
    reader = _Reader(publication, case)  # it counts as it goes: title first, `hits` last
    at = publication.cases.index(case)
    return CaseView(
        case=case,
        title=reader.line(case.title, marks.in_line(case.title, "title")),
        organisation=reader.line(
            case.organisation, marks.in_line(case.organisation, "organisation")
        ),
        part=publication.part_title(case),
        pages=page_range(publication, case.first_page, case.last_page),
        sections=tuple(reader.read(each, marks.in_section(each)) for each in case.sections),
        hits=reader.hits,
        before=publication.cases[at - 1] if at else None,
        after=publication.cases[at + 1] if at + 1 < len(publication.cases) else None,
        opening=reader.former.here.get("", ()),
        departed=reader.former.departed,
    )


def citation(publication: Publication, case: Case) -> tuple[str, str, str]:
    """Cite a case: what stands before the publication's title, the title, what follows it."""
    authors = ", ".join(publication.authors).rstrip(".")
    authors = f"{authors}. " if authors else ""
    place = ": ".join(filter(None, (publication.place, publication.publisher)))
    year = str(publication.year) if publication.year else ""
    imprint = ", ".join(filter(None, (place, year)))
    pages = page_range(publication, case.first_page, case.last_page)
    after = f"{imprint}{', ' if imprint and pages else ''}{pages}"
    return f"{authors}“{case.title}”. In: ", publication.title, f". {after}." if after else "."


def _heading_level(section: Section, block: Block) -> int:
    """Return the HTML level of a block heading; no level is left out on the way down to it."""
    above = FIRST_LEVEL if section.heading else FIRST_LEVEL - 1
    return min(above + max(block.level, 1), DEEPEST_LEVEL)


def _flows(blocks: Sequence[BlockView]) -> Iterator[Flow]:
    """Gather list items that stand together; every other block stands alone."""
    for (kind, _), together in groupby(blocks, key=_flow_key):
        yield Flow(kind, tuple(together))


def _flow_key(block: BlockView) -> tuple[str, int]:
    return block.kind, 0 if block.kind == "item" else block.number


def _moved(mark: Mark, by: int) -> Mark:
    return Mark(mark.start + by, mark.end + by, mark.hit)
