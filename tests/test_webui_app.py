"""The application as a whole: prefix, proxies, well-formed pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.searcher import Library
from tests.records import make_publication
from tests.sites import Page, hostile_publication, make_client, make_library, open_page
from webui.app import SiteOptions

WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["q", "part", "page", "per_page", "sort", "scope", "match", "year", "_anchor", "endpoint"]
    ),
)
SEARCHES = ["/", "/search", "/search/facet/part", "/api/search"]
CASE = "/p/river-and-road/clean-water-for-two-villages"
PAGES = [
    "/",
    "/search?q=pump&part=South+Hills",
    "/search?q=pump+crane&scope=cases",
    "/search?q=zzz&part=North+Valley",
    "/search/facet/organisation",
    "/p/",
    "/p/river-and-road",
    CASE,
    f"{CASE}?q=pump",
    "/p/hostile/case?q=script",
    "/help",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("site")
    with make_library(folder, make_publication(), hostile_publication()) as library:
        yield library


@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_well_formed_and_has_its_landmarks(library: Library, url: str) -> None:
    page = open_page(make_client(library), url)
    counts = {tag: len(page.attributes(tag)) for tag in ("main", "h1", "header", "footer", "title")}
    assert counts["main"] == counts["h1"] == counts["title"] == 1
    assert page.attributes("html") == [{"lang": "en"}]
    assert page.links[0] == ("Skip to the content", "#main_content")
    assert len(page.ids) == len(set(page.ids))
    assert page.title.endswith("· Casebook")


@pytest.mark.parametrize("url", PAGES)
def test_every_link_of_a_page_leads_somewhere(library: Library, url: str) -> None:
    client = make_client(library)
    page = open_page(client, url)
    for _, href in page.links:
        path, _, anchor = href.removeprefix("http://localhost").partition("#")
        target = client.get(path or url, follow_redirects=True, buffered=True)
        assert target.status_code == 200, href
        assert not anchor or anchor in Page(target.text).ids, href


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("taken_off", [True, False])
def test_under_a_prefix_every_link_has_it(library: Library, url: str, *, taken_off: bool) -> None:
    client = make_client(library, SiteOptions(url_prefix="/reading/room"))
    page = open_page(client, url if taken_off else f"/reading/room{url}")
    paths = [href for _, href in page.links if href.startswith("/")]
    assert paths
    assert all(path.startswith("/reading/room/") for path in paths)
    sources = [tag["src"] for tag in (*page.attributes("script"), *page.attributes("img"))]
    assert all(source.startswith("/reading/room/static/") for source in sources)


def test_the_bare_prefix_is_the_front_page(library: Library) -> None:
    client = make_client(library, SiteOptions(url_prefix="/reading"))
    assert "Search 4 cases" in open_page(client, "/reading").text


def test_redirects_stay_under_the_prefix(library: Library) -> None:
    client = make_client(library, SiteOptions(url_prefix="/reading"))
    assert client.get(f"/reading{CASE}/activity").location == f"/reading{CASE}#activity"
    assert client.get("/reading/p/river-and-road/page/4").location.startswith(f"/reading{CASE}#")


@given(st.dictionaries(WORDS, WORDS, max_size=5), st.sampled_from(SEARCHES))
@settings(max_examples=60)
def test_any_question_gets_an_answer(
    library: Library, arguments: dict[str, str], path: str
) -> None:
    response = make_client(library).get(f"{path}?{urlencode(arguments)}")
    assert response.status_code == 200


@given(st.lists(st.text(max_size=6), max_size=5), st.sampled_from(["/p", "/search", "/download"]))
@settings(max_examples=60)
def test_any_address_gets_a_page(library: Library, parts: list[str], path: str) -> None:
    url = "/".join([path, *(quote(part, safe="") for part in parts)])
    response = make_client(library).get(url, buffered=True)
    assert response.status_code in {200, 301, 302, 308, 404, 410}, url


@pytest.mark.parametrize("url", ["/p/%ff", "/search?q=%ff%00", "/%2e%2e/", "/p/%2fetc%2fpasswd"])
def test_broken_encodings_are_no_bug(library: Library, url: str) -> None:
    assert make_client(library).get(url).status_code in {200, 308, 404}


def test_forwarded_headers_are_believed_only_where_told(library: Library) -> None:
    headers = {"X-Forwarded-Host": "books.example", "X-Forwarded-Proto": "https"}
    plain = make_client(library).get(CASE, headers=headers).text
    told = make_client(library, SiteOptions(trusted_proxies=1)).get(CASE, headers=headers).text
    assert "books.example" not in plain
    assert f"https://books.example{CASE}" in told


def test_a_printed_page_tells_its_address_and_date(library: Library) -> None:
    options = SiteOptions(today=lambda: date(2026, 3, 1))
    page = open_page(make_client(library, options), "/search?q=pump&sort=book")
    assert "Printed from http://localhost/search?q=pump&sort=book on 1 March 2026." in page.text


def test_the_site_has_the_name_it_was_given(library: Library) -> None:
    page = open_page(make_client(library, SiteOptions(site_name="Our <Books>")), "/")
    assert page.title == "Search · Our <Books>"
