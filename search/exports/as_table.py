"""A publication as a table for spreadsheets: CSV, one row a section.

In:  a record.
Out: UTF-8 with a mark at its head, by which spreadsheets know it; commas, quoted where needed.

A cell that begins like a formula gets an apostrophe before it: no text of a book is ever worked
out by the program that opens the table (OWASP, “CSV injection”).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from search.model import Case, Publication, Section
from search.permalinks import permalink

COLUMNS = (
    *("publication", "publication_title", "year", "part", "case_number", "case", "case_title"),
    *("organisation", "section", "section_kind", "heading", "page", "page_label", "last_page"),
    *("language", "words", "permalink", "text"),
)

_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_table(record: Publication) -> bytes:
    """Return a publication as a table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in row] for row in _rows(record))
    return (_MARK + out.getvalue()).encode()


def safe_cell(value: str | int) -> str | int:
    """Keep a text from being taken for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


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
