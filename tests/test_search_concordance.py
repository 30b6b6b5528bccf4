"""The concordance: pages of lines, each the text as it runs, and what is said beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents import strands
from search.errors import InputError
from search.linguistics.forms import exact_form
from search.model import Section
from search.occurrences import ContextSort
from search.searcher import Library
from tests.plain_reading import WORDS, random_publication
from tests.records import make_case, make_publication, make_section
from tests.sites import make_library

RECORDS = [random_publication("alder", 3), random_publication("birch", 5)]
FORMS = [word for word in WORDS if "-" not in word]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make_library(tmp_path_factory.mktemp("concordance"), *RECORDS) as library:
        yield library


def one_text(folder: Path, text: str) -> Library:
    case = make_case("one", "One", make_section("lead", text))
    return make_library(folder, make_publication("book", cases=(case,)))


def test_what_a_search_finds_does_not_depend_on_a_concordance_before_it(tmp_path: Path) -> None:
    """Also where the texts are in a language with stems of its own."""
    section = make_section("lead", "Les nationales sont ici.", language="fr")
    case = make_case("one", "Un", section)
    record = make_publication("book", cases=(case,), language="fr")
    with make_library(tmp_path, record) as library:
        assert library.concordance("nationaux OR ici").total == 2
        assert library.search("nationaux").total == 1


@settings(max_examples=40)
@given(
    word=st.sampled_from(FORMS),
    offset=st.integers(0, 60),
    limit=st.integers(0, 20),
    sort=st.sampled_from(["book", "left", "right"]),
)
def test_pages_together_are_the_whole_list(
    library: Library, word: str, offset: int, limit: int, sort: ContextSort
) -> None:
    whole = library.concordance(word, sort=sort, limit=10_000)
    page = library.concordance(word, sort=sort, offset=offset, limit=limit)
    assert page.total == whole.total == len(whole.lines)
    assert page.lines == whole.lines[page.offset : page.offset + limit]


@settings(max_examples=30)
@given(word=st.sampled_from(FORMS), part=st.sampled_from(["North Valley", "South Hills"]))
def test_a_filter_leaves_what_lies_in_it(library: Library, word: str, part: str) -> None:
    everywhere = library.concordance(word, limit=10_000).lines
    inside = library.concordance(word, limit=10_000, filters={"part": [part]}).lines
    assert list(inside) == [line for line in everywhere if line.part == part]


@settings(max_examples=30)
@given(word=st.sampled_from(FORMS))
def test_counts_are_those_of_the_lines(library: Library, word: str) -> None:
    found = library.concordance(word, limit=10_000, cases=1_000)
    of_cases: dict[tuple[str, str], int] = {}
    for line in found.lines:
        of_cases[line.publication, line.case] = of_cases.get((line.publication, line.case), 0) + 1
    assert {(t.publication, t.case): t.count for t in found.by_case} == of_cases
    assert found.cases == len(of_cases)
    assert found.sections == len({(x.publication, x.case, x.section) for x in found.lines})
    assert [t.count for t in found.by_case] == sorted(of_cases.values(), reverse=True)


@settings(max_examples=30)
@given(word=st.sampled_from(FORMS), width=st.integers(15, 90))
def test_a_line_is_the_text_as_it_runs(library: Library, word: str, width: int) -> None:
    texts: dict[tuple[str, str], list[str]] = {}
    for record in RECORDS:
        for case in record.cases:
            texts[record.id, case.id] = found = [case.title, case.organisation]
            for section in case.sections:
                found += [section.heading, *_strand_texts(section)]
    for line in library.concordance(f'"{word}"', limit=1_000, width=width).lines:
        assert exact_form(line.keyword.replace("-", "")) == exact_form(word)
        assert max(len(line.left), len(line.right)) <= width
        shown = f"{line.left}{line.keyword}{line.right}"
        of_case = (" ".join(text.split()) for text in texts[line.publication, line.case])
        assert any(f" {shown} " in f" {text} " or f"{shown}." in text for text in of_case), shown


def _strand_texts(section: Section) -> list[str]:
    return [strand.text for strand in strands(section)]


def test_a_loose_phrase_is_listed_once_at_its_tightest(tmp_path: Path) -> None:
    with one_text(tmp_path, "water water by the well") as library:
        (line,) = library.concordance('"water well"~3').lines
    assert (line.left, line.keyword, line.right) == ("water ", "water by the well", "")


def test_a_line_has_its_case_paragraph_and_page(tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        (line,) = library.concordance('"two women"').lines
    assert line.left.endswith("for the pump train ")
    assert line.right.startswith(" as mechanics Clean drinking water")
    assert (line.case_number, line.case_title) == (2, "Clean Water for Two Villages")
    assert (line.paragraph, line.page, line.page_label) == (3, 4, "4")
    assert line.url == "/p/river-and-road/clean-water-for-two-villages/activity/p3"


def test_a_title_is_counted_once_whatever_its_sections(tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        lines = library.concordance("=villages").lines
    assert [(line.field, line.url) for line in lines] == [
        ("title", "/p/river-and-road/clean-water-for-two-villages")
    ]


def test_what_is_no_word_lists_nothing_and_says_so(tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        for query in ("", "???", "-pump", "part:north", "\U0001f4a7", '""'):
            found = library.concordance(query)
            assert (found.total, found.lines) == (0, ())
            assert any("no word or phrase" in notice for notice in found.notices), query


def test_an_unknown_facet_lists_nothing_and_says_so(tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        found = library.concordance("pump", filters={"colour": ["red"], "part": ["Moon"]})
    assert found.total == 0
    assert any("no facet “colour”" in notice for notice in found.notices)
    assert any("no part “Moon”" in notice for notice in found.notices)


def test_past_the_end_stands_the_last_page(tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        found = library.concordance("pump", offset=500, limit=2)
    assert found.lines
    assert found.offset < found.total
    assert "last page" in found.notices[-1]


def test_an_order_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with make_library(tmp_path) as library, pytest.raises(InputError):
        library.concordance("pump", sort="size")  # type: ignore[arg-type]
