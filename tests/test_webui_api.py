"""The JSON API says what the pages show."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from flask.testing import FlaskClient

from search.deferred import encodable
from search.engine import ALL_FACETS
from search.searcher import Library
from tests.sites import make_client, make_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield library


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return make_client(library)


def test_a_search_answers_as_the_library_does(client: FlaskClient, library: Library) -> None:
    response = client.get("/api/search?q=pump&part=South+Hills&per_page=1&page=2")
    expected = library.search(
        "pump", filters={"part": ["South Hills"]}, offset=1, limit=1, facets=ALL_FACETS
    )
    same = msgspec.json.encode(expected, enc_hook=encodable)
    assert msgspec.json.decode(response.data) == msgspec.json.decode(same)
    assert response.mimetype == "application/json"


def test_notices_about_the_address_are_among_the_notices(client: FlaskClient) -> None:
    body = client.get("/api/search?q=pump&sort=size").get_json()
    assert body["notices"] == ["sort can be relevance or book; “size” was taken as relevance."]


def test_a_program_may_ask_as_on_the_command_line(client: FlaskClient) -> None:
    body = client.get("/api/search?q=pump&limit=1").get_json()
    assert (len(body["hits"]), body["limit"], body["notices"]) == (1, 1, [])


def test_publications_are_listed(client: FlaskClient) -> None:
    assert client.get("/api/publications").get_json() == {
        "publications": [
            {
                "id": "river-and-road",
                "title": "River and Road",
                "year": 2019,
                "language": "en",
                "pages": 6,
                "cases": 3,
                "sections": 7,
            }
        ]
    }


def test_an_error_is_json_with_its_status(client: FlaskClient) -> None:
    response = client.get("/api/nowhere")
    assert response.status_code == 404
    assert response.get_json() == {"error": "Perhaps the address was copied incompletely."}
