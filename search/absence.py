"""Absence: what was searched when something was not found, so that an absence can be cited.

In:  a library and the filters of a question.
Out: the cases that were searched, in book order, and how many sections they have.
Errors: none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from search.results import Hit
from search.searcher import Library


class Searched(Struct, frozen=True):
    """What a question was put to. `cases` are listed up to the setting `most_hits`."""

    case_total: int
    section_total: int
    cases: tuple[Hit, ...]


def what_was_searched(library: Library, filters: Mapping[str, Sequence[str]]) -> Searched:
    """Return the cases and count the sections that some filters leave; {} leaves all."""
    cases = library.search(
        "",
        filters=filters,
        scope="cases",
        sort="book",
        limit=library.settings.most_hits,
        facets=(),
        passages=0,
    )
    sections = library.search("", filters=filters, limit=0, facets=(), passages=0)
    return Searched(cases.total, sections.total, tuple(cases.hits))
