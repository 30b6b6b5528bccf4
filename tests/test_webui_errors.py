"""Every failure is a calm page with the right status."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from flask import Flask

from search.errors import BackendError, CasebookError, InputError, LibraryError, NotFoundError
from tests.sites import Page, make_library, open_page
from webui.app import create_app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return a site with a room where something breaks."""
    failures: dict[str, Exception] = {
        "input": InputError("this cannot be used", where="/srv/secret"),
        "missing": NotFoundError("there is no such case", fix="casebook list"),
        "library": LibraryError("the library is damaged", where="/srv/secret"),
        "backend": BackendError("no answer", where="10.0.0.7"),
        "bug": ZeroDivisionError("/srv/secret"),
    }

    def break_down(what: str) -> str:
        raise failures[what]

    with make_library(tmp_path_factory.mktemp("site")) as library:
        app = create_app(library)
        app.add_url_rule("/break/<what>", view_func=break_down)
        app.add_url_rule("/api/break/<what>", "api_break", break_down)
        yield app


@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        ("input", 400, "This cannot be used."),
        ("missing", 404, "There is no such case."),
        ("library", 503, "try again in a few minutes"),
        ("backend", 503, "try again in a few minutes"),
        ("bug", 500, "our fault, not yours"),
    ],
)
def test_a_failure_is_a_page_that_tells_nothing_of_folders(
    app: Flask, what: str, status: int, words: str
) -> None:
    client = app.test_client()
    page = open_page(client, f"/break/{what}", status)
    answer = client.get(f"/api/break/{what}")
    assert words in page.text
    assert words in answer.get_json()["error"]
    assert "secret" not in page.html + answer.text
    assert "Traceback" not in page.html


def test_a_bug_is_logged_whole(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "casebook.site"):
        app.test_client().get("/break/bug")
    assert "ZeroDivisionError" in caplog.text


def test_what_the_operator_can_mend_is_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "casebook.site"):
        app.test_client().get("/break/library")
    assert "/srv/secret: the library is damaged." in caplog.text


@pytest.mark.parametrize("error", CasebookError.__subclasses__())
def test_every_kind_of_error_has_a_status(error: type[CasebookError]) -> None:
    from webui.errors import STATUS  # noqa: PLC0415 - the table is what is tested

    assert error in STATUS


def test_the_wrong_method_is_said_with_the_right_ones(app: Flask) -> None:
    response = app.test_client().post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "cannot be done here" in Page(response.text).title
