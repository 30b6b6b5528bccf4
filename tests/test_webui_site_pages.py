"""Help, and what browsers and crawlers are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from search import open_library
from tests.sites import make_client, make_library, open_page
from webui.app import SiteOptions


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield make_client(library)


def test_every_example_of_the_help_page_is_read_without_complaint(client: FlaskClient) -> None:
    page = open_page(client, "/help")
    examples = [href for _, href in page.links if href.startswith("/search?q=")]
    assert len(examples) >= 10
    for href in examples:
        assert "were read as words" not in open_page(client, href).text


def test_help_needs_no_publication(tmp_path: Path) -> None:
    with open_library(tmp_path / "empty", create=True) as library:
        open_page(make_client(library), "/help")


def test_a_browser_can_search_from_its_address_bar(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml")
    root = ET.fromstring(response.data)
    urls = [
        url.attrib["template"] for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    ]
    assert urls[0] == "http://localhost/search?q={searchTerms}"
    assert response.mimetype == "application/opensearchdescription+xml"


def test_a_hostile_site_name_stays_a_name(tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        client = make_client(library, SiteOptions(site_name='<b>"&'))
        name = ET.fromstring(client.get("/opensearch.xml").data)[0]
    assert name.text == '<b>"&'


def test_crawlers_keep_out_of_the_answers(client: FlaskClient) -> None:
    assert "Disallow: /search" in client.get("/robots.txt").text
