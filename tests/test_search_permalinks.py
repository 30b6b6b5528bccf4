"""Addresses lead to what they were given for, or say what happened."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import PageLabel, Publication, Retired
from search.permalinks import (
    Resolution,
    address_of,
    addresses,
    find_page,
    page_permalink,
    permalink,
    resolve_in,
    url_of,
)
from search.slugs import is_slug
from tests.records import make_publication

BRIDGE = "river-and-road/a-bridge-over-the-alder"
RETIRED = (
    Retired("the-bridge", "a-bridge-over-the-alder"),
    Retired("first-bridge", "the-bridge"),
    Retired("a-bridge-over-the-alder/plans", "a-bridge-over-the-alder/activity"),
    Retired("the-bridge/aims", "a-bridge-over-the-alder/summary", "joined to the summary"),
    Retired("a-ferry", note="left out of the second edition"),
    Retired("merged", "a-bridge-over-the-alder/activity"),
    Retired("ring-a", "ring-b"),
    Retired("ring-b", "ring-a"),
)
RECORD = msgspec.structs.replace(make_publication(), retired=RETIRED)


def _paged(*pages: PageLabel) -> Publication:
    return msgspec.structs.replace(make_publication(), pages=pages)


def test_a_permalink_has_as_many_parts_as_it_names() -> None:
    assert permalink("a") == "/p/a"
    assert permalink("a", "b") == "/p/a/b"
    assert permalink("a", "b", "c") == "/p/a/b/c"
    assert permalink("a", "b", "c", 3) == "/p/a/b/c/p3"


@pytest.mark.parametrize(
    ("page", "path"),
    [
        (PageLabel(3, "3"), "/p/a/page/3"),
        (PageLabel(3, "iii"), "/p/a/page/iii"),
        (PageLabel(3, ""), "/p/a/page/pdf-3"),
        (PageLabel(3, "A/2"), "/p/a/page/pdf-3"),
        (PageLabel(3, ".."), "/p/a/page/pdf-3"),
        (PageLabel(3, "с. 5?"), "/p/a/page/%D1%81.%205%3F"),
    ],
)
def test_a_page_is_cited_by_its_printed_label(page: PageLabel, path: str) -> None:
    assert page_permalink(_paged(page), page) == path.replace("/a/", "/river-and-road/")


def test_a_label_that_two_pages_have_cites_neither() -> None:
    record = _paged(PageLabel(2, "1"), PageLabel(9, "1"), PageLabel(10, "pdf-2"))
    paths = [page_permalink(record, page) for page in record.pages]
    assert [path.rpartition("/")[2] for path in paths] == ["pdf-2", "pdf-9", "pdf-10"]
    assert [find_page(record, name) for name in ("1", "pdf-2")] == [None, record.pages[0]]


@given(
    st.lists(
        st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,8}", fullmatch=True).filter(is_slug),
        min_size=1,
        max_size=3,
    )
)
def test_the_path_of_an_address_gives_the_address_back(parts: list[str]) -> None:
    address = "/".join(parts)
    if parts[1:2] != ["page"]:
        assert address_of(url_of(address) + "?q=water#activity") == address


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_every_printed_label_gives_a_page_back(label: str) -> None:
    record = _paged(PageLabel(7, label))
    address = address_of(page_permalink(record, record.pages[0]))
    assert find_page(record, address.split("/")[2]) == record.pages[0]


@pytest.mark.parametrize(
    "url",
    [
        "/search",
        "/p/",
        "/p/a/b/c/d",
        "/p/a/b/c/p0",
        "/p/a/b/c/p3/x",
        "/p/A/b",
        "/p/a/page",
        "/p/a/page/1/2",
        "/p/a/../b",
        "/p/a//b",
        "/p/%00",
        "",
    ],
)
def test_what_is_no_permalink_gives_no_address(url: str) -> None:
    assert address_of(url) == ""


@pytest.mark.parametrize(
    "address",
    [
        "river-and-road",
        BRIDGE,
        f"{BRIDGE}/activity",
        f"{BRIDGE}/activity/p3",
        "river-and-road/page/4",
        "river-and-road/page/pdf-4",
    ],
)
def test_what_stands_is_found(address: str) -> None:
    assert resolve_in(RECORD, address) == Resolution("found", address)


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("the-bridge", BRIDGE),
        ("first-bridge", BRIDGE),
        ("the-bridge/activity", f"{BRIDGE}/activity"),
        ("first-bridge/activity", f"{BRIDGE}/activity"),
        ("first-bridge/activity/p2", f"{BRIDGE}/activity"),
        ("the-bridge/never", BRIDGE),
        ("the-bridge/aims", f"{BRIDGE}/summary"),
        ("a-bridge-over-the-alder/plans", f"{BRIDGE}/activity"),
        ("a-bridge-over-the-alder/plans/p1", f"{BRIDGE}/activity"),
        ("a-bridge-over-the-alder/activity/p99", f"{BRIDGE}/activity"),
        ("merged/contact", f"{BRIDGE}/activity"),
    ],
)
def test_what_moved_leads_to_where_it_is(old: str, now: str) -> None:
    found = resolve_in(RECORD, f"river-and-road/{old}")
    assert (found.outcome, found.address) == ("moved", now)


def test_what_is_gone_says_what_happened() -> None:
    note = "left out of the second edition"
    assert resolve_in(RECORD, "river-and-road/a-ferry") == Resolution("gone", note=note)
    assert resolve_in(RECORD, "river-and-road/a-ferry/summary") == Resolution("gone", note=note)


@pytest.mark.parametrize("place", ["never", "a-bridge-over-the-alder/never", "page/99", "page/x"])
def test_what_never_was_is_never(place: str) -> None:
    assert resolve_in(RECORD, f"river-and-road/{place}") == Resolution("never")


def test_a_ring_of_retired_addresses_ends() -> None:
    assert resolve_in(RECORD, "river-and-road/ring-a").outcome == "gone"
    assert resolve_in(RECORD, "river-and-road/ring-a/summary").outcome == "gone"


def test_every_address_is_known_with_the_retired_ones() -> None:
    known = addresses(RECORD)
    assert {"a-ferry", "an-evening-school", "an-evening-school/background"} <= set(known)
    assert len(known) == len(set(known))
