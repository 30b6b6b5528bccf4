"""Titles, usual names, alignment: what is the same under another dress."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.alignment import Placing, heaviest_in_order
from ingest.titles import join_wrapped, likeness, number_depth, split_number, squeeze
from ingest.usual_names import labelled_value, usual_names


@pytest.mark.parametrize(
    ("title", "number", "rest"),
    [
        ("2.1. Сбор платы", "2.1", "Сбор платы"),
        ("3 Results", "3", "Results"),
        ("IV. Annex", "IV", "Annex"),
        ("B.2 Tables", "B.2", "Tables"),
        ("1999 was dry", "1999", "was dry"),
        ("Nothing here", "", "Nothing here"),
    ],
)
def test_a_section_number_is_split_from_its_title(title: str, number: str, rest: str) -> None:
    assert split_number(title) == (number, rest)


@pytest.mark.parametrize(("number", "depth"), [("", 0), ("3", 1), ("3.2", 2), ("B.1.4", 3)])
def test_the_depth_of_a_number_is_the_count_of_its_parts(number: str, depth: int) -> None:
    assert number_depth(number) == depth


def test_case_quotes_and_numbers_do_not_part_equal_titles() -> None:
    assert likeness("3. “Clean WATER” – for all", 'Clean water - "for all"') == 1.0


def test_one_wrong_letter_makes_another_short_word() -> None:
    assert likeness("Wheat", "Wheel") == 0.0


@given(st.text(max_size=60))
def test_a_title_is_as_like_itself_as_can_be(title: str) -> None:
    assert likeness(title, title) == (1.0 if squeeze(split_number(title)[1]) else 0.0)


def test_a_title_wrapped_at_a_hyphen_keeps_it_without_a_blank() -> None:
    assert join_wrapped(["A well-", "earned", "rest"]) == "A well-earned rest"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Background and needs", "background"),
        ("General information:", "general-information"),
        ("Общая информация", "general-information"),
        ("2. Натиҷаҳо", "results"),
        ("The wider world", ""),
    ],
)
def test_a_heading_has_the_kind_of_the_usual_name_it_begins_with(heading: str, kind: str) -> None:
    assert usual_names().kind(heading) == kind


def test_an_editor_adds_usual_names() -> None:
    assert usual_names({"Lay of the land": "background"}).kind("Lay of the Land") == "background"


def test_a_label_gives_the_value_behind_it() -> None:
    assert labelled_value("organisation", "Организация: Чашма") == "Чашма"
    assert labelled_value("organisation", "Head: Chashma") == ""


placings = st.lists(
    st.builds(
        lambda rank, start, size, score: Placing(rank, start, start + size, score),
        st.integers(0, 6),
        st.integers(0, 30),
        st.integers(1, 3),
        st.floats(0.1, 2),
    ),
    max_size=12,
)


@given(placings)
def test_chosen_places_rise_without_overlap_and_weigh_at_least_as_any_single(
    offered: list[Placing],
) -> None:
    chosen = heaviest_in_order(offered)
    for one, two in pairwise(chosen):
        assert one.rank < two.rank
        assert one.end <= two.start
    best = max((p.score for p in offered), default=0.0)
    assert sum(p.score for p in chosen) >= best
