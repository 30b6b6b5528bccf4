"""What is like a case or section shares its telling words, and they are named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.errors import NotFoundError
from search.likeness_index import Similar
from search.model import Case, Publication
from search.searcher import Library
from tests.records import make_case, make_publication, make_section
from tests.sites import make_library

COMMON = "The council met in spring and the people agreed on a plan."
TEXTS = {
    "bees": "Hives stand in the orchard. The hive gives honey; honey is sold by beekeepers.",
    "honey": "Beekeepers learn to keep a hive through winter and to sell honey.",
    "wax": "Candles from wax. One hive.",
    "pump": "A pump lifts water from the river to the canal.",
    "canal": "The canal brings water to the fields; the pump was repaired.",
    "empty": "",
}


def case(name: str, text: str, *, by: str = "") -> Case:
    sections = [make_section("summary", COMMON), make_section("activity", text, heading="What")]
    if name == "canal":
        sections.append(make_section("results", text))
    return make_case(name, f"About {name}", *sections, by=by)


def book(name: str, *cases: Case) -> Publication:
    return make_publication(name, title=name.title(), cases=cases)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    cases = [case(name, text, by="Friends of Valleys") for name, text in TEXTS.items()]
    records = book("first", *cases[:4]), book("second", *cases[4:])
    with make_library(tmp_path_factory.mktemp("related"), *records) as library:
        yield library


def urls(found: Similar) -> list[str]:
    return [hit.hit.url for hit in found.hits]


def test_a_case_is_like_those_that_share_its_telling_words(library: Library) -> None:
    found = library.more_like("first/bees")
    assert urls(found) == ["/p/first/honey"]
    assert found.hits[0].shared == ("honey", "hives", "beekeepers")  # as it has them itself
    assert urls(library.more_like("second/canal")) == ["/p/first/pump"]


def test_a_section_is_like_sections_of_other_cases(library: Library) -> None:
    found = library.more_like("first/bees/activity")
    assert urls(found) == ["/p/first/honey/activity"]
    assert not urls(library.more_like("second/canal/activity"))[1:]
    assert "/p/second/canal/results" not in urls(library.more_like("second/canal/activity"))


def test_what_nearly_all_have_and_who_it_is_by_tell_nothing(library: Library) -> None:
    terms = {term.term for term in library.more_like("first/pump").terms}
    assert "water" in terms
    assert not terms & {"council", "friends", "the", "about"}


def test_terms_say_their_figures(library: Library) -> None:
    found = library.more_like("first/bees")
    honey = next(term for term in found.terms if term.term == "honey")
    assert (honey.times, honey.documents) == (2, 2)  # its sections; bees and honey
    assert [term.weight for term in found.terms] == sorted(
        (term.weight for term in found.terms), reverse=True
    )


def test_a_text_without_telling_words_is_like_nothing(library: Library) -> None:
    assert library.more_like("second/empty").hits == ()


def test_an_address_may_be_that_of_a_link_or_have_moved(library: Library) -> None:
    asked = library.more_like("first/bees")
    assert library.more_like("/p/first/bees") == library.more_like("first/bees/") == asked
    assert library.more_like("first/bees/activity/p1") == library.more_like("first/bees/activity")


@pytest.mark.parametrize("address", ["", "first", "nowhere/at-all", "first/be", "a/b/c/d/e", "%/?"])
def test_where_nothing_stands_nothing_is_found(library: Library, address: str) -> None:
    with pytest.raises(NotFoundError):
        library.more_like(address)


@pytest.mark.parametrize("limit", [-1, 0, 1, 1000])
def test_there_are_at_most_so_many(library: Library, limit: int) -> None:
    assert len(library.more_like("first/honey", limit=limit).hits) <= max(limit, 0)


def test_it_does_not_matter_how_the_library_was_filled(library: Library, tmp_path: Path) -> None:
    cases = [case(name, text, by="Friends of Valleys") for name, text in TEXTS.items()]
    gone = book("gone", case("third", TEXTS["bees"]))
    records = gone, book("second", *cases[4:]), book("first", *cases[:4])
    with make_library(tmp_path, *records) as other:
        assert "/p/gone/third" in urls(other.more_like("first/bees"))
        other.reindex()  # one segment, which a part is taken from
        other.remove("gone")
        for address in ("first/bees", "second/canal", "first/honey/activity"):
            assert other.more_like(address) == library.more_like(address)
