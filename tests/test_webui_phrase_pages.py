"""The pages about words and phrases: what they show, where they lead, what they are spared."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from search.csv_cells import BYTE_ORDER_MARK
from search.searcher import Library
from tests.plain_reading import random_publication
from tests.records import make_publication
from tests.sites import HOSTILE, SCRIPT, hostile_publication, make_client, make_library, open_page
from webui.app import SiteOptions

PAGES = ["/concordance", "/profile", "/collocations", "/shared-phrases", "/count"]
TABLES = ["/concordance.csv", "/profile.csv", "/collocations.csv", "/shared-phrases.csv"]
ODD = [
    "q=%22",
    "q=((((",
    "q=a*+b*+c*",
    "q=~~~~",
    "q=%F0%9F%92%A7",
    "q=%00%E2%80%AE",
    "q=" + "x" * 10_000,
    "q=pump&sort=size&page=0&per_page=9999999&measure=love&window=-1&least=x&words=999999",
    "q=pump&page=99999999999999",
    "q=pump&colour=red&part=Moon",
    "q=-pump",
    "q=part:north",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    records = (make_publication(), random_publication("alder", 3))
    with make_library(tmp_path_factory.mktemp("site"), *records) as library:
        yield library


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return make_client(library)


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("page", [*PAGES, *TABLES])
def test_no_address_is_an_error(client: FlaskClient, page: str, query: str) -> None:
    assert client.get(f"{page}?{query}").status_code == 200


def test_a_search_leads_to_every_occurrence(client: FlaskClient) -> None:
    found = open_page(client, "/search?q=pump&part=South+Hills")
    assert found.link("see every occurrence") == "/concordance?q=pump&part=South+Hills"


def test_lines_stand_under_their_cases_and_lead_to_their_paragraphs(client: FlaskClient) -> None:
    page = open_page(client, "/concordance?q=pump")
    assert "2 occurrences in 1 case of “pump”" in " ".join(page.text.split())
    assert page.marks == ["pump", "pump"]
    case = "/p/river-and-road/clean-water-for-two-villages?q=pump"
    lines = [href for text, href in page.links if text == "pump"]
    assert lines == [f"{case}#summary-p1", f"{case}#activity-p2"]
    assert ("Clean Water for Two Villages", case) in page.links


def test_a_link_of_a_line_leads_to_an_anchor_that_is_there(client: FlaskClient) -> None:
    page = open_page(client, "/concordance?q=council")
    for text, href in page.links:
        if text.casefold() == "council":
            path, _, anchor = href.partition("#")
            assert anchor in open_page(client, path).ids


def test_the_strip_has_a_mark_for_each_occurrence_and_a_band_for_each_case(
    client: FlaskClient, library: Library
) -> None:
    page = open_page(client, "/p/river-and-road?q=council")
    (strip,) = library.strips("council", filters={"publication": ["river-and-road"]})
    drawn = [given["class"] for given in page.attributes("rect")]
    assert drawn.count("mark") == len(strip.marks) == 3
    assert drawn.count("band") + drawn.count("band odd") == len(strip.bands) == 5
    for given in page.attributes("rect"):
        assert 0 <= float(given["x"]) <= float(given["x"]) + float(given["width"]) <= 1000


def test_a_publication_without_a_question_has_no_strip(client: FlaskClient) -> None:
    assert not open_page(client, "/p/river-and-road").attributes("rect")
    assert "does not occur here" in open_page(client, "/p/river-and-road?q=unicorn").text


def test_the_other_orders_and_pages_are_links(client: FlaskClient) -> None:
    page = open_page(client, "/concordance?q=water&per_page=10")
    assert page.link("Words before") == "/concordance?q=water&sort=left&per_page=10"
    assert page.link("Next") == "/concordance?q=water&page=2&per_page=10"
    last = open_page(client, "/concordance?q=water&page=999&per_page=10")
    assert "this is the last page" in last.text


def test_a_value_of_the_profile_leads_to_its_lines(client: FlaskClient) -> None:
    page = open_page(client, "/profile?q=pump")
    assert page.link("South Hills") == "/concordance?q=pump&part=South+Hills"
    narrowed = open_page(client, page.link("South Hills"))
    assert "2 occurrences" in narrowed.text
    assert narrowed.link("remove") == "/concordance?q=pump"


def test_what_is_nowhere_is_said_with_ways_on(client: FlaskClient) -> None:
    page = open_page(client, "/concordance?q=water+bridge&part=South+Hills")
    assert "No occurrence of “water bridge”" in " ".join(page.text.split())
    assert page.link("Without the chosen filters") == "/concordance?q=water+bridge"
    assert page.link("Search for sections") == "/search?q=water+bridge&part=South+Hills"


def test_without_a_word_the_page_says_what_it_is_for(client: FlaskClient) -> None:
    page = open_page(client, "/concordance")
    for words in ("Words that go together", "Shared phrases", "Count a list"):
        assert open_page(client, page.link(words)).title


def test_tables_are_files_in_utf_8(client: FlaskClient) -> None:
    for table in TABLES:
        response = client.get(f"{table}?q=water&form=excel")
        assert response.mimetype == "text/csv"
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        assert response.get_data(as_text=True).startswith(BYTE_ORDER_MARK)
        assert not client.get(f"{table}?q=water").get_data(as_text=True).startswith("\ufeff")


def test_a_posted_list_is_counted_and_can_be_had_as_a_table(client: FlaskClient) -> None:
    listed = {"phrases": "pump\r\n\r\n=1+1\r\n\u202e<b>"}
    page = client.post("/count", data=listed).get_data(as_text=True)
    assert 'href="/concordance?q=pump"' in page
    assert "<b>" not in page
    table = client.post("/count", data={**listed, "form": "csv", "by": "case"})
    rows = list(csv.reader(io.StringIO(table.get_data(as_text=True), newline="")))
    assert [row[0] for row in rows] == ["phrase", "pump", "'=1+1", "\u202e<b>"]


def test_a_list_that_is_far_too_long_is_refused_calmly(client: FlaskClient) -> None:
    assert client.post("/count", data={"phrases": "x" * 1_000_000}).status_code == 413


def test_a_list_keeps_to_the_filters_of_its_address(client: FlaskClient) -> None:
    page = client.post("/count?part=North+Valley", data={"phrases": "pump"}).get_data(as_text=True)
    assert 'action="/count?part=North+Valley"' in page
    assert 'href="/concordance?q=pump&amp;part=North+Valley"' in page


def test_no_text_becomes_markup(tmp_path_factory: pytest.TempPathFactory) -> None:
    records = (hostile_publication(),)
    with make_library(tmp_path_factory.mktemp("hostile"), *records) as library:
        client = make_client(library)
        for page in (*PAGES, "/p/hostile"):
            for query in ("alert", HOSTILE, SCRIPT):
                text = client.get(page, query_string={"q": query}).get_data(as_text=True)
                assert SCRIPT not in text
                open_page(client, f"{page}?q=alert")


def test_a_site_under_a_prefix_links_to_itself(library: Library) -> None:
    client = make_client(library, SiteOptions(url_prefix="/books"))
    for page in PAGES:
        found = open_page(client, f"/books{page}?q=water")
        assert all(href.startswith(("/books", "#", "http")) for _, href in found.links), page
