"""Documents: what an engine indexes of a record.

In:  a `Publication`.
Out: one `Document` a section, front and back matter too, in book order. It carries its case's
     title and organisation. Captions interrupt sentences, so they are a field of their own: the
     `Strand`s of a section, each of whose characters knows its place in the section's text.
     It also says what a hit shows of it (`Shown`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search.engine import Document
from search.model import Block, Case, Publication, Section
from search.permalinks import permalink
from search.shown import CaseFields, Shown, ShownStrand

STRANDS = ("body", "caption")  # the fields that a section's strands are


@dataclass(frozen=True, slots=True)
class Strand:
    """Blocks of a section that are read as one text, joined by line feeds.

    `starts[i]` is where the i-th of its blocks begins in `text`, `places[i]` where that block
    begins in the section's text, `numbers[i]` the block's number in the section, from 1.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]
    numbers: tuple[int, ...]

    def block_at(self, offset: int) -> int:
        """Return the number in the section, from 1, of the block that `offset` stands in."""
        return self.numbers[self._index(offset)]

    def in_section(self, offset: int) -> int:
        """Return where a character of this text stands in the section's text."""
        index = self._index(offset)
        return self.places[index] + offset - self.starts[index]

    def spans_in_section(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Cut a span where a block of the other kind stands between, and place the pieces."""
        first, last = self._index(start), self._index(end - 1)
        begin = start
        for index in range(first, last):
            if self.numbers[index + 1] != self.numbers[index] + 1:
                yield self.in_section(begin), self.in_section(self.starts[index + 1] - 1)
                begin = self.starts[index + 1]
        yield self.in_section(begin), self.in_section(end - 1) + 1

    def _index(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)


def strands(section: Section) -> tuple[Strand, Strand]:
    """Return a section's running text and its captions."""
    body: list[tuple[int, int]] = []
    captions: list[tuple[int, int]] = []
    place = 0
    for number, block in enumerate(section.blocks, 1):
        (captions if block.kind == "caption" else body).append((number, place))
        place += len(block.text) + 1
    return _strand(section, body), _strand(section, captions)


def _strand(section: Section, blocks: list[tuple[int, int]]) -> Strand:
    texts = [section.blocks[number - 1].text for number, _ in blocks]
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return Strand(
        text="\n".join(texts),
        starts=tuple(starts),
        places=tuple(place for _, place in blocks),
        numbers=tuple(number for number, _ in blocks),
    )


def documents(publication: Publication) -> Iterator[Document]:
    """Yield a publication's documents in book order, one at a time."""
    order = 0
    labels = publication.page_labels()
    for case in publication.cases:
        fields = _case_fields(publication, case, labels)
        for section in case.sections:
            yield _section_document(publication, case, section, order, fields, labels)
            order += 1


def document_count(publication: Publication) -> int:
    """Return how many documents a publication makes."""
    return sum(len(case.sections) for case in publication.cases)


def section_language(publication: Publication, section: Section) -> str:
    """Return the language that a section is written in; "" where it is not known."""
    return section.language or publication.language


def _section_document(
    publication: Publication,
    case: Case,
    section: Section,
    order: int,
    fields: CaseFields,
    labels: Mapping[int, str],
) -> Document:
    body, captions = strands(section)
    language = section_language(publication, section)
    return Document(
        id=f"{publication.id}/{case.id}/{section.id}",
        publication=publication.id,
        order=order,
        language=language,
        texts={
            "title": case.title,
            "heading": section.heading,
            "organisation": case.organisation,
            "body": body.text,
            "caption": captions.text,
        },
        facets=_facets(publication, case, section.kind, language),
        shown=Shown(
            fields,
            (
                section.id,
                section.kind,
                section.heading,
                section.page,
                labels.get(section.page, ""),
                language,
            ),
            (_shown_strand(section, body), _shown_strand(section, captions)),
        ),
    )


def _case_fields(publication: Publication, case: Case, labels: Mapping[int, str]) -> CaseFields:
    languages = [section_language(publication, section) for section in case.sections]
    return (
        permalink(publication.id, case.id),
        publication.id,
        publication.title,
        case.id,
        case.number,
        case.title,
        case.organisation,
        publication.part_title(case),
        case.first_page,
        labels.get(case.first_page, ""),
        max(languages, key=languages.count, default=publication.language),
    )


def _shown_strand(section: Section, strand: Strand) -> ShownStrand:
    page_starts: list[int] = []
    pages: list[int] = []
    anchors = section.anchors
    for start, number in zip(strand.starts, strand.numbers, strict=True):
        for offset, page in _page_changes(section.blocks[number - 1], section.page):
            if not pages or pages[-1] != page:
                page_starts.append(start + offset)
                pages.append(page)
    return ShownStrand(
        strand.text,
        strand.starts,
        strand.places,
        tuple(anchors[number - 1] for number in strand.numbers),
        tuple(page_starts),
        tuple(pages),
    )


def _page_changes(block: Block, otherwise: int) -> Iterator[tuple[int, int]]:
    """Yield from which offset in a block its characters stand on which page."""
    done = 0
    for line in block.lines:
        if done < min(line.end, len(block.text)):
            yield done, line.page
            done = line.end
    if done < len(block.text):
        yield done, block.page or otherwise


def _facets(
    publication: Publication, case: Case, kind: str, language: str
) -> dict[str, tuple[str, ...]]:
    values = {
        "part": publication.part_title(case),
        # Below the title of a preface or title page stands a subtitle, a place, an author.
        "organisation": case.organisation if case.kind == "case" else "",
        "section_kind": kind,
        "publication": publication.id,
        "year": "" if publication.year is None else str(publication.year),
        "language": language,
    }
    return {name: (value,) if value else () for name, value in values.items()}
