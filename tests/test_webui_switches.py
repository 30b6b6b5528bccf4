"""Other ways to see an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.sites import make_library
from webui.app import create_app
from webui.questions import Question
from webui.search_urls import SearchUrls
from webui.switches import switches
from webui.urls import search_url

QUESTION = Question("pump", (("part", ("South Hills",)),), sort="book", page=3, per_page=30)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield create_app(library)


def test_every_way_but_the_present_one_is_a_link_to_its_first_page(app: Flask) -> None:
    with app.test_request_context():
        found = switches(SearchUrls(QUESTION))
        first = replace(QUESTION, page=1)
        assert [tuple(link) for link in found["sort"]] == [
            ("Best first", search_url(replace(first, sort="relevance"), "results")),
            ("Book order", ""),
        ]
        assert found["scope"][1].url == search_url(replace(first, scope="cases"), "results")
        assert [link.words for link in found["per_page"]] == ["10", "20", "30", "50", "100"]
        assert found["per_page"][1].url == search_url(replace(first, per_page=20))
        assert found["per_page"][2].url == ""
