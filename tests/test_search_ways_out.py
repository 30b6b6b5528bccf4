from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.absence import what_was_searched
from search.searcher import Library, open_library
from search.ways_out import MOST_SHOWN, Looser, WayOut, count_hits, find_ways_out
from tests.records import make_case, make_publication, make_section, write_source

VALLEY = make_publication(
    "valley",
    title="Valley",
    cases=(
        make_case(
            "ditch", "The ditch", make_section("lead", "Farmers dug a long irrigation ditch.")
        ),
        make_case("pumps", "The pumps", make_section("lead", "The pump waters orchards.")),
        make_case("union", "The union", make_section("lead", "A union of farmers bought a pump.")),
    ),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("ways")
    with open_library(folder / "library", create=True) as library:
        library.publish(VALLEY, source=write_source(folder))
        yield library


def ways(library: Library, asked: Looser) -> dict[str, WayOut]:
    return {way.said: way for way in find_ways_out(library, asked)}


@pytest.mark.parametrize(
    ("typed", "said", "looser", "total"),
    [
        (
            '"irrigation long ditch"',
            "“irrigation long ditch” without quotation marks",
            "irrigation long ditch",
            1,
        ),
        ('"dug irrigation"', "“dug irrigation” as words close together", '"dug irrigation"~5', 1),
        ("=pumps", "any form of “pumps”", "pumps", 2),
        ("farmers camel", "without “camel”", "farmers", 2),
        ("farmers pump camel", "without “camel”", "farmers pump", 1),
        ("farmers -ditch -union", "also with “ditch”", "farmers -union", 1),
        ("heading:farmers", "“farmers” anywhere, not only in the heading", "farmers", 2),
    ],
)
def test_one_thing_is_loosened_and_the_count_is_what_the_looser_question_finds(
    library: Library, typed: str, said: str, looser: str, total: int
) -> None:
    way = ways(library, Looser(typed, match="all"))[said]
    assert (way.question.query, way.total) == (looser, total)


def test_filters_are_let_go_one_by_one_and_together(library: Library) -> None:
    asked = Looser("farmers", {"year": ("1900",), "language": ("ru",)})
    found = ways(library, asked)
    assert "without year: 1900" not in found  # the other still stands in the way
    assert found["without any filter"].total == 2


def test_nothing_is_said_of_filters_where_there_are_none(library: Library) -> None:
    found = ways(library, Looser("farmers camel"))
    assert found
    assert not [said for said in found if "filter" in said]


def test_words_of_different_sections_are_found_in_a_whole_case(library: Library) -> None:
    found = ways(library, Looser("title:ditch farmers pump"))
    assert all(way.total for way in found.values())


def test_a_way_out_that_finds_nothing_is_left_out(library: Library) -> None:
    assert find_ways_out(library, Looser("camel")) == ()
    assert find_ways_out(library, Looser("camel dromedary")) == ()


@given(
    words=st.lists(
        st.sampled_from(
            [
                "farmers",
                "=pump",
                '"a long ditch"',
                "-union",
                "title:union",
                "(",
                ")",
                "OR",
                "camel",
                "wat*",
            ]
        ),
        max_size=7,
    ),
    year=st.sampled_from([{}, {"year": ("1900",)}, {"year": ("1900",), "part": ("X",)}]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_each_way_out_finds_what_it_says_and_none_is_offered_twice(
    library: Library, words: list[str], year: dict[str, tuple[str, ...]]
) -> None:
    asked = Looser(" ".join(words), year)
    found = find_ways_out(library, asked)
    assert len(found) <= MOST_SHOWN
    assert len({repr(way.question) for way in found}) == len(found)
    for way in found:
        assert way.question != asked
        assert count_hits(library, way.question) == way.total > 0


def test_what_was_searched_is_counted_and_listed_in_book_order(library: Library) -> None:
    searched = what_was_searched(library, {})
    assert (searched.case_total, searched.section_total) == (3, 3)
    assert [case.case for case in searched.cases] == ["ditch", "pumps", "union"]
    assert what_was_searched(library, {"year": ("1900",)}).cases == ()
