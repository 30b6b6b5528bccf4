"""Neighbours: two words stand side by side where reading along finds them, however listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.query_parser import parse_query
from search.query_plan import TextLeaf, plan_query
from search.snapshot import neighbours
from search.snapshot.neighbours import side_by_side
from search.snapshot.segment import SegmentScope
from tests.asking import document, segment_of

# Forms of one family, and a word with a hyphen: its parts, and itself written as one.
FORMS = ["water", "waters", "watering", "pipe", "pipes", "re-pipe", "repipe", "wax", "вода", "воды"]
texts = st.lists(st.sampled_from(FORMS), max_size=20)
words = st.sampled_from(["water", "pipes", "repiping", "re", "wax", "воду", "nowhere"])


@pytest.fixture(params=["looked beside", "in order", "as they are"])
def _ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take few places for many, or many for few."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "as they are":
            patch.setattr(neighbours, "_FEW", -1 if request.param == "in order" else 1_000)
        yield


def _scope(sections: Sequence[Sequence[str]], languages: Sequence[str]) -> SegmentScope:
    documents = [
        document(
            f"p/{number}/s",
            " ".join(body),
            order=number,
            language=language,
            heading=" ".join(body[::-1]),
        )
        for number, (body, language) in enumerate(zip(sections, languages, strict=False))
    ]
    return segment_of(*documents).scopes["sections"]


def _leaf(word: str) -> TextLeaf:
    (leaf,) = plan_query(parse_query(word), frozenset({"es"})).wanted
    assert isinstance(leaf, TextLeaf)
    return leaf


def _addresses(scope: SegmentScope, leaf: TextLeaf) -> set[int]:
    stems = scope.views["stem"]
    found = [stems.find(form.encode()) for form in leaf.steps[0]]
    return {address for word in found if word >= 0 for address in stems.places(word).tolist()}


@pytest.mark.usefixtures("_ways")
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sections=st.lists(texts, min_size=1, max_size=4),
    languages=st.lists(st.sampled_from(["en", "es", "ru", ""]), min_size=4, max_size=4),
    first=words,
    second=words,
)
def test_words_are_side_by_side_where_one_follows_the_other(
    sections: list[list[str]], languages: list[str], first: str, second: str
) -> None:
    scope = _scope(sections, languages)
    one, other = _leaf(first), _leaf(second)
    there = _addresses(scope, other)
    expected = sorted(at for at in _addresses(scope, one) if at + 1 in there)
    found = side_by_side(scope, one, other)
    assert found is not None
    assert found.tolist() == expected


def test_what_takes_long_to_list_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    scope = _scope([["water", "pipes"] * 10], ["en"])
    monkeypatch.setattr(neighbours, "_FEW", 5)
    assert side_by_side(scope, _leaf("water"), _leaf("pipe")) is not None
    monkeypatch.setattr(neighbours, "_MOST_LISTED", 9)
    assert side_by_side(scope, _leaf("water"), _leaf("pipe")) is None
