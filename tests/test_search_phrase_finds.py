"""Collocations and shared phrases as a reader is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from search.errors import InputError
from search.searcher import Library
from tests.plain_reading import random_publication
from tests.records import make_case, make_publication, make_section
from tests.sites import make_library

CREDO = "We, the neighbours of the Alder, promise to keep the bridge in good repair."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    records = [random_publication("alder", 3), random_publication("birch", 5)]
    with make_library(tmp_path_factory.mktemp("finds"), *records) as library:
        yield library


def with_credo(folder: Path) -> Library:
    cases = (
        make_case("one", "One", make_section("lead", f"It begins so.\n{CREDO} Then it ends.")),
        make_case("two", "Two", make_section("lead", CREDO.upper()), number=2),
        make_case("three", "Three", make_section("lead", f"{CREDO} {CREDO}"), number=3),
        make_case("four", "Four", make_section("lead", "promise to keep the bridge"), number=4),
    )
    return make_library(folder, make_publication(cases=cases))


def test_a_shared_phrase_is_told_as_printed_with_its_places(tmp_path: Path) -> None:
    with with_credo(tmp_path) as library:
        found = library.shared_phrases(words=5)
    first = found.phrases[0]
    assert first.text == CREDO.rstrip(".")
    assert (first.words, first.count, first.cases) == (14, 4, 3)
    assert [place.case for place in first.places] == ["one", "two", "three", "three"]
    assert [(p.text.casefold(), p.cases) for p in found.phrases[1:]] == [
        ("promise to keep the bridge", 4)
    ]


def test_a_phrase_within_one_case_is_not_shared(tmp_path: Path) -> None:
    case = make_case("one", "One", make_section("lead", CREDO), make_section("more", CREDO))
    with make_library(tmp_path, make_publication(cases=(case,))) as library:
        assert library.shared_phrases().phrases == ()


def test_two_editions_share_their_sections_whole(tmp_path: Path) -> None:
    record = make_publication()
    second = replace(make_publication("second"), year=2020)
    with make_library(tmp_path, record, second) as library:
        found = library.shared_phrases(words=6)
    sections = [section.text for case in record.cases for section in case.sections]
    shared = {" ".join(phrase.text.split()).rstrip(".") for phrase in found.phrases}
    long = [" ".join(t.split()).rstrip(".") for t in sections if len(t.split()) > 8]
    assert sum(text in shared for text in long) >= len(long) - 1  # a caption parts one of them


def test_pages_of_shared_phrases_follow_one_another(library: Library) -> None:
    whole = library.shared_phrases(words=4, limit=1_000)
    pages = [library.shared_phrases(words=4, offset=n, limit=7).phrases for n in (0, 7, 14)]
    assert whole.total == len(whole.phrases) > 21
    assert (*pages[0], *pages[1], *pages[2]) == whole.phrases[:21]


def test_a_filter_leaves_what_is_shared_inside(library: Library) -> None:
    inside = library.shared_phrases(words=4, filters={"publication": ["alder"]}, limit=1_000)
    assert inside.phrases
    assert {p.publication for phrase in inside.phrases for p in phrase.places} == {"alder"}


def test_limits_are_kept_and_told(library: Library) -> None:
    found = library.shared_phrases(words=1, limit=5_000, places=0)
    assert found.words == 3
    assert len(found.notices) == 2
    many = library.collocations("water", window=90, limit=5_000, least=0)
    assert (many.window, many.least, len(many.notices)) == (20, 1, 2)


def test_collocations_of_what_is_no_word_are_none(library: Library) -> None:
    found = library.collocations("???")
    assert (found.total, found.collocates) == (0, ())
    assert found.notices
    assert library.collocations("").collocates


def test_stop_words_and_figures_are_no_collocates(library: Library) -> None:
    found = library.collocations("water", least=1, limit=1_000)
    assert {"the", "of", "7"}.isdisjoint(word for each in found.collocates for word in each.words)


def test_a_measure_that_does_not_exist_is_refused(library: Library) -> None:
    with pytest.raises(InputError):
        library.collocations("water", measure="love")  # type: ignore[arg-type]


def test_an_empty_library_answers_everything(tmp_path: Path) -> None:
    with make_library(tmp_path, make_publication(cases=())) as library:
        assert library.concordance("water").lines == ()
        assert library.profile("water").total == 0
        assert library.collocations().collocates == ()
        assert library.collocations("water").collocates == ()
        assert library.shared_phrases().phrases == ()
        assert library.strips("water") == ()
        assert library.count_phrases(["water"]).phrases[0].total == 0
