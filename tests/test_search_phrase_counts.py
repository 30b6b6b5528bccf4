"""Profiles and counts of lists: by region, organisation, kind, year and case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.answers import Source
from search.errors import BackendError
from search.phrase_counts import MOST_PHRASES
from search.phrase_questions import index_of
from search.searcher import Library
from tests.oracle_engine import OracleEngine
from tests.plain_reading import random_publication
from tests.sites import make_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    records = [random_publication("alder", 3), random_publication("birch", 5)]
    with make_library(tmp_path_factory.mktemp("counts"), *records) as library:
        yield library


def test_every_facet_of_a_profile_sums_up_to_the_whole(library: Library) -> None:
    found = library.profile("water")
    for name in ("part", "organisation", "year"):
        assert sum(value.count for value in found.facets[name]) == found.total
        assert sum(value.words for value in found.facets[name]) == found.words
    assert found.per_10000 == round(found.total * 10_000 / found.words, 2)


def test_a_value_has_what_its_filter_finds(library: Library) -> None:
    for name, values in library.profile("water").facets.items():
        for value in values:
            inside = library.profile("water", filters={name: [value.value]})
            assert (inside.total, inside.words) == (value.count, value.words)
            assert (inside.cases, inside.per_10000) == (value.cases, value.per_10000)


def test_years_stand_in_their_order_and_other_values_by_count(library: Library) -> None:
    facets = library.profile("water").facets
    years = [value.value for value in facets["year"]]
    counts = [value.count for value in facets["organisation"]]
    assert years == sorted(years)
    assert counts == sorted(counts, reverse=True)


def test_what_is_left_off_a_long_facet_is_said(library: Library) -> None:
    found = library.profile("water", facets=["organisation", "colour"], values=2)
    assert len(found.facets["organisation"]) == 2
    assert "colour" not in found.facets
    assert any("no facet “colour”" in notice for notice in found.notices)
    assert any("2 with most" in notice for notice in found.notices)


def test_a_profile_of_nothing_counts_nothing_and_says_so(library: Library) -> None:
    found = library.profile("  ")
    assert (found.total, found.cases) == (0, 0)
    assert found.notices


def test_a_list_is_counted_as_each_of_its_phrases(library: Library) -> None:
    found = library.count_phrases(["water", "", "micro-credit", " water ", '"the of"', "???"])
    assert [each.phrase for each in found.phrases] == ["water", "micro-credit", '"the of"', "???"]
    for each in found.phrases:
        profile = library.profile(each.phrase, facets=["part"])
        listed = library.concordance(each.phrase, cases=1_000)
        assert (each.total, each.cases) == (profile.total, profile.cases)
        assert each.by_region == profile.facets["part"]
        assert {(c.publication, c.case): c.count for c in each.by_case} == {
            (c.publication, c.case): c.count for c in listed.by_case
        }
    assert found.phrases[-1].notices
    assert found.words == library.profile("water").words


def test_a_list_that_is_too_long_is_cut_and_says_so(library: Library) -> None:
    found = library.count_phrases([f"word{n}" for n in range(MOST_PHRASES + 5)])
    assert len(found.phrases) == MOST_PHRASES
    assert str(MOST_PHRASES) in found.notices[-1]


def test_progress_is_told(library: Library) -> None:
    told: list[tuple[int, int]] = []
    library.count_phrases(["a", "b"], progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2)]


def test_an_engine_without_places_says_that_it_cannot_tell() -> None:
    with pytest.raises(BackendError):
        index_of(Source(OracleEngine(), widen_below=10, most_hits=10))
