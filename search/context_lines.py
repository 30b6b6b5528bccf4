"""Context lines: the text around an occurrence, and where a reader finds it.

In:  occurrences, counts of cases; the index that found them; what is printed on pages.
Out: `ConcordanceLine`s, the places of phrases, counts with what a case is called. Texts have
     single blanks where the section has white space of any kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from search.engine import CASE_FIELDS
from search.group_results import PhrasePlace
from search.occurrence_index import OccurrenceIndex
from search.occurrences import CaseCount, Occurrence, ShownText
from search.phrase_results import CaseTally, ConcordanceLine

MOST_WIDTH = 400

PageLabels = Callable[[str, int], str]  # publication, place in the file → what is printed there

_BLANKS = re.compile(r"\s+")


def line_of(
    found: Occurrence, index: OccurrenceIndex, page_label: PageLabels, width: int
) -> ConcordanceLine:
    """Return an occurrence with about `width` characters of context to each side."""
    shown = index.shown_text(found)
    url, publication, publication_title, case, number, title, organisation, part, *_ = (
        index.case_fields(found.section)
    )
    section, kind, heading, _, _, language = index.own_fields(found.section)
    return ConcordanceLine(
        url=_url(url, section, found.field, shown.paragraph),
        publication=publication,
        publication_title=publication_title,
        case=case,
        case_number=number,
        case_title=title,
        organisation=organisation,
        part=part,
        section=section,
        section_kind=kind,
        heading=heading,
        field=found.field,
        left=_left(shown.text, shown.start, width),
        keyword=_BLANKS.sub(" ", shown.text[shown.start : shown.end]),
        right=_right(shown.text, shown.end, width),
        paragraph=shown.paragraph,
        page=shown.page,
        page_label=_label(found, shown, index, page_label),
        language=language,
    )


def text_of(found: Occurrence, index: OccurrenceIndex) -> tuple[str, str]:
    """Return the words of an occurrence as printed, and their language."""
    shown = index.shown_text(found)
    text = _BLANKS.sub(" ", shown.text[shown.start : shown.end])
    return text, index.own_fields(found.section)[-1]


def phrase_place(found: Occurrence, index: OccurrenceIndex, page_label: PageLabels) -> PhrasePlace:
    """Return where an occurrence stands."""
    shown = index.shown_text(found)
    url, publication, publication_title, case, _, title, *_ = index.case_fields(found.section)
    section, _, heading, *_ = index.own_fields(found.section)
    return PhrasePlace(
        url=_url(url, section, found.field, shown.paragraph),
        publication=publication,
        publication_title=publication_title,
        case=case,
        case_title=title,
        section=section,
        heading=heading,
        field=found.field,
        page=shown.page,
        page_label=_label(found, shown, index, page_label),
    )


def case_tally(found: CaseCount, index: OccurrenceIndex) -> CaseTally:
    """Return a case's count with what the case is called."""
    url, publication, publication_title, case, number, title, organisation, part, *_ = (
        index.case_fields(found.section)
    )
    years = index.years(found.section)
    return CaseTally(
        url=url,
        publication=publication,
        publication_title=publication_title,
        year=int(years[0]) if years else None,
        part=part,
        case=case,
        case_number=number,
        case_title=title,
        organisation=organisation,
        count=found.count,
        words=found.words,
        per_10000=per_10000(found.count, found.words),
    )


def per_10000(count: int, words: int) -> float:
    """Return how many of something there are in 10,000 words."""
    return round(count * 10_000 / words, 2) if words else 0.0


def _label(
    found: Occurrence, shown: ShownText, index: OccurrenceIndex, page_label: PageLabels
) -> str:
    """Return what is printed on an occurrence's page; the index knows it of first pages."""
    _, publication, *_, page, label, _ = index.case_fields(found.section)
    if found.field not in CASE_FIELDS:
        *_, page, label, _ = index.own_fields(found.section)
    return label if page == shown.page else page_label(publication, shown.page)


def _url(case: str, section: str, field: str, paragraph: int) -> str:
    if field in CASE_FIELDS:
        return case
    return f"{case}/{section}/p{paragraph}" if paragraph else f"{case}/{section}"


def _left(text: str, start: int, width: int) -> str:
    """Return the end of what stands before, from the beginning of a word on."""
    found = _BLANKS.sub(" ", text[max(0, start - 4 * width) : start])
    if len(found) <= width:
        return found.lstrip()
    cut = found[len(found) - width :]
    is_whole = found[-width - 1] == " " or cut.startswith(" ")
    return (cut if is_whole else cut.partition(" ")[2] or cut).lstrip() if width else ""


def _right(text: str, end: int, width: int) -> str:
    """Return the beginning of what stands behind, up to the end of a word."""
    found = _BLANKS.sub(" ", text[end : end + 4 * width])
    if len(found) <= width:
        return found.rstrip()
    cut = found[:width]
    return (cut if found[width] == " " else cut.rpartition(" ")[0] or cut).rstrip()
