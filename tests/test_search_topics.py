"""Topics say what cases are about, by figures that can be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path

import pytest

from search.engine import ALL_FACETS
from search.model import Case, Publication
from search.results import FacetValue
from search.searcher import Library
from tests.records import make_case, make_publication, make_section
from tests.sites import make_library

PLAIN = "People met and agreed on what to do next; every house sent someone to talk it over. "
TIMES = 8
ABOUT = {
    "bees": "The hive and the hives; the bees and the honey of the clover. ",
    "water": "Drinking water came by pipe. The committee kept drinking water clean. ",
    "roads": "A road was laid. Roads bring trade. ",
    "rare": "Only here a zeppelin flew. ",
    "plain": "",
}


def case(name: str, number: int, topic: str) -> Case:
    text = ABOUT[topic] * TIMES
    sections = make_section("summary", PLAIN * 3), make_section("activity", text + PLAIN)
    return make_case(f"{name}-{number}", f"Case {number}", *sections, number=number)


def book(name: str, topics: Sequence[str]) -> Publication:
    cases = tuple(case(name, number, topic) for number, topic in enumerate(topics, 1))
    return make_publication(name, title=name.title(), cases=cases)


FIRST = book("first", ["bees", "water", "plain", "plain", "roads", "rare"])
SECOND = book("second", ["bees", "water", "plain", "plain", "roads", "plain"])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make_library(tmp_path_factory.mktemp("topics"), FIRST, SECOND) as library:
        yield library


def names(library: Library, address: str) -> list[str]:
    return [topic.topic for topic in library.topics(address)]


def counted(library: Library, scope: str = "cases") -> Sequence[FacetValue]:
    found = library.search("", scope=scope, facets=("topic",), limit=0)  # type: ignore[arg-type]
    return found.facets["topic"]


def test_a_case_is_about_what_it_has_far_more_of_than_others(library: Library) -> None:
    assert set(names(library, "first/first-1")) >= {"hive", "bees", "honey", "clover"}
    assert names(library, "first/first-5")[0] in {"road", "roads"}
    assert names(library, "first/first-3") == []


def test_two_words_that_stand_together_are_one_topic(library: Library) -> None:
    found = names(library, "first/first-2")
    assert "drinking water" in found
    assert not {"drinking", "water"} & set(found)


def test_what_one_case_alone_speaks_of_is_no_topic(library: Library) -> None:
    assert "zeppelin" not in {value.value for value in counted(library)}
    assert names(library, "first/first-6") == []


def test_a_topic_says_the_figures_that_made_it_one(library: Library) -> None:
    topic = next(t for t in library.topics("first/first-1") if t.topic == "honey")
    assert (topic.times, topic.cases) == (TIMES, 2)
    words = [f"case {n}".split() + (ABOUT[t] * TIMES + PLAIN * 4).split() for n, t in _all_cases()]
    # Titles count twice.
    sizes = [len(row) + 2 for row in words]
    here, total, everywhere, all_words = TIMES, sizes[0], 2 * TIMES, sum(sizes)
    cells = (here, everywhere - here, total - here, all_words - total - everywhere + here)
    rows = (everywhere, everywhere, all_words - everywhere, all_words - everywhere)
    columns = (total, all_words - total) * 2
    expected = [row * column / all_words for row, column in zip(rows, columns, strict=True)]
    ratio = 2 * sum(c * log(c / e) for c, e in zip(cells, expected, strict=True))
    assert topic.score == pytest.approx(ratio, rel=1e-6)


def _all_cases() -> list[tuple[int, str]]:
    first = ["bees", "water", "plain", "plain", "roads", "rare"]
    return list(enumerate([*first, "bees", "water", "plain", "plain", "roads", "plain"], 1))


@pytest.mark.parametrize("scope", ["sections", "cases"])
def test_a_count_is_what_the_choice_finds(library: Library, scope: str) -> None:
    values = counted(library, scope)
    assert values
    for value in values:
        chosen = library.search("", filters={"topic": [value.value]}, scope=scope, facets=())  # type: ignore[arg-type]
        assert chosen.total == value.count
    asked = library.search("honey", facets=ALL_FACETS)
    for value in asked.facets["topic"]:
        both = library.search("honey", filters={"topic": [value.value]}, facets=("topic",))
        assert both.total == value.count
        assert any(v.selected for v in both.facets["topic"])


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("de", "Der Brunnen und die Brunnen. ", "brunnen"),
        ("tg", "Чашма ва чашма. ", "чашма"),
        ("ru", "Колодец и колодцы и. ", "колодец"),
        ("en", "A re-entry and the re-entry. ", "entry"),
    ],
)
def test_a_topic_is_a_word_as_it_is_written(
    tmp_path: Path, language: str, text: str, word: str
) -> None:
    texts = [text * TIMES] * 2 + [PLAIN] * 8
    cases = tuple(
        make_case(f"case-{n}", f"Case {n}", make_section("lead", t, PLAIN), number=n)
        for n, t in enumerate(texts, 1)
    )
    book = make_publication("book", language=language, cases=cases)
    with make_library(tmp_path, book) as library:
        found = names(library, "book/case-1")
    assert word in found
    assert all(c.isalnum() or c == " " for name in found for c in name)


def test_topics_are_counted_only_when_they_are_asked_for(library: Library) -> None:
    assert "topic" not in library.search("honey").facets


def test_it_does_not_matter_how_the_library_was_filled(library: Library, tmp_path: Path) -> None:
    other = book("gone", ["bees", "bees", "roads", "rare", "rare"])
    with make_library(tmp_path, SECOND, other, FIRST) as filled:
        with_other = counted(filled)
        filled.reindex()  # one segment, which a part is taken from
        filled.remove("gone")
        assert counted(filled) == counted(library) != with_other
        assert filled.topics("first/first-1") == library.topics("first/first-1")
        filled.reindex()
        assert counted(filled) == counted(library)


def test_a_library_too_small_to_compare_has_no_topics(tmp_path: Path) -> None:
    with make_library(tmp_path, FIRST) as small:
        assert counted(small) == ()
        assert small.topics("first/first-1") == ()
    with make_library(tmp_path / "empty", book("none", ["plain"])) as emptied:
        emptied.remove("none")
        assert counted(emptied) == ()


@pytest.mark.parametrize("address", ["", "first", "first/first-1/activity", "x/y", "first/first"])
def test_what_is_no_case_has_no_topics(library: Library, address: str) -> None:
    assert library.topics(address) == ()
