"""The structure of a publication as data: what `casebook export --format json` prints.

In:  a publication's record.
Out: plain structs, made for JSON. Ids and numbers are those of search (`case`, `case_number`,
     `section`); pages count from 1, None where nothing is known.
"""

from __future__ import annotations

from msgspec import Struct

from search.model import Case, Publication, Section


class ExportedHeading(Struct, frozen=True):
    """A heading inside a section; level 1 is the next below the section's own."""

    level: int
    title: str
    page: int | None


class ExportedSection(Struct, frozen=True):
    """A section: its text without heading and captions, which stand beside it."""

    id: str
    kind: str
    heading: str
    text: str
    page: int | None
    last_page: int | None
    language: str
    captions: tuple[str, ...]
    headings: tuple[ExportedHeading, ...]


class ExportedCase(Struct, frozen=True):
    """A case, or front or back matter (`kind`), which has no number.

    `part` and `region` both give the title of the part that it stands in.
    """

    id: str
    number: int | None
    kind: str
    title: str
    title_in_contents: str
    organisation: str
    part: str
    region: str
    first_page: int | None
    last_page: int | None
    sections: tuple[ExportedSection, ...]


class ExportedPublication(Struct, frozen=True):
    """What is known about the publication as a whole; `pages` counts them."""

    id: str
    title: str
    subtitle: str
    year: int | None
    language: str
    publisher: str
    place: str
    authors: tuple[str, ...]
    isbn: str
    rights: str
    edition: int
    pages: int
    source: str
    parts: tuple[str, ...]
    notes: tuple[str, ...]
    translation_of: str


class Export(Struct, frozen=True):
    """A publication and its cases in book order."""

    publication: ExportedPublication
    cases: tuple[ExportedCase, ...]


def export_publication(record: Publication) -> Export:
    """Return a publication's structure, front and back matter included."""
    return Export(_facts(record), tuple(_case(record, case) for case in record.cases))


def _facts(record: Publication) -> ExportedPublication:
    return ExportedPublication(
        id=record.id,
        title=record.title,
        subtitle=record.subtitle,
        year=record.year,
        language=record.language,
        publisher=record.publisher,
        place=record.place,
        authors=record.authors,
        isbn=record.isbn,
        rights=record.rights,
        edition=record.edition,
        pages=len(record.pages),
        source=record.source.name,
        parts=tuple(part.title for part in record.parts),
        notes=record.notes,
        translation_of=record.translation_of,
    )


def _case(record: Publication, case: Case) -> ExportedCase:
    part = record.part_title(case)
    return ExportedCase(
        id=case.id,
        number=case.number,
        kind=case.kind,
        title=case.title,
        title_in_contents=case.title_in_contents,
        organisation=case.organisation,
        part=part,
        region=part,
        first_page=case.first_page or None,
        last_page=case.last_page or None,
        sections=tuple(_section(section, record.language) for section in case.sections),
    )


def _section(section: Section, language: str) -> ExportedSection:
    blocks = section.blocks
    return ExportedSection(
        id=section.id,
        kind=section.kind,
        heading=section.heading,
        text="\n".join(block.text for block in blocks if block.kind != "caption"),
        page=section.page or None,
        last_page=section.last_page or None,
        language=section.language or language,
        captions=tuple(block.text for block in blocks if block.kind == "caption"),
        headings=tuple(
            ExportedHeading(block.level, block.text, block.page or None)
            for block in blocks
            if block.kind == "heading"
        ),
    )
