"""Suggestions: what may have been meant, only where little was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.results import Suggestion
from search.searcher import Library, open_library
from tests.records import make_case, make_publication, make_section, write_source

TEXTS = (
    *["The partnership of the village council mends roads."] * 4,
    *["Вода нужна каждому водопользователю в кишлаке."] * 2,
    *["Training of trainers: a training of three days for the NABW."] * 5,
    *["Karimov spoke."] * 3,
    *["Karimova answered."] * 8,
    "A trainig of one day; the road to Penjikent.",
    "Soghd is a valley. 2005 was a dry year.",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("suggestions")
    sections = [make_section(f"s{n}", text) for n, text in enumerate(TEXTS)]
    record = make_publication("book", cases=(make_case("case", "Case", *sections),))
    with open_library(folder / "library", create=True) as library:
        library.publish(record, source=write_source(folder))
        yield library


def offered(library: Library, question: str) -> list[str]:
    return [each.query for each in library.search(question).suggestions]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pattnership", "partnership"),
        ("Pattnership", "Partnership"),
        ("trainig", "training"),
        ("NAWB", "NABW"),
        ("pattnership of the vilage", "partnership of the village"),
        ("title:case trainig", "title:case training"),
    ],
)
def test_a_word_that_the_library_lacks_suggests_one_that_it_has(
    library: Library, typed: str, meant: str
) -> None:
    assert offered(library, typed)[0] == meant


def test_words_of_a_language_with_stems_of_its_own_are_known_and_suggested(tmp_path: Path) -> None:
    texts = [*["Les coopératives gèrent les forages."] * 4, "Un canal."]
    sections = [make_section(f"s{n}", text, language="fr") for n, text in enumerate(texts)]
    case = make_case("cas", "Cas", *sections)
    record = make_publication("livre", cases=(case,), language="fr")
    with open_library(tmp_path / "library", create=True) as library:
        library.publish(record, source=write_source(tmp_path))
        assert offered(library, "foragse") == ["forages"]
        assert offered(library, "forage") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("djlf", "вода"), ("djljgjkmpjdfntkm", "водопользователь"), ("кщфв", "road")],
)
def test_what_was_typed_in_another_layout_is_offered(
    library: Library, typed: str, meant: str
) -> None:
    results = library.search(typed)
    assert results.total == 0
    assert results.suggestions == (Suggestion(meant, "layout", library.search(meant).total),)


@pytest.mark.parametrize(
    "question",
    ["training", "council roads", "Karimov", "2006", "xyzzy", "вода", "", "*", "-trainig"],
)
def test_a_good_answer_and_a_word_like_no_other_suggest_nothing(
    library: Library, question: str
) -> None:
    assert offered(library, question) == []


def test_what_is_suggested_finds_as_much_as_is_said(library: Library) -> None:
    (first, *_) = library.search("trainig").suggestions
    assert first == Suggestion("training", "spelling", 5)
    assert library.search(first.query).total == 5


def test_filters_hold_for_what_a_suggestion_counts(library: Library) -> None:
    assert library.search("trainig", filters={"part": ["none"]}).suggestions == ()


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(st.sampled_from("trainigполвdjlf \"'()+-~*?:=1"), max_size=24))
def test_no_question_is_too_odd(library: Library, question: str) -> None:
    results = library.search(question)
    assert all(each.count > 0 and each.query != question for each in results.suggestions)
