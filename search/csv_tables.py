"""CSV tables: results about words and phrases as tables for a spreadsheet.

In:  results.
Out: CSV text (RFC 4180, CRLF); with `for_excel` behind a byte order mark, by which Excel knows it
     for UTF-8. Cells are one line each, and none is taken for a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from search.csv_cells import BYTE_ORDER_MARK, Cell, Row, written
from search.group_results import CollocationList, SharedPhraseList
from search.phrase_results import Concordance, PhraseCount, PhraseCounts, Profile

CountsBy = Literal["region", "case"]

_LINE_MARKS = str.maketrans("\t\r\n\v\f", "     ", "\0")


def csv_text(rows: Iterable[Row], *, for_excel: bool = False) -> str:
    """Write rows as CSV."""
    text = written([_on_one_line(cell) for cell in row] for row in rows)
    return f"{BYTE_ORDER_MARK}{text}" if for_excel else text


def _on_one_line(cell: Cell) -> Cell:
    return cell.translate(_LINE_MARKS) if isinstance(cell, str) else cell


def concordance_rows(concordance: Concordance) -> Iterator[Row]:
    """Yield the lines of a concordance with what is needed to cite them."""
    yield (
        "left",
        "keyword",
        "right",
        "publication",
        "case_number",
        "case",
        "organisation",
        "region",
        "section",
        "field",
        "page",
        "pdf_page",
        "address",
    )
    for line in concordance.lines:
        yield (
            line.left,
            line.keyword,
            line.right,
            line.publication_title,
            line.case_number,
            line.case_title,
            line.organisation,
            line.part,
            line.heading or line.section_kind,
            line.field,
            line.page_label,
            line.page or None,
            line.url,
        )


def profile_rows(profile: Profile) -> Iterator[Row]:
    """Yield the values of all facets of a profile."""
    yield "facet", "value", "count", "per_10000_words", "cases", "words"
    yield "all", "", profile.total, profile.per_10000, profile.cases, profile.words
    for name, values in profile.facets.items():
        for each in values:
            yield name, each.label, each.count, each.per_10000, each.cases, each.words


def collocation_rows(found: CollocationList) -> Iterator[Row]:
    """Yield collocations."""
    yield "words", "score", "count", "frequency"
    for each in found.collocates:
        yield " ".join(each.words), each.score, each.count, each.frequency


def shared_phrase_rows(found: SharedPhraseList) -> Iterator[Row]:
    """Yield the listed places of shared phrases."""
    yield "phrase", "words", "cases", "count", "publication", "case", "section", "page", "address"
    for phrase in found.phrases:
        for place in phrase.places:
            yield (
                phrase.text,
                phrase.words,
                phrase.cases,
                phrase.count,
                place.publication_title,
                place.case_title,
                place.heading,
                place.page_label or place.page or None,
                place.url,
            )


def count_rows(counts: PhraseCounts, by: CountsBy) -> Iterator[Row]:
    """Yield counts: by region one row a phrase and region, by case one a phrase and case."""
    return _by_region(counts) if by == "region" else _by_case(counts)


def _by_region(counts: PhraseCounts) -> Iterator[Row]:
    yield "phrase", "region", "count", "cases", "per_10000_words", "words"
    for each in counts.phrases:
        yield each.phrase, "all", each.total, each.cases, each.per_10000, counts.words
        for region in each.by_region:
            yield (
                each.phrase,
                region.label,
                region.count,
                region.cases,
                region.per_10000,
                region.words,
            )


def _by_case(counts: PhraseCounts) -> Iterator[Row]:
    yield (
        "phrase",
        "region",
        "publication",
        "year",
        "case_number",
        "case",
        "organisation",
        "count",
        "per_10000_words",
        "words",
        "address",
    )
    for each in counts.phrases:
        yield from _cases_of(each)


def _cases_of(phrase: PhraseCount) -> Iterator[Row]:
    if not phrase.by_case:
        yield phrase.phrase, "", "", None, None, "", "", 0, 0.0, None, ""
    for case in phrase.by_case:
        yield (
            phrase.phrase,
            case.part,
            case.publication_title,
            case.year,
            case.case_number,
            case.case_title,
            case.organisation,
            case.count,
            case.per_10000,
            case.words,
            case.url,
        )
