"""Questions in addresses."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from webui.questions import (
    BLANK,
    Question,
    clean,
    read_question,
    with_values,
)

words = st.text(min_size=1, max_size=20).map(clean).filter(bool)
filters = st.dictionaries(
    st.sampled_from(["part", "year", "organisation", "nonsense"]),
    st.lists(words, min_size=1, max_size=3, unique=True).map(tuple),
)


def ask(query: str) -> Question:
    return read_question(MultiDict(parse_qsl(query, keep_blank_values=True)))


@given(words, filters, st.integers(1, 500), st.sampled_from(["relevance", "book"]))
def test_a_question_survives_its_address(
    text: str, chosen: dict[str, tuple[str, ...]], page: int, sort: str
) -> None:
    given_parts = [("q", text), *((n, v) for n, values in chosen.items() for v in values)]
    question = ask(urlencode([*given_parts, ("sort", sort), ("page", page)]))
    assert ask(urlencode(list(question.arguments()))) == question
    assert question.notices == ()


def test_a_blank_question_has_no_arguments() -> None:
    assert list(ask("").arguments()) == []
    assert ask("q=&part=&page=1").is_blank


def test_one_search_has_one_address() -> None:
    first = ask("year=2007&part=North&q=water&sort=book")
    second = ask("sort=book&q=water&part=North&year=2007")
    assert list(first.arguments()) == list(second.arguments())


def test_several_values_of_a_facet_keep_their_order_and_stand_once() -> None:
    assert ask("part=B&part=A&part=B").filters == (("part", ("B", "A")),)


def test_a_facet_takes_fifty_values_and_says_so() -> None:
    question = ask("&".join(f"part={number}" for number in range(500)))
    assert question.chosen("part") == tuple(map(str, range(50)))
    assert question.notices == ("Of the 500 values for part, 50 were taken.",)


def test_what_is_no_setting_is_a_facet() -> None:
    assert ask("region=North").filters == (("region", ("North",)),)


def test_tracking_that_others_add_to_links_is_no_facet() -> None:
    assert ask("q=a&utm_source=letter&fbclid=1").filters == ()


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("scope=books", "scope can be sections or cases"),
        ("match=some", "match can be auto or all or any"),
        ("sort=size", "sort can be relevance or book"),
        ("page=0", "page is a whole number"),
        ("page=-1", "page is a whole number"),
        ("page=٣", "page is a whole number"),
        ("page=1e9", "page is a whole number"),
        ("per_page=100000", "at most 100"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_and_left_at_its_default(
    query: str, notice: str
) -> None:
    question = ask(query)
    assert notice in question.notices[0]
    assert (question.scope, question.match, question.sort, question.page) == (
        "sections",
        "auto",
        "relevance",
        1,
    )


def test_a_huge_page_number_is_held_within_reason() -> None:
    assert ask("page=" + "9" * 400).page == 100_000


def test_control_characters_become_blanks() -> None:
    assert clean("a\x00b\tc\x1b[0m ") == "a b c [0m"


def test_choosing_goes_back_to_the_first_page() -> None:
    question = ask("q=a&page=7")
    assert with_values(question, "part", ("North",)).page == 1


def test_a_choice_can_be_taken_back() -> None:
    assert with_values(with_values(BLANK, "part", ("North",)), "part", ()) == BLANK


def test_a_question_that_says_its_scope_is_one_with_that_scope_chosen() -> None:
    asked = read_question(MultiDict([("q", "in:cases women loans"), ("scope", "sections")]))
    assert (asked.text, asked.scope) == ("women loans", "cases")
    assert read_question(MultiDict(list(asked.arguments()))) == asked
