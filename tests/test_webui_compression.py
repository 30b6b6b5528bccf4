"""What goes out compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.searcher import Library
from tests.sites import make_client, make_library
from webui.app import SiteOptions

GZIP = {"Accept-Encoding": "gzip, br"}
TEXTS = [
    "/search?q=the",
    "/api/search?q=the",
    "/static/site.css",
    "/static/site.js",
    "/opensearch.xml",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield library


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return make_client(library)


def fetch(client: FlaskClient, url: str, **headers: str) -> TestResponse:
    return client.get(url, headers=list(headers.items()), buffered=True)


@pytest.mark.parametrize("url", [text for text in TEXTS if "search?" not in text])
def test_a_text_is_the_same_compressed_and_plain(client: FlaskClient, url: str) -> None:
    packed, plain = fetch(client, url, **GZIP), fetch(client, url)
    body = gzip.decompress(packed.data) if packed.content_encoding == "gzip" else packed.data
    assert body == plain.data
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("url", TEXTS[:4])
def test_a_long_text_goes_out_compressed(client: FlaskClient, url: str) -> None:
    response = fetch(client, url, **GZIP)
    assert response.content_encoding == "gzip"
    assert len(response.data) == response.content_length


@pytest.mark.parametrize("accepted", ["identity", "gzip;q=0", "br"])
def test_a_browser_that_does_not_take_it_is_not_given_it(
    client: FlaskClient, accepted: str
) -> None:
    response = fetch(client, "/search?q=the", **{"Accept-Encoding": accepted})
    assert response.content_encoding is None


@pytest.mark.parametrize("url", ["/robots.txt", "/download/river-and-road"])
def test_a_small_text_and_a_source_are_left_alone(client: FlaskClient, url: str) -> None:
    assert fetch(client, url, **GZIP).content_encoding is None


@pytest.mark.parametrize("headers", [GZIP, {}])
def test_a_static_file_is_not_sent_again(client: FlaskClient, headers: dict[str, str]) -> None:
    first = fetch(client, "/static/site.css", **headers)
    again = fetch(client, "/static/site.css", **headers, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert first.cache_control.max_age == 31_536_000


def test_compression_can_be_left_to_the_proxy(library: Library) -> None:
    client = make_client(library, SiteOptions(gzip=False))
    assert fetch(client, "/static/site.css", **GZIP).content_encoding is None
