"""The search page over a real library."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from search import open_library
from tests.records import make_publication
from tests.sites import HOSTILE, SCRIPT, hostile_publication, make_client, make_library, open_page


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("site")
    with make_library(folder, make_publication(), hostile_publication()) as library:
        yield make_client(library)


def test_the_front_page_says_what_the_library_holds(client: FlaskClient) -> None:
    page = open_page(client, "/")
    assert "Search 4 cases in 2 publications" in page.text


def test_examples_come_from_the_library_and_find_something(client: FlaskClient) -> None:
    page = open_page(client, "/")
    examples = [href for text, href in page.links if "/search?q=" in href and text]
    assert examples
    assert all("Nothing found" not in open_page(client, href).text for href in examples)


def test_an_empty_library_has_a_front_page(tmp_path: Path) -> None:
    with open_library(tmp_path / "empty", create=True) as library:
        assert "The library is empty" in open_page(make_client(library), "/").text


def test_an_empty_question_is_the_front_page(client: FlaskClient) -> None:
    assert "4 cases in 2 publications" in open_page(client, "/search?q=").text


def test_words_are_found_and_marked(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=pump")
    assert page.title.startswith("“pump”: 2 sections in 1 case")
    assert set(page.marks) == {"pump"}


def test_hits_are_grouped_by_case(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=council")
    headings = [text for text, href in page.links if href.endswith("?q=council")]
    assert len(headings) == len(set(headings))


def test_sections_that_match_by_their_title_alone_are_only_named(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=water")
    assert "Water" in page.marks  # in the case's title
    assert "Also found by the case’s title or organisation" not in page.text
    page = open_page(client, "/search?q=clean")
    words = " ".join(page.text.split())
    assert "Also found by the case’s title or organisation: Summary" in words
    assert "repaired the pump" not in words


def test_browsing_without_words_shows_each_section(client: FlaskClient) -> None:
    page = open_page(client, "/search?part=South+Hills")
    assert "repaired the pump" in page.text
    assert page.marks == []


def test_a_phrase_that_finds_nothing_is_offered_without_its_quotation_marks(
    client: FlaskClient,
) -> None:
    page = open_page(client, "/search?q=%22pump+the+repaired%22")
    assert page.link("without quotation marks") == "/search?q=pump+the+repaired&match=all"


def test_a_passage_links_to_its_paragraph_and_names_the_printed_page(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=" + quote('"drinking water"'))
    href = page.link("p. 4")
    assert href.endswith("#activity-p4")
    assert "activity-p4" in open_page(client, href.partition("#")[0]).ids


def test_counts_hold_after_the_click(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=council+committee&match=any")
    values = [(text.split(), href) for text, href in page.links if href.endswith("#results")]
    counted = [(int(words[-1]), href) for words, href in values if words[-1].isdigit()]
    assert counted
    for count, href in counted:
        found = open_page(client, href)
        assert f"{count} section" in found.title


def test_chosen_values_stay_and_can_be_taken_away(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=crane&part=South+Hills&part=North+Valley")
    assert page.link("Part: South Hills") == "/search?q=crane&part=North+Valley"
    assert page.link("Start over") == "/search?q=crane"
    assert "Chosen, remove: South Hills" in " ".join(page.text.split())


@pytest.mark.parametrize("query", ["part=Nowhere", "region=Nowhere", "endpoint=x", "q=pump&name=x"])
def test_an_unknown_facet_or_value_finds_nothing_and_says_so(
    client: FlaskClient, query: str
) -> None:
    page = open_page(client, f"/search?{query}")
    assert "Nothing found" in page.text
    assert "has no part" in page.text or "no facet" in page.text


def test_nothing_found_says_what_to_loosen_with_counts(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=pump&part=North+Valley")
    assert "Nothing found" in page.text
    href = page.link("without part: North Valley")
    assert href == "/search?q=pump"
    assert "without part: North Valley: 2 sections" in " ".join(page.text.split())


def test_a_widened_answer_says_what_fewer_words_find(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=pump+zebra")
    assert page.link("without “zebra”") == "/search?q=pump"
    assert "without “pump”" not in page.text


def test_an_absence_can_be_cited_with_what_was_searched(client: FlaskClient) -> None:
    nothing = open_page(client, "/search?q=zebra&part=North+Valley")
    page = open_page(client, nothing.link("What was searched"))
    words = " ".join(page.text.split())
    assert "Not found: “zebra”" in words
    assert "It is in none of" in words
    assert "under these filters" in words
    assert page.link("A Bridge over the Alder") == "/p/river-and-road/a-bridge-over-the-alder"


def test_one_word_is_not_told_to_be_fewer(client: FlaskClient) -> None:
    text = open_page(client, "/search?q=zebra&part=North+Valley").text
    assert "Use fewer words" not in text
    assert "quotation marks" not in text
    assert "any of the words" not in text
    assert "Use fewer words" in open_page(client, "/search?q=zebra+giraffe").text


def test_a_page_past_the_end_is_the_last_page_and_says_so(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=the&match=any&per_page=2&page=99")
    assert "last page" in page.text
    assert ", page " in page.title
    assert [a for a in page.attributes("a") if a.get("rel") == "prev"]
    assert not [a for a in page.attributes("a") if a.get("rel") == "next"]


def test_pages_link_to_their_neighbours(client: FlaskClient) -> None:
    page = open_page(client, "/search?publication=river-and-road&per_page=2&page=2")
    links = {a["rel"]: a["href"] for a in page.attributes("link") if a["rel"] in {"prev", "next"}}
    assert links == {
        "prev": "/search?publication=river-and-road&per_page=2",
        "next": "/search?publication=river-and-road&page=3&per_page=2",
    }


def test_book_order_follows_the_book(client: FlaskClient) -> None:
    page = open_page(client, "/search?publication=river-and-road&sort=book")
    places = [page.text.index(words) for words in ("Preface", "A Bridge", "Clean Water")]
    assert places == sorted(places)


def test_whole_cases_can_be_listed(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=crane+children&scope=cases&match=all")
    assert "1 case" in page.title
    assert page.link("A Bridge").endswith("?q=crane+children&scope=cases&match=all")


def test_a_widened_answer_offers_the_strict_one(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=pump+crane")
    assert page.link("only those with all the words") == "/search?q=pump+crane&match=all"


def test_other_settings_are_kept_by_the_search_box(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=pump&part=South+Hills&sort=book&page=1")
    hidden = {a["name"]: a["value"] for a in page.attributes("input") if a["type"] == "hidden"}
    assert hidden == {"part": "South Hills", "sort": "book"}


def test_a_new_question_is_matched_as_usual(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=pump+crane&match=all")
    assert "match" not in {a["name"] for a in page.attributes("input")}


def test_all_values_of_a_facet_have_a_page(client: FlaskClient) -> None:
    page = open_page(client, "/search/facet/organisation?q=pump")
    assert "Hill Water Committee" in page.text
    assert [a["value"] for a in page.attributes("input") if a["name"] == "q"] == ["pump"]
    assert open_page(client, "/search/facet/nonsense").text


@pytest.mark.parametrize(
    "query",
    [HOSTILE, SCRIPT, '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\x00\x01", "\u202eabc", "%"],
)
def test_hostile_questions_are_shown_as_text(client: FlaskClient, query: str) -> None:
    address = urlencode({"q": query, "part": query, query: query})
    page = open_page(client, f"/search?{address}")
    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html
    assert "\x00" not in page.html


def test_hostile_records_are_shown_as_text(client: FlaskClient) -> None:
    page = open_page(client, "/search?publication=hostile")
    assert SCRIPT in page.text
    assert "<script>alert" not in page.html
    assert "{{ 7*7 }}" in page.text


@pytest.mark.parametrize("word", ["water ", "вода ", '"', "(", "a" * 10_000])
def test_a_question_of_ten_thousand_characters_gets_a_page(client: FlaskClient, word: str) -> None:
    page = open_page(client, "/search?q=" + quote((word * 10_000)[:10_000]))
    assert "4,000 characters" in page.text


def test_the_time_taken_is_shown(client: FlaskClient) -> None:
    text = open_page(client, "/search?q=pump").text
    assert re.search(r"Searched in 0\.\d\d s", text)


def test_how_a_question_was_read_is_said_where_it_is_not_plain(client: FlaskClient) -> None:
    assert "Searched for" not in open_page(client, "/search?q=pump").text
    assert "Searched for “pump”, “crane” in" in open_page(client, "/search?q=pump+crane").text


def test_a_damaged_record_spoils_no_search_and_its_page_says_so(tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        client = make_client(library)
        record = library.path / "publications" / "river-and-road" / "record.json"
        record.write_bytes(b"{")
        found = client.get("/search?q=crane")
        assert (found.status_code, "crane" in found.get_data(as_text=True)) == (200, True)
        page = client.get(library.search("crane").hits[0].url)
        assert page.status_code in {302, 503}
        case = client.get("/p/river-and-road/a-bridge-over-the-alder")
        assert case.status_code == 503
        shutil.rmtree(record.parent)
        assert client.get("/search?q=crane").status_code == 200
        assert client.get("/p/river-and-road/a-bridge-over-the-alder").status_code == 404
