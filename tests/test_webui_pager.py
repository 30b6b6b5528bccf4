"""Links to the pages of an answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.sites import make_library
from webui.app import create_app
from webui.pager import page_links
from webui.questions import Question
from webui.search_urls import SearchUrls


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield create_app(library)


@pytest.mark.parametrize(
    ("page", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 12, [1, 0, 4, 5, 6, 7, 8, 0, 12]),
        (12, 12, [1, 0, 10, 11, 12]),
    ],
)
def test_ends_and_neighbours_are_linked(
    app: Flask, page: int, last: int, numbers: list[int]
) -> None:
    with app.test_request_context():
        links = page_links(SearchUrls(Question("a", page=page)), last)
    assert [link.number for link in links] == numbers
