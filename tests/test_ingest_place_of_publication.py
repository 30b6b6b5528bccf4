"""“Words, 2007” at the foot of a title page: a place, or a publisher."""

from __future__ import annotations

import pytest

from ingest.place_of_publication import read_place

Page = tuple[list[str], str, list[str]]

PLACES: list[Page] = [
    (["Water for all", "Dushanbe, 2007"], "The office in Dushanbe was closed.", []),
    (["Water for all", "Dushanbe, 2007"], "", []),
    (["Вода для всех", "Москва 2007 г."], "", []),
    (["Water for all", "Oxford University Press", "Oxford, 2007"], "A school in Oxford.", []),
    (["Вода", "Институт Москва проект", "Москва, 2007"], "Это было в Москве.", []),
]
PUBLISHERS: list[Page] = [
    (["Water for all", "Alder Press, 2007"], "", []),
    (["Вода", "Издательство Ольха, 2007"], "", []),
    (["Об", "Нашриёти Ирфон, 2007"], "", []),
    (["Water for all", "Casebook, 2026", "Made for the Casebook project."], "", []),
    (["Water for all", "Alder, 2007"], "", ["The Alder Group"]),
]


@pytest.mark.parametrize(("front", "text", "known"), PLACES)
def test_a_place_is_told(front: list[str], text: str, known: list[str]) -> None:
    place, publisher = read_place(front, text, known)
    assert (bool(place), publisher) == (True, "")


@pytest.mark.parametrize(("front", "text", "known"), PUBLISHERS)
def test_a_publisher_is_not_taken_for_a_place(
    front: list[str], text: str, known: list[str]
) -> None:
    place, publisher = read_place(front, text, known)
    assert (place, bool(publisher)) == ("", True)


@pytest.mark.parametrize("line", ["Published January 2021", "Март 2021", "March 2021"])
def test_a_month_is_neither(line: str) -> None:
    assert read_place(["Water for all", line], "", []) == ("", "")


def test_a_title_page_without_such_a_line_has_neither() -> None:
    assert read_place(["Water for all", "A report"], "in Dushanbe", []) == ("", "")
