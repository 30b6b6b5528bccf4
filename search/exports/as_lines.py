"""A publication as JSON lines, one section each: what `casebook import` takes.

In:  a record.
Out: UTF-8; imported into a library the lines make a publication of the same ids.

What a line cannot say is lost: boxes on the page, captions and sub-headings as such (their text
stays), former addresses.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from search.model import Case, Publication, Section


class Line(Struct, frozen=True, omit_defaults=True):
    """One section; the keys are those of the lines that `casebook import` reads."""

    publication: str
    case: str
    section: str
    text: str
    publication_title: str = ""
    case_title: str = ""
    case_kind: str = "case"
    organisation: str = ""
    part: str = ""
    section_kind: str = ""
    heading: str = ""
    language: str = ""
    year: int | None = None
    page: int | None = None
    page_label: str = ""
    translation_of: str = ""


def as_lines(record: Publication) -> bytes:
    """Return a publication as JSON lines."""
    encoder = msgspec.json.Encoder()
    labels = record.page_labels()
    lines = [
        encoder.encode(_line(record, case, section, labels))
        for case in record.cases
        for section in case.sections
    ]
    return b"".join(line + b"\n" for line in lines)


def _line(record: Publication, case: Case, section: Section, labels: dict[int, str]) -> Line:
    return Line(
        publication=record.id,
        case=case.id,
        section=section.id,
        # A blank line parts paragraphs, also the single one of a text that has several lines.
        text="\n\n".join(block.text for block in section.blocks),
        publication_title=record.title,
        case_title=case.title,
        case_kind=case.kind,
        organisation=case.organisation,
        part=record.part_title(case),
        section_kind=section.kind,
        heading=section.heading,
        language=section.language or record.language,
        year=record.year,
        page=section.page or None,
        page_label=labels.get(section.page, ""),
        translation_of=record.translation_of,
    )
