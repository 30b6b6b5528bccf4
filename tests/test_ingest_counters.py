"""Counters: numbers that only count cases are no part of their titles."""

from __future__ import annotations

import pytest

from ingest.counters import without_counters
from ingest.marks import Mark
from tests.small_books import TAJIK_CASES, ingest

TITLES = ["Мактаби нав", "Оби тоза", "Роҳи деҳа"]


def stripped(*titles: str, only_named: bool = False) -> list[str]:
    marks = [Mark("case", k, k + 1, title) for k, title in enumerate(titles)]
    return [mark.title for mark in without_counters(marks, only_named=only_named)]


@pytest.mark.parametrize(
    "form", ["{}. ", "{}) ", "{} ", "Case {}. ", "Case study {}: ", "Story №{} – ", "Мисоли {}. "]
)
def test_a_running_counter_is_no_part_of_the_titles(form: str) -> None:
    book = TAJIK_CASES
    for number, title in enumerate(TITLES, 1):
        book = book.replace(f"{title}\n", f"{form.format(number)}{title}\n", 1)
    record, _ = ingest(book)
    assert [case.title for case in record.cases if case.kind == "case"] == TITLES


def test_roman_counters_and_counters_that_begin_again_in_each_part_go_too() -> None:
    assert stripped("I. Wells", "II. Roads", "I. Bread", "II. Light") == [
        "Wells",
        "Roads",
        "Bread",
        "Light",
    ]


def test_numbers_that_do_not_count_belong_to_their_titles() -> None:
    titles = ["8th of March", "2 wells for one village", "100 days of light"]
    assert stripped(*titles) == titles


def test_chapters_of_a_report_keep_their_numbers_but_no_counter_of_cases() -> None:
    assert stripped("1. Wells", "2. Roads", only_named=True) == ["1. Wells", "2. Roads"]
    assert stripped("Case 1. Wells", "Case 2. Roads", only_named=True) == ["Wells", "Roads"]


def test_a_title_that_is_nothing_but_a_counter_stays() -> None:
    assert stripped("Case 1", "Case 2", "Case 3") == ["Case 1", "Case 2", "Case 3"]
