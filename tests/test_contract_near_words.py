"""NEAR, as by hand: two words of a text with few others between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.searcher import open_library
from tests.records import make_case, make_publication, make_section, write_source

TEXTS = st.lists(st.sampled_from(["well", "pump", "road", "x"]), min_size=1, max_size=8)


def stand_near(text: Sequence[str], one: str, two: str, between: int) -> bool:
    places = [[n for n, word in enumerate(text) if word == wanted] for wanted in (one, two)]
    return any(0 < abs(a - b) <= between + 1 for a, b in product(*places))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=6),
    between=st.integers(0, 4),
)
def test_what_is_found_is_what_stands_near_whichever_comes_first(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], between: int
) -> None:
    folder = tmp_path_factory.mktemp("near")
    cases = tuple(
        make_case(f"c{n}", f"Case {n}", make_section("lead", " ".join(text)))
        for n, text in enumerate(texts)
    )
    with open_library(folder / "library", create=True) as library:
        library.publish(make_publication(cases=cases), source=write_source(folder))
        found = library.search(f"wells NEAR/{between} pump", match="all", limit=100, passages=3)
        wanted = {f"c{n}" for n, t in enumerate(texts) if stand_near(t, "well", "pump", between)}
        assert {hit.case for hit in found.hits} == wanted
        assert found.total == len(wanted)
        assert all(any(p.highlights for p in hit.passages) for hit in found.hits)
