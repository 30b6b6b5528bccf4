"""A publication as a table for spreadsheets: CSV, one row a section.

In:  a record.
Out: UTF-8 with a mark at its head, by which spreadsheets know it; commas, quoted where needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from search.csv_cells import BYTE_ORDER_MARK, written
from search.model import Case, Publication, Section
from search.permalinks import permalink

COLUMNS = (
    *("publication", "publication_title", "year", "part", "case_number", "case", "case_title"),
    *("organisation", "section", "section_kind", "heading", "page", "page_label", "last_page"),
    *("language", "words", "permalink", "text"),
)


def as_table(record: Publication) -> bytes:
    """Return a publication as a table."""
    return (BYTE_ORDER_MARK + written(chain([COLUMNS], _rows(record)))).encode()


def _rows(record: Publication) -> Iterator[tuple[str | int, ...]]:
    labels = record.page_labels()
    for case in record.cases:
        for section in case.sections:
            yield (*_of_case(record, case), *_of_section(record, case, section, labels))


def _of_case(record: Publication, case: Case) -> tuple[str | int, ...]:
    part = record.part_title(case)
    number = case.number or ""
    year = record.year or ""
    return record.id, record.title, year, part, number, case.id, case.title, case.organisation


def _of_section(
    record: Publication, case: Case, section: Section, labels: dict[int, str]
) -> tuple[str | int, ...]:
    return (
        section.id,
        section.kind,
        section.heading,
        section.page or "",
        labels.get(section.page, ""),
        section.last_page or "",
        section.language or record.language,
        len(section.text.split()),
        permalink(record.id, case.id, section.id),
        section.text,
    )
