"""Completions say what a reader may be about to type, from what the library holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyze
from search.completions import MOST_COMPLETIONS, Completion
from search.linguistics.stems import stem
from search.linguistics.word_lists import is_stop_word
from search.model import Publication
from search.searcher import Library
from tests.records import make_case, make_publication, make_section
from tests.sites import make_library

TEXTS = (
    "Water from the well. Waters rise. Clean water for all.",
    "Weaving and water; the wall by the well.",
    "Clean hands, clean walls: ирригация и вода.",
    "Écoles rurales; ecole for girls. Micro-credit and micro-loans.",
)
TITLES = ("Walls of the school", "A school for weavers", "Wells", "The old walls")


def book(name: str, texts: Sequence[str] = TEXTS, *, by: str = "Élan Water Users") -> Publication:
    cases = tuple(
        make_case(f"case-{n}", title, make_section("activity", text), number=n, part="north", by=by)
        for n, (title, text) in enumerate(zip(TITLES, texts, strict=False), 1)
    )
    return make_publication(name, title=f"The Wide {name.title()}", cases=cases)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    records = book("river"), book("road", ("Wheat, only wheat.",), by="Wheat Growers")
    with make_library(tmp_path_factory.mktemp("suggestions"), *records) as library:
        yield library


def of_kind(found: Sequence[Completion], kind: str) -> list[str]:
    return [suggestion.text for suggestion in found if suggestion.kind == kind]


def words(library: Library, typed: str) -> list[str]:
    return of_kind(library.suggest(typed), "word")


def test_a_word_is_completed_once_a_family_most_frequent_first(library: Library) -> None:
    assert words(library, "wat") == ["water"]


def test_case_and_accents_do_not_matter_and_stay_as_typed(library: Library) -> None:
    assert words(library, "ÉC") == ["ÉCole"]
    assert words(library, "Ecol") == ["Ecole"]
    assert words(library, "Ирр") == ["Ирригация"]


def test_what_stands_before_the_last_word_narrows_it_and_stays(library: Library) -> None:
    assert words(library, "Clean  wa") == ["Clean  walls", "Clean  water"]
    assert words(library, "girls w") == ["girls walls", "girls water"]  # its title, who it is by


def test_a_hyphenated_word_is_completed_in_its_parts(library: Library) -> None:
    assert words(library, "micro-c") == ["micro-credit"]


def test_in_a_query_with_operators_the_last_word_alone_is_completed(library: Library) -> None:
    assert words(library, 'hands OR "whe') == ['hands OR "wheat"']
    assert words(library, "-hands whe") == ["-hands wheat"]
    assert of_kind(library.suggest("title:wall"), "case") == []


def test_stop_words_and_what_is_typed_already_are_not_suggested(library: Library) -> None:
    assert words(library, "th") == []
    assert words(library, "wheat") == []


def test_a_count_is_what_a_search_finds(library: Library) -> None:
    for typed in ("w", "clean wa", "micro-c", "Ирр", '"clean wa'):
        for found in library.suggest(typed):
            if found.kind == "word":
                assert found.count == library.search(found.text, match="all").total
            elif found.kind in {"organisation", "part"}:
                chosen = library.search("", filters={found.kind: [found.text]})
                assert found.count == chosen.total


def test_organisations_and_publications_are_found_by_any_of_their_words(library: Library) -> None:
    assert of_kind(library.suggest("us"), "organisation") == ["Élan Water Users"]
    assert of_kind(library.suggest("users el"), "organisation") == ["Élan Water Users"]
    assert of_kind(library.suggest("growers users"), "organisation") == []
    found = [item for item in library.suggest("wide roa") if item.kind == "publication"]
    assert [(item.text, item.url) for item in found] == [("The Wide Road", "/p/road")]


def test_titles_that_begin_so_come_first_and_have_an_address(library: Library) -> None:
    found = [item for item in library.suggest("wall", limit=20) if item.kind == "case"]
    assert [item.text for item in found] == [TITLES[0], TITLES[0], TITLES[3]]
    assert [item.url for item in found] == [
        "/p/river/case-1",
        "/p/road/case-1",
        "/p/river/case-4",
    ]


def test_behind_a_blank_names_have_the_whole_word(library: Library) -> None:
    found = library.suggest("school ")
    assert sorted(of_kind(found, "case")) == [TITLES[1], TITLES[0], TITLES[0]]
    assert of_kind(library.suggest("schoo "), "case") == []


NAMES = ("The Khukumat met; khukumats meet.", "Хукумати ноҳия", "Shuroabad, Shuroobod", "hum")


@pytest.fixture(scope="module")
def spelt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    record = book("names", NAMES, by="Khukumat of Varzob")
    with make_library(tmp_path_factory.mktemp("spelt"), record) as library:
        yield library


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hukum", ["khukumat", "хукумати"]),
        ("Хукумат", ["Хукумати", "Khukumat"]),
        ("hukumat mee", ["hukumat meet"]),
        ("zukumat mee", []),
        ("the HUKUMAT", ["the KHUKUMAT", "the ХУКУМАТИ"]),
        ("shurob", ["shuroabad", "shuroobod"]),
        ("huk", []),
    ],
)
def test_names_are_completed_in_the_spellings_that_the_library_has(
    spelt: Library, typed: str, offered: list[str]
) -> None:
    assert words(spelt, typed) == offered


def test_organisations_are_found_by_another_spelling_too(spelt: Library) -> None:
    assert of_kind(spelt.suggest("hukumat"), "organisation") == ["Khukumat of Varzob"]
    assert of_kind(spelt.suggest("хукума"), "organisation") == ["Khukumat of Varzob"]


@pytest.mark.parametrize(
    "typed", ["", "   ", "…", "zzz", '"', "w" * 300, "\u200d", "*", "a* b* c*"]
)
def test_where_there_is_nothing_to_suggest_nothing_is(library: Library, typed: str) -> None:
    assert library.suggest(typed) == ()


@given(st.text(max_size=30), st.integers(-3, 40))
def test_whatever_is_typed_there_are_at_most_so_many(
    library: Library, typed: str, limit: int
) -> None:
    found = library.suggest(typed, limit=limit)
    assert len(found) <= min(max(limit, 0), MOST_COMPLETIONS)
    assert all(item.count for item in found)


def test_what_was_removed_is_neither_suggested_nor_counted(tmp_path: Path) -> None:
    records = book("river"), book("road", ("Wheat and a well.",), by="Wheat Growers")
    with make_library(tmp_path, *records) as library:
        before = {item.text: item.count for item in library.suggest("wel")}
        library.reindex()  # one segment, which a part is taken from
        library.remove("road")
        after = {item.text: item.count for item in library.suggest("wel")}
        assert library.suggest("whea") == library.suggest("road") == ()
    assert (before["well"], after["well"]) == (4, 3)  # in one of them as the family of a title


def test_the_order_is_that_of_what_is_still_there(tmp_path: Path) -> None:
    records = (
        book("river", ("Weaving and weather.", "Weaving."), by=""),
        book("road", ("Weather.", "Weather.", "Weather."), by=""),
    )
    with make_library(tmp_path, *records) as library:
        library.reindex()  # one segment, which a part is taken from
        assert words(library, "weat") + words(library, "wea")[:1] == ["weather"] * 2
        library.remove("road")
        assert words(library, "wea")[:2] == ["weaving", "weather"]
        cases = [item.url for item in library.suggest("wall") if item.kind == "case"]
        assert cases == ["/p/river/case-1"]


def test_words_come_by_the_number_of_sections_that_have_them(library: Library) -> None:
    counts: Counter[str] = Counter()
    for record in library.publications():
        for case in record.cases:
            for section in case.sections:
                texts = [case.title, case.organisation, section.heading]
                texts += [block.text for block in section.blocks]
                counts.update({token.exact for text in texts for token in analyze(text)})
    for letter in "abcdefghijklmnopqrstuvw":
        there = [f for f in counts if f.startswith(letter) and f != letter and not is_stop_word(f)]
        families: dict[str, str] = {}
        for form in sorted(there, key=lambda form: (-counts[form], form)):
            families.setdefault(stem(form, ""), form)
        expected = list(families.values())
        found = of_kind(library.suggest(letter, limit=MOST_COMPLETIONS), "word")
        assert found == expected[: len(found)]
        assert found or not there
