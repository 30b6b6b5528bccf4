"""Order: a publication's cases with the parts they stand in, and how their pages are called.

In:  a record.
Out: cases in book order, each with the title of the part that begins with it; page names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from search.model import Case, Publication

PageNames = Callable[[int], str]  # place in the file → what the page is called, "" where unknown


class PlacedCase(NamedTuple):
    """A case; `opens_part` is the title of the part that begins here, "" where none does."""

    case: Case
    opens_part: str


def placed_cases(record: Publication) -> Iterator[PlacedCase]:
    """Yield the cases in book order."""
    part = ""
    for case in record.cases:
        title = record.part_title(case)
        yield PlacedCase(case, title if title != part else "")
        part = title


def case_title(case: Case) -> str:
    """Return a case's title, behind its number where it has one."""
    return f"{case.number}. {case.title}" if case.number else case.title


def page_names(record: Publication) -> PageNames:
    """Return what names a page by what is printed on it, else by its place in the file."""
    labels, is_pdf = record.page_labels(), record.source.media == "pdf"

    def name(page: int) -> str:
        if label := labels.get(page, ""):
            return f"p. {label}"
        return f"PDF p. {page}" if page and is_pdf else ""

    return name


def facts(record: Publication) -> Iterator[tuple[str, str]]:
    """Yield what is known of a publication, as name and value."""
    yield "Authors", ", ".join(record.authors)
    yield "Publisher", ", ".join(x for x in (record.publisher, record.place) if x)
    yield "Year", str(record.year or "")
    yield "ISBN", record.isbn
    yield "Rights", record.rights
