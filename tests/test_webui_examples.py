"""Examples made from a library's own titles."""

from __future__ import annotations

from webui.examples import Examples, find_examples


def titled(*titles: str) -> Examples:
    return find_examples(titles)


def test_the_word_is_one_of_several_titles() -> None:
    assert titled("A Bridge", "The Bridge Again", "Another Thing").word == "bridge"


def test_the_phrase_stands_side_by_side_in_a_title() -> None:
    assert titled("Clean Water for All").phrase == '"clean water"'


def test_a_phrase_never_reaches_across_a_dash_or_a_comma() -> None:
    assert titled("Repair the village – general care").phrase == ""
    assert titled("Bridges, gardens - schools").phrase == ""


def test_the_beginning_is_that_of_a_long_word() -> None:
    assert titled("Water and Partnership").beginning == "partners*"


def test_titles_of_any_script_do() -> None:
    assert titled("Чистая вода для села").phrase == ""
    assert titled("Вечерняя школа").texts() == ("вечерняя", '"вечерняя школа"')


def test_a_library_without_titles_has_no_examples() -> None:
    assert titled("A 1", "—").texts() == ()
    assert find_examples([]).texts() == ()
