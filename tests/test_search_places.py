"""Places: a phrase stands where its words stand one behind the other, however it is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.query_parser import parse_query
from search.query_plan import TextLeaf, plan_query
from search.snapshot import places
from search.snapshot.places import find_phrase
from search.snapshot.segment import SegmentScope
from tests.asking import document, segment_of

# A word with a hyphen stands for its parts and for itself written as one.
words = st.sampled_from(["road", "the", "the", "well", "dug", "re-dug", "redug"])
texts = st.lists(words, max_size=40)
few = st.sampled_from(["road", "the"])
plain = st.lists(st.sampled_from(["road", "the", "well", "dug", "re"]), min_size=2, max_size=5)


@pytest.fixture(params=["looked up", "looked at", "as they are"])
def _ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take few places for many, or many for few."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "as they are":
            patch.setattr(places, "_FEW", -1 if request.param == "looked up" else 1_000)
        yield


def _scope(sections: Sequence[Sequence[str]], headings: Sequence[Sequence[str]]) -> SegmentScope:
    documents = [
        document(f"p/{number}/s", " ".join(body), order=number, heading=" ".join(heading))
        for number, (body, heading) in enumerate(zip(sections, headings, strict=False))
    ]
    return segment_of(*documents).scopes["sections"]


def _leaf(phrase: Sequence[str]) -> TextLeaf:
    (leaf,) = plan_query(parse_query(f'"{" ".join(phrase)}"')).wanted
    assert isinstance(leaf, TextLeaf)
    return leaf


def _read_along(scope: SegmentScope, phrase: Sequence[str]) -> list[int]:
    """Look at every address; nothing stands behind the last word of a field."""
    there = [{form for form in phrase if _stands(scope, form, n)} for n in range(scope.fields[-1])]
    ends = len(there) - len(phrase) + 1
    return [n for n in range(ends) if all(w in there[n + k] for k, w in enumerate(phrase))]


def _stands(scope: SegmentScope, form: str, address: int) -> bool:
    view = scope.views["exact"]
    word = view.find(form.encode())
    return word >= 0 and address in view.places(word).tolist()


@pytest.mark.usefixtures("_ways")
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sections=st.lists(texts | st.lists(few, max_size=12), min_size=1, max_size=4),
    headings=st.lists(texts, min_size=5, max_size=5),
    phrase=plain | st.lists(few, min_size=2, max_size=5),
)
def test_a_phrase_stands_where_its_words_do(
    sections: list[list[str]], headings: list[list[str]], phrase: list[str]
) -> None:
    scope = _scope([phrase, *sections], headings)
    assert find_phrase(scope, _leaf(phrase)).tolist() == _read_along(scope, phrase)
