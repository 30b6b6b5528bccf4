"""Side by side: a case in two languages, and addresses that last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from search import open_library
from search.model import Retired
from tests.sites import make_client, open_page
from tests.translated import DIGEST, SELECTION, TRUTH, add_both

HERE = "koe-chto-luchshe-ulitsy"
THERE = TRUTH[HERE]
BESIDE = f"/beside/{SELECTION}/{DIGEST}/{HERE}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("site")
    with open_library(folder / "library", create=True) as library:
        add_both(library)
        yield make_client(library)


def test_a_case_leads_to_the_other_language(client: FlaskClient) -> None:
    page = open_page(client, f"/p/{SELECTION}/{HERE}")
    assert page.link("Something better than the street") == f"/p/{DIGEST}/{THERE}"
    assert page.link("Side by side") == BESIDE


def test_a_case_of_one_language_leads_nowhere(client: FlaskClient) -> None:
    page = open_page(client, f"/p/{DIGEST}/graduates-who-help-to-shape-the-law")
    assert "Side by side" not in page.text


def test_a_publication_leads_to_the_other_language(client: FlaskClient) -> None:
    page = open_page(client, f"/p/{DIGEST}")
    assert page.link("Работаем вместе") == f"/p/{SELECTION}"
    assert page.link("side by side") == f"/beside/{DIGEST}/{SELECTION}"


def test_sections_of_both_languages_stand_in_one_row(client: FlaskClient) -> None:
    html = open_page(client, BESIDE).html
    rows = html.split('<section class="pair">')[1:]
    summary = next(row for row in rows if 'id="summary"' in row)
    assert "Аврора предлагает детям" in summary
    assert "Aurora offers children" in summary


def test_ids_of_both_sides_are_apart(client: FlaskClient) -> None:
    ids = open_page(client, BESIDE).ids
    assert len(ids) == len(set(ids))
    assert {"summary", "there--summary", "summary-p1", "there--summary-p1"} <= set(ids)


def test_each_side_says_its_language(client: FlaskClient) -> None:
    html = open_page(client, BESIDE).html
    assert '<div class="side one" id="summary" lang="ru">' in html
    assert '<div class="side other" id="there--summary" lang="en">' in html


def test_sides_can_be_changed(client: FlaskClient) -> None:
    assert open_page(client, BESIDE).link("Change sides") == f"/beside/{DIGEST}/{SELECTION}/{THERE}"


def test_a_case_without_a_counterpart_is_read_alone(client: FlaskClient) -> None:
    page = open_page(client, f"/beside/{DIGEST}/{SELECTION}/graduates-who-help-to-shape-the-law")
    assert "is likely to be this case" in page.text
    assert "The association was founded and registered in 1991" in page.text


def test_all_cases_are_listed_in_pairs_and_alone(client: FlaskClient) -> None:
    page = open_page(client, f"/beside/{SELECTION}/{DIGEST}")
    assert "7 cases and chapters are in both" in page.text
    assert page.link("Side by side: Кое-что лучше улицы") == BESIDE
    assert page.link("Conclusions") == f"/p/{DIGEST}/conclusions"


def test_the_api_says_the_same(client: FlaskClient) -> None:
    answer = client.get(f"/api/translations/{SELECTION}").get_json()
    (table,) = answer["translations"]
    pairs = {row["one"]: row["other"] for row in table["rows"] if row["confidence"] >= 0.5}
    assert pairs[HERE] == THERE
    of_case = client.get(f"/api/translations/{SELECTION}/{HERE}").get_json()["translations"][0]
    assert (of_case["case"], of_case["language"]) == (THERE, "en")
    assert {row["one"]: row["other"] for row in of_case["rows"]}["activity"] == "activity"


@pytest.mark.parametrize(
    "path",
    [
        f"/beside/{SELECTION}/nothing",
        f"/beside/nothing/{DIGEST}",
        f"/beside/{SELECTION}/{SELECTION}",
        f"/beside/{SELECTION}/{DIGEST}/nothing",
        f"/beside/{SELECTION}/nothing/{HERE}",
        "/api/translations/nothing",
        f"/api/translations/{SELECTION}/nothing",
    ],
)
def test_what_was_never_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_addresses_outlive_the_other_language_and_a_removal(tmp_path: Path) -> None:
    with open_library(tmp_path / "library", create=True) as library:
        add_both(library)
        client = make_client(library)
        library.remove(DIGEST)
        gone = client.get(BESIDE)
        assert gone.status_code == 410
        assert f"/p/{SELECTION}/{HERE}" in gone.get_data(as_text=True)
        assert client.get(f"/beside/{DIGEST}/{SELECTION}/{THERE}").status_code == 410
        assert client.get(f"/beside/{DIGEST}/{SELECTION}").status_code == 410
        assert client.get(f"/p/{SELECTION}/{HERE}").status_code == 200


def test_a_case_that_moved_is_followed(tmp_path: Path) -> None:
    with open_library(tmp_path / "library", create=True) as library:
        add_both(library)
        record = library.publication(SELECTION)
        moved = replace(record, retired=(Retired("an-old-name", HERE),))
        library.publish(moved, source=library.source_file(SELECTION))
        answer = make_client(library).get(f"/beside/{SELECTION}/{DIGEST}/an-old-name")
        assert (answer.status_code, answer.location) == (301, BESIDE)
