"""Addresses of choices are those of the questions that they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.sites import make_library
from webui.app import create_app
from webui.questions import Question, with_values
from webui.search_urls import SearchUrls
from webui.urls import search_url

VALUES = st.lists(st.text(min_size=1, max_size=6), max_size=4, unique=True).map(tuple)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with make_library(Path(tmp_path_factory.mktemp("site"))) as library:
        yield create_app(library)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    others = draw(st.dictionaries(st.sampled_from(["part", "year", "zebra"]), VALUES.filter(bool)))
    return Question(
        draw(st.text(max_size=8)),
        tuple(others.items()),
        page=draw(st.integers(1, 3)),
        per_page=draw(st.sampled_from([20, 50])),
    )


@given(
    base=questions(),
    chosen=VALUES,
    facet=st.sampled_from(["part", "organisation", "language", "zebra"]),
    value=st.text(min_size=1, max_size=6),
)
def test_a_choice_leads_where_the_question_with_it_leads(
    app: Flask, base: Question, chosen: tuple[str, ...], facet: str, value: str
) -> None:
    question = with_values(base, facet, chosen)
    more = chosen if value in chosen else (*chosen, value)
    fewer = tuple(other for other in chosen if other != value)
    with app.test_request_context():
        links = SearchUrls(question).choices(facet, "results")
        assert links.adding(value) == search_url(with_values(question, facet, more), "results")
        assert links.taking(value) == search_url(with_values(question, facet, fewer), "results")
