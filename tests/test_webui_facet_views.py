"""Facets as links."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from search.results import FacetValue
from tests.sites import make_library
from webui.app import create_app
from webui.facet_views import SHOWN_VALUES, UNFOLDED_VALUES, facet_view
from webui.questions import Question
from webui.search_urls import SearchUrls


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with make_library(Path(tmp_path_factory.mktemp("site"))) as library:
        yield create_app(library)


def values(count: int, chosen: tuple[int, ...] = ()) -> list[FacetValue]:
    return [FacetValue(f"v{n}", count - n, n in chosen, f"Value {n}") for n in range(count)]


@given(count=st.integers(0, 90), chosen=st.lists(st.integers(0, 89), max_size=12).map(tuple))
def test_chosen_values_come_first_and_no_value_is_lost(
    app: Flask, count: int, chosen: tuple[int, ...]
) -> None:
    named = tuple(f"v{n}" for n in chosen)
    question = Question(filters=(("part", named),) if named else ())
    with app.test_request_context():
        view = facet_view(values(count, chosen), SearchUrls(question), "part")
    flags = [value.chosen for value in view.shown]
    assert flags == sorted(flags, reverse=True)
    assert sum(flags) == sum(n < count for n in set(chosen))
    assert (view.elsewhere or len(view.shown) + len(view.folded)) == count


def test_few_values_fold_and_many_have_a_page(app: Flask) -> None:
    with app.test_request_context():
        few = facet_view(values(UNFOLDED_VALUES), SearchUrls(Question()), "part")
        many = facet_view(values(UNFOLDED_VALUES + 1), SearchUrls(Question()), "part")
    assert (len(few.shown), len(few.folded), few.elsewhere) == (8, UNFOLDED_VALUES - 8, 0)
    assert (len(many.shown), len(many.folded), many.elsewhere) == (8, 0, UNFOLDED_VALUES + 1)


def test_one_more_value_is_not_worth_a_fold(app: Flask) -> None:
    with app.test_request_context():
        assert not facet_view(values(SHOWN_VALUES + 1), SearchUrls(Question()), "part").folded


def test_a_value_that_would_find_nothing_has_no_link_unless_chosen(app: Flask) -> None:
    none = [FacetValue("a", 0, False, "A"), FacetValue("b", 0, True, "B")]
    with app.test_request_context():
        chosen, other = facet_view(
            none, SearchUrls(Question(filters=(("part", ("b",)),))), "part"
        ).shown
    assert (chosen.label, bool(chosen.url)) == ("B", True)
    assert (other.label, other.url) == ("A", "")
