"""Concordance: every occurrence of a word or phrase in its context, and where they lie.

In:  a question, the library.
Out: one page of a `Concordance`; the `Strip`s of the publications with most occurrences.
Errors: InputError for an order that does not exist; LibraryError where index and records differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from msgspec import Struct

from search.answers import Source
from search.context_lines import (
    MOST_WIDTH,
    case_tally,
    case_title,
    line_of,
    publication_title,
)
from search.errors import InputError
from search.occurrences import ContextSort, Dispersion, Mark
from search.permalinks import url_of
from search.phrase_questions import index_of, read_question
from search.phrase_results import Concordance, Strip, StripBand, StripMark

MOST_CASES = 10_000


class ConcordanceQuestion(Struct, frozen=True):
    """What is asked, as the caller put it."""

    query: str
    filters: Mapping[str, Sequence[str]] = {}
    sort: ContextSort = "book"
    offset: int = 0
    limit: int = 50
    width: int = 60
    cases: int = 20


def make_concordance(question: ConcordanceQuestion, source: Source) -> Concordance:
    """Return one page of a concordance; past the end the last one, with a notice."""
    if question.sort not in get_args(ContextSort):
        expected = " or ".join(get_args(ContextSort))
        raise InputError(f"“{question.sort}” is not {expected}", where="sort")
    asked = read_question(question.query, question.filters, source, needs_words=True)
    limit = min(max(question.limit, 0), source.most_hits)
    width = min(max(question.width, 0), MOST_WIDTH)
    offset, index = max(question.offset, 0), index_of(source)
    cases = min(max(question.cases, 0), MOST_CASES)
    found = index.occurrences(
        asked.selection, sort=question.sort, offset=offset, limit=limit, cases=cases
    )
    past_end = ""
    if offset and limit and offset >= found.total:
        offset = max(found.total - 1, 0) // limit * limit
        found = index.occurrences(
            asked.selection, sort=question.sort, offset=offset, limit=limit, cases=cases
        )
        past_end = "There are fewer lines than that; this is the last page."
    too_many = f"A page has {limit:,} lines at most." if limit < question.limit else ""
    return Concordance(
        query=question.query,
        reading=asked.reading,
        total=found.total,
        sections=found.section_count,
        cases=found.case_count,
        lines=tuple([line_of(each, source, width) for each in found.page]),
        by_case=tuple([case_tally(each, source) for each in found.cases]),
        notices=asked.told(found.cut, too_many, past_end),
        sort=question.sort,
        offset=offset,
        limit=limit,
    )


def make_strips(
    query: str, filters: Mapping[str, Sequence[str]], source: Source, *, limit: int, bins: int
) -> tuple[Strip, ...]:
    """Return where the occurrences lie in the publications that have most of them."""
    asked = read_question(query, filters, source, needs_words=True)
    found = index_of(source).dispersions(asked.selection, limit=limit, bins=bins)
    return tuple(_strip(each, source) for each in found)


def _strip(found: Dispersion, source: Source) -> Strip:
    counts: dict[str, int] = {}
    for mark in found.marks:
        case = mark.document.rpartition("/")[0]
        counts[case] = counts.get(case, 0) + mark.count
    return Strip(
        publication=found.publication,
        publication_title=publication_title(found.publication, source),
        words=found.words,
        count=found.count,
        bands=tuple(
            StripBand(
                url=url_of(band.case),
                case=band.case.partition("/")[2],
                case_title=case_title(band.case, source),
                start=band.start,
                end=band.end,
                count=counts.get(band.case, 0),
            )
            for band in found.bands
        ),
        marks=tuple(_mark(mark, source) for mark in found.marks),
    )


def _mark(mark: Mark, source: Source) -> StripMark:
    address, _, section = mark.document.rpartition("/")
    return StripMark(
        url=url_of(mark.document),
        case=address.partition("/")[2],
        case_title=case_title(address, source),
        section=section,
        start=mark.start,
        count=mark.count,
    )
