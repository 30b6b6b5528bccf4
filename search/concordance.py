"""Concordance: every occurrence of a word or phrase in its context, and where they lie.

In:  a question, the library.
Out: one page of a `Concordance`; the `Strip`s of the publications with most occurrences.
Errors: InputError for an order that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from msgspec import Struct, structs

from search.answers import Source
from search.context_lines import MOST_WIDTH, PageLabels, case_tally, line_of
from search.errors import InputError
from search.occurrence_index import OccurrenceIndex
from search.occurrences import Band, ContextSort, Dispersion, Mark
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


def make_concordance(
    question: ConcordanceQuestion, source: Source, page_label: PageLabels
) -> Concordance:
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
        lines=tuple([line_of(each, index, page_label, width) for each in found.page]),
        by_case=tuple([case_tally(each, index) for each in found.cases]),
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
    index = index_of(source)
    found = index.dispersions(asked.selection, limit=limit, bins=bins)
    return tuple(_strip(each, index) for each in found)


def _strip(found: Dispersion, index: OccurrenceIndex) -> Strip:
    bands = tuple(_band(band, index) for band in found.bands)
    marks = tuple(_mark(mark, index) for mark in found.marks)
    counts: dict[str, int] = {}
    for mark in marks:
        counts[mark.case] = counts.get(mark.case, 0) + mark.count
    return Strip(
        publication=found.publication,
        publication_title=index.case_fields(found.bands[0].section)[2],
        words=found.words,
        count=found.count,
        bands=tuple(structs.replace(band, count=counts.get(band.case, 0)) for band in bands),
        marks=marks,
    )


def _band(band: Band, index: OccurrenceIndex) -> StripBand:
    url, _, _, case, _, title, *_ = index.case_fields(band.section)
    return StripBand(url, case, title, band.start, band.end, count=0)


def _mark(mark: Mark, index: OccurrenceIndex) -> StripMark:
    url, _, _, case, _, title, *_ = index.case_fields(mark.section)
    section = index.own_fields(mark.section)[0]
    return StripMark(f"{url}/{section}", case, title, section, mark.start, mark.count)
