"""Widening: a word finds its other spellings in the library, behind its own, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.errors import InputError
from search.model import Case
from search.results import Results, Spellings
from search.searcher import Library, open_library
from tests.records import make_case, make_publication, make_section, write_source


def _case(name: str, *texts: str, language: str = "") -> Case:
    sections = (
        make_section(f"s{number}", text, language=language) for number, text in enumerate(texts)
    )
    return make_case(name, name.capitalize(), *sections)


VALLEY = make_publication(
    "valley",
    cases=(
        _case(
            "names",
            "People of Gulobod dug a canal. " * 9,
            "The road to Gulabad is closed.",
            "Gulabad and Gulobod are one village.",
            "A farm without a form.",
            "Zerafshan is a river. A water users association (WUA) keeps it.",
            "Two WUAs and the WUA of the upper valley met.",
            "The water users associations met.",
        ),
        _case("russian", "Дорога в Гулабаде закрыта.", language="ru"),
        _case("tajik", "Дар деҳаи Гулобод ҳукумати ноҳия кор мекунад.", language="tg"),
        _case("spanish", "Los amigos de Golabad; amigas.", language="es"),
    ),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("widening")
    with open_library(folder / "library", create=True) as library:
        library.publish(VALLEY, source=write_source(folder))
        yield library


def places(results: Results) -> list[str]:
    return [f"{hit.case}/{hit.section}" for hit in results.hits]


def test_two_words_are_found_written_as_one_behind_themselves(tmp_path: Path) -> None:
    texts = ("A microcredit, a loan.", "Micro and other credit.", "A micro-credit.", "Credit.")
    record = make_publication("loans", cases=(_case("loans", *texts),))
    with open_library(tmp_path / "library", create=True) as library:
        library.publish(record, source=write_source(tmp_path))
        results = library.search("micro credit", match="all")
        assert set(places(results)) == {"loans/s0", "loans/s1", "loans/s2"}
        assert places(results)[-1] == "loans/s0"
        assert results.spellings == (Spellings("micro credit", ("microcredit",), "spelling"),)
        assert library.search("micro and credit", match="all").total == 2
        assert library.search('"micro" credit', match="all").total == 2
        assert library.search("micro credit", match="all", spelling="typed").total == 2


def test_other_spellings_are_found_in_every_script_and_shown(library: Library) -> None:
    results = library.search("Gulabad")
    assert set(places(results)) == {"names/s0", "names/s1", "names/s2", "russian/s0", "tajik/s0"}
    (spellings,) = results.spellings
    assert (spellings.typed, spellings.kind) == ("Gulabad", "spelling")
    assert set(spellings.also) == {"Gulobod", "Гулабаде", "Гулобод"}


def test_what_is_spelt_as_typed_comes_first_however_often_the_others_occur(
    library: Library,
) -> None:
    assert set(places(library.search("Gulabad"))[:2]) == {"names/s1", "names/s2"}
    assert set(places(library.search("Gulobod"))[:2]) == {"names/s0", "names/s2"}


def test_no_number_of_other_spellings_outweighs_one_as_typed(tmp_path: Path) -> None:
    long = f"The road to Gulabad. {'They carried stones. ' * 300}"
    others = ["A bridge." for _ in range(20)]
    record = make_publication("p", cases=(_case("c", long, "Gulobod, Gulobod.", *others),))
    with open_library(tmp_path / "library", create=True) as library:
        library.publish(record, source=write_source(tmp_path))
        results = library.search("Gulabad")
        assert places(results) == ["c/s0", "c/s1"]
        (alone,) = library.search("Gulabad", spelling="typed").hits
        assert results.hits[0].score == alone.score


def test_other_spellings_are_marked(library: Library) -> None:
    (hit,) = (hit for hit in library.search("Gulabad").hits if hit.case == "tajik")
    (passage,) = hit.passages
    ((start, end),) = passage.highlights
    assert passage.text[start:end] == "Гулобод"
    section = VALLEY.cases[2].sections[0]
    marked = library.highlights("Gulabad", VALLEY, section)
    assert [section.text[mark.start : mark.end] for mark in marked] == ["Гулобод"]
    assert library.highlights("Gulabad", VALLEY, section, spelling="typed") == ()


@pytest.mark.parametrize("question", ["=gulabad", '"Gulabad"', "gulaba*"])
def test_exact_words_phrases_and_beginnings_mean_what_is_typed(
    library: Library, question: str
) -> None:
    results = library.search(question)
    assert set(places(results)) == {"names/s1", "names/s2"}
    assert results.spellings == ()


def test_a_reader_can_have_the_spelling_typed_alone(library: Library) -> None:
    results = library.search("Gulabad", spelling="typed")
    assert set(places(results)) == {"names/s1", "names/s2"}
    assert results.spellings == ()
    with pytest.raises(InputError, match="any or typed"):
        library.search("Gulabad", spelling="every")  # type: ignore[arg-type]


def test_what_is_excluded_is_what_is_typed(library: Library) -> None:
    assert set(places(library.search("Gulobod -Gulabad"))) == {"names/s0", "tajik/s0", "russian/s0"}


def test_words_without_other_spellings_find_what_they_did(library: Library) -> None:
    for question in ("form", "farm road", "amigos", "village OR canal", "дорога", "кор"):
        typed = library.search(question, spelling="typed")
        assert library.search(question) == typed


def test_a_text_in_a_language_whose_names_we_cannot_read_is_left_alone(library: Library) -> None:
    assert "spanish/s0" not in places(library.search("Gulabad"))
    assert places(library.search("amigas", spelling="any")) == ["spanish/s0"]


def test_tajik_letters_may_be_typed_on_a_russian_keyboard(library: Library) -> None:
    for typed in ("хукумат", "ҳукумат", "hukumat", "њукумат"):
        assert places(library.search(typed)) == ["tajik/s0"]


def test_tajik_words_are_found_in_all_their_forms(library: Library) -> None:
    for typed in ("деҳа", "деҳаҳо", "ноҳияҳои"):
        assert places(library.search(typed)) == ["tajik/s0"]


def test_a_slip_in_a_name_that_the_library_lacks_is_looked_past(library: Library) -> None:
    results = library.search("Zerafshn")
    assert places(results) == ["names/s4"]
    assert results.spellings == (Spellings("Zerafshn", ("Zerafshan",)),)


def test_an_abbreviation_finds_what_the_publication_says_it_is_short_for(
    library: Library,
) -> None:
    results = library.search("WUA")
    assert places(results)[:2] in (["names/s5", "names/s4"], ["names/s4", "names/s5"])
    assert places(results)[2:] == ["names/s6"]
    also = ("water users association", "WUAs")
    assert results.spellings == (Spellings("WUA", also, "abbreviation"),)


def test_a_long_form_finds_its_abbreviation(library: Library) -> None:
    results = library.search("water users associations")
    assert set(places(results)) == {"names/s4", "names/s5", "names/s6"}
    assert places(results)[-1] == "names/s5"
    assert library.search('"water users associations"').total == 1


def test_other_spellings_of_a_phrase_are_offered_not_searched_for(library: Library) -> None:
    results = library.search('"road to Gulobod"')
    assert results.total == 0
    offered = [(each.query, each.reason, each.count) for each in results.suggestions]
    assert offered == [('"road to Gulabad"', "phrase", 1)]


def test_a_removed_publication_leaves_no_spellings_behind(tmp_path: Path) -> None:
    other = make_publication("other", cases=(_case("names", "The school of Gulobod."),))
    with open_library(tmp_path / "library", create=True) as library:
        source = write_source(tmp_path)
        library.publish(other, source=source)
        library.publish(
            make_publication("one", cases=(_case("names", "The school of Gulabad."),)),
            source=source,
        )
        assert library.search("Gulabad").total == 2
        library.remove("other")
        results = library.search("Gulabad")
        assert (results.total, results.spellings) == (1, ())


def test_an_index_made_anew_knows_the_same_spellings_and_abbreviations(tmp_path: Path) -> None:
    with open_library(tmp_path / "library", create=True) as library:
        library.publish(VALLEY, source=write_source(tmp_path))
        before = [library.search(question) for question in ("Gulabad", "WUA")]
        for snapshot in (tmp_path / "library" / "index").rglob("*-snapshot"):
            snapshot.unlink()
    with open_library(tmp_path / "library") as library:
        assert [library.search(question) for question in ("Gulabad", "WUA")] == before


def test_a_word_finds_the_same_once_it_was_another_spelling_of_one(tmp_path: Path) -> None:
    """Other spellings are sought in English, Russian and Tajik texts, words as typed in all."""
    record = make_publication(
        "book",
        cases=(
            _case("names", "The road to Gulabad.", "Canals of Gulobod."),
            _case("french", "Les routes de Gulabad.", language="fr"),
        ),
    )
    with open_library(tmp_path / "library", create=True) as library:
        library.publish(record, source=write_source(tmp_path))
        assert places(library.search("Gulobod")) == ["names/s1", "names/s0"]
        found = library.search("Gulabad", spelling="typed")
        assert sorted(places(found)) == ["french/s0", "names/s0"]
