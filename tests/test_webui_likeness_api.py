"""The API suggests and finds what is alike as the library does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient

from search.likeness_index import Similar
from search.searcher import Library
from tests.records import make_case, make_publication, make_section
from tests.sites import make_client, make_library, open_page
from webui.app import SiteOptions

CASE = "river-and-road/clean-water-for-two-villages"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield library


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return make_client(library)


def test_every_suggestion_leads_somewhere(client: FlaskClient) -> None:
    kinds = set()
    for typed in ("w", "cl", "river", "so", "s"):
        for item in client.get(f"/api/suggest?q={typed}&limit=20").get_json()["suggestions"]:
            kinds.add(item["kind"])
            assert client.get(item["url"]).status_code == 200, item
    assert kinds == {"word", "organisation", "part", "publication", "case"}


def test_addresses_keep_the_prefix_of_the_site(library: Library) -> None:
    client = make_client(library, SiteOptions(url_prefix="/shelf"))
    found = client.get("/shelf/api/suggest?q=river&limit=20").get_json()["suggestions"]
    assert found
    assert all(item["url"].startswith("/shelf/") for item in found)


def test_a_browser_keeps_what_holds_for_this_state_alone(client: FlaskClient) -> None:
    known = client.get(f"{asked_at(client)}&q=cl").cache_control
    assert (known.private, known.max_age) == (True, 24 * 60 * 60)
    assert client.get("/api/suggest?state=other&q=cl").cache_control.no_cache


def test_another_state_of_the_library_is_asked_at_another_address(tmp_path: Path) -> None:
    other = make_publication("other", cases=(make_case("a", "A", make_section("lead", "Text.")),))
    with make_library(tmp_path, make_publication(), other) as library:
        client = make_client(library)
        before, again = (asked_at(client), asked_at(client))
        library.remove("other")
        assert before == again != asked_at(client)


def asked_at(client: FlaskClient) -> str:
    body = client.get("/help").get_data(as_text=True)
    return body.partition('data-suggest="')[2].partition('"')[0]


def test_a_case_page_names_similar_cases_and_why(tmp_path: Path) -> None:
    texts = ("Hives and honey for all.", "Honey from hives <b>.", "A road over the hill.")
    cases = tuple(
        make_case(f"case-{n}", f"Story {n}", make_section("lead", text), number=n)
        for n, text in enumerate(texts, 1)
    )
    with make_library(tmp_path, make_publication("book", cases=cases)) as library:
        client = make_client(library)
        page = open_page(client, "/p/book/case-1")
        assert ("Story 2", "/p/book/case-2") in page.links
        assert "Both speak of hives, honey." in page.text
        assert "Similar cases" not in open_page(client, "/p/book/case-3").text


def test_similar_is_answered_as_the_library_does(client: FlaskClient, library: Library) -> None:
    response = client.get(f"/api/similar?address={CASE}&limit=3")
    assert msgspec.json.decode(response.data, type=Similar) == library.more_like(CASE, limit=3)


@pytest.mark.parametrize("path", ["/api/similar", "/api/similar?address=nowhere/at-all"])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "No case or section" in response.get_json()["error"]


@pytest.mark.parametrize("limit", ["x", "-3", "", "1e9", "99999999999999999999"])
def test_an_odd_limit_is_no_error(client: FlaskClient, limit: str) -> None:
    assert client.get(f"/api/suggest?q=w&limit={limit}").status_code == 200
