"""Headers on every response; the reading password."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from search.searcher import Library
from tests.sites import make_client, make_library, open_page
from webui.app import SiteOptions

PAGES = ["/", "/search?q=pump", "/p/", "/p/river-and-road", "/help", "/nowhere", "/static/site.css"]
PASSWORD = "река и дорога"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield library


@pytest.fixture(scope="module")
def locked(library: Library) -> FlaskClient:
    return make_client(library, SiteOptions(reading_password=PASSWORD))


@pytest.mark.parametrize("url", PAGES)
def test_every_response_carries_the_headers(library: Library, url: str) -> None:
    headers = make_client(library).get(url, buffered=True).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("url", [page for page in PAGES if "static" not in page])
def test_no_page_has_script_or_style_of_its_own(library: Library, url: str) -> None:
    html = make_client(library).get(url).text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
    assert not re.search(r'(src|href)="(https?:)?//(?!localhost)', html)


@pytest.mark.parametrize("url", [page for page in PAGES if "static" not in page])
def test_a_password_stands_before_every_page(locked: FlaskClient, url: str) -> None:
    page = open_page(locked, url, 401)
    assert "password" in page.title
    assert "Basic" in locked.get(url).headers["WWW-Authenticate"]


def test_static_files_stand_before_the_password(locked: FlaskClient) -> None:
    assert locked.get("/static/site.css", buffered=True).status_code == 200


def test_the_api_asks_for_the_password_too(locked: FlaskClient) -> None:
    response = locked.get("/api/search?q=pump")
    assert response.status_code == 401
    assert "error" in response.get_json()


@pytest.mark.parametrize("user", ["", "anybody"])
def test_the_right_password_opens_for_any_user(locked: FlaskClient, user: str) -> None:
    response = locked.get("/search?q=pump", auth=(user, PASSWORD))
    assert response.status_code == 200
    assert response.cache_control.private


@pytest.mark.parametrize("password", ["", PASSWORD + "x", PASSWORD[:-1], PASSWORD.upper()])
def test_a_wrong_password_does_not(locked: FlaskClient, password: str) -> None:
    assert locked.get("/", auth=("anybody", password)).status_code == 401


@pytest.mark.parametrize("header", ["Basic", "Basic !!", "Bearer x", "Basic " + "A" * 9000])
def test_a_broken_answer_is_a_wrong_one(locked: FlaskClient, header: str) -> None:
    assert locked.get("/", headers={"Authorization": header}).status_code == 401
