"""Books in type: what size, weight and space say of headings, parts and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from ingest.manifest import read_manifest
from ingest.preparing import make_publication
from search.model import Box, Extraction, PrintedLine, PrintedPage, Publication, Source
from tests.small_books import TAJIK_CASES, ingest, outline

BODY = "The well was dug in the spring of that year by all who lived near"
LINES_A_PAGE = 30


@dataclass(frozen=True)
class Typed:
    """A line of a page: its text, its type, and the points of white above it."""

    text: str
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    above: float = 2.0


def prose(*, above: float = 2.0) -> list[Typed]:
    return [Typed(BODY, above=above), Typed(BODY.lower()), Typed("the old mill.")]


def typeset(lines: Iterable[Typed]) -> Publication:
    """Set the lines on pages, one below the other, and make the record."""
    everything = list(lines)
    pages = []
    for number, start in enumerate(range(0, len(everything), LINES_A_PAGE), 1):
        top, printed = 40.0, []
        for line in everything[start : start + LINES_A_PAGE]:
            top += line.above
            box = Box(50, top, 50 + len(line.text) * line.size / 2, top + line.size)
            printed.append(
                PrintedLine(line.text, box, line.size, bold=line.bold, italic=line.italic)
            )
            top += line.size
        pages.append(PrintedPage(number, width_pt=440, height_pt=900, lines=tuple(printed)))
    source = Source("book.pdf", "pdf", "0" * 64, 1)
    return make_publication(Extraction("pdf", tuple(pages)), source, read_manifest(""))[0]


TITLES = ["A well for all", "Bread of our own", "Light in the street", "Roads in winter"]


def casebook(heading: Typed, part_size: float) -> Iterable[Typed]:
    yield from prose()
    for number, title in enumerate(TITLES):
        if number % 2 == 0:
            yield Typed(("North", "South")[number // 2], part_size, bold=True, above=20)
        yield Typed(title, 10, bold=True, above=14)
        yield Typed(f"Union of {title.split()[0]}", 10, italic=True)
        for name in ("Setting", "Story", "Outcome"):
            text = name.upper() if heading.text.isupper() else name
            yield Typed(text, heading.size, bold=True, above=10)
            yield from prose()


def test_a_few_larger_headings_above_titles_in_the_type_of_sections_are_parts() -> None:
    record = typeset(casebook(Typed("Setting", bold=True), 13))
    cases = [case for case in record.cases if case.kind == "case"]
    assert [case.title for case in cases] == TITLES
    assert [record.part_title(case) for case in cases] == ["North", "North", "South", "South"]


def test_small_bold_capitals_are_headings() -> None:
    record = typeset(casebook(Typed("SETTING", size=8), 13))
    cases = [case for case in record.cases if case.kind == "case"]
    assert [[s.heading for s in case.sections] for case in cases] == (
        [["SETTING", "STORY", "OUTCOME"]] * 4
    )


@pytest.mark.parametrize("above", [4.5, 8.0])
def test_a_little_space_above_a_whole_sentence_begins_a_paragraph(above: float) -> None:
    full = [Typed(BODY), Typed(BODY.lower()[:-4] + "all.")]
    record = typeset([*full, *prose(above=above), *prose()])
    assert record.cases[0].sections[0].blocks[0].text == " ".join(line.text for line in full)


def test_two_cases_are_told_by_the_usual_names_that_come_twice() -> None:
    two = TAJIK_CASES[: TAJIK_CASES.index("Роҳи деҳа")]
    record, _ = ingest(two)
    sections = ["background", "activity", "results"]
    assert outline(record)[1:] == [
        ("case", "Мактаби нав", sections),
        ("case", "Оби тоза", sections),
    ]
