"""The pages of the library and of a publication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from tests.records import make_publication
from tests.sites import SCRIPT, hostile_publication, make_client, make_library, open_page


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    closed = replace(make_publication("closed", title="Closed Book"), rights_download=False)
    records = make_publication(), hostile_publication(), closed
    with make_library(tmp_path_factory.mktemp("site"), *records) as library:
        yield make_client(library)


def test_all_publications_are_listed_with_facts(client: FlaskClient) -> None:
    page = open_page(client, "/p/")
    assert page.link("River and Road") == "/p/river-and-road"
    assert "Alder Press·2019" in page.text or "2019" in page.text
    assert client.get("/publications").location == "/p/"


def test_a_publication_shows_its_contents_by_part(client: FlaskClient) -> None:
    page = open_page(client, "/p/river-and-road")
    order = ["Preface", "North Valley", "A Bridge", "South Hills", "Clean Water", "Recommendations"]
    places = [page.text.index(words) for words in order]
    assert places == sorted(places)
    assert page.link("Activity") == "/p/river-and-road/a-bridge-over-the-alder#activity"


def test_sections_are_counted_without_front_and_back_matter(client: FlaskClient) -> None:
    assert "6 pages, 3 cases, 7 sections" in open_page(client, "/p/river-and-road").text


def test_a_publication_can_be_searched_alone(client: FlaskClient) -> None:
    page = open_page(client, "/p/river-and-road")
    hidden = [a for a in page.attributes("input") if a.get("name") == "publication"]
    assert [a["value"] for a in hidden] == ["river-and-road"]


def test_a_source_is_offered_where_its_rights_allow(client: FlaskClient) -> None:
    page = open_page(client, "/p/river-and-road")
    response = client.get(page.link("Download the text"), buffered=True)
    assert response.data == b"The file of river-and-road.\n"
    assert "river-and-road.txt" in response.headers["Content-Disposition"]


def test_a_source_is_withheld_where_its_rights_do_not_allow(client: FlaskClient) -> None:
    assert "Download" not in open_page(client, "/p/closed").text
    assert "not offered" in open_page(client, "/download/closed", 404).text
    open_page(client, "/download/nowhere", 404)


def test_hostile_facts_are_shown_as_text(client: FlaskClient) -> None:
    for url in ("/p/", "/p/hostile", "/"):
        page = open_page(client, url)
        assert SCRIPT in page.text
        assert "<script>alert" not in page.html


def test_a_removed_publication_says_so_at_all_its_addresses(tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        library.remove("river-and-road")
        client = make_client(library)
        for place in ("", "/an-evening-school", "/an-evening-school/summary"):
            page = open_page(client, f"/p/river-and-road{place}", 410)
            assert "was removed on" in page.text
        assert "was removed on" in open_page(client, "/download/river-and-road", 410).text
        assert "There are none yet" in open_page(client, "/p/").text


def test_a_damaged_record_costs_the_reader_one_publication(tmp_path: Path) -> None:
    with make_library(tmp_path, make_publication(), hostile_publication()) as library:
        record = tmp_path / "library" / "publications" / "hostile" / "record.json"
        record.write_text("{", encoding="utf-8")
        client = make_client(library)
        assert "River and Road" in open_page(client, "/p/").text
        assert "pump" in open_page(client, "/search?q=pump").marks
        page = open_page(client, "/p/hostile", 503)
        assert str(tmp_path) not in page.html
