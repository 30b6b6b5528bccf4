"""Reading pages and permalinks over a real library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.sites import (
    SCRIPT,
    hostile_publication,
    make_client,
    make_library,
    open_page,
    revised_publication,
)

BRIDGE = "/p/river-and-road/a-bridge-over-the-alder"
PUMP = "/p/river-and-road/clean-water-for-two-villages"
SCHOOL = "/p/river-and-road/an-evening-school"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("site")
    with make_library(folder, revised_publication(), hostile_publication()) as library:
        yield make_client(library)


def test_sections_and_paragraphs_have_anchors(client: FlaskClient) -> None:
    ids = open_page(client, BRIDGE).ids
    assert {"summary", "activity", "activity-p1", "activity-p2", "activity-p3"} <= set(ids)


@pytest.mark.parametrize("url", [BRIDGE, PUMP, SCHOOL, f"{BRIDGE}?q=the+bridge+council"])
def test_no_id_stands_twice(client: FlaskClient, url: str) -> None:
    ids = open_page(client, url).ids
    assert len(ids) == len(set(ids))


def test_every_section_and_paragraph_has_a_link_to_keep(client: FlaskClient) -> None:
    hrefs = {href for _, href in open_page(client, PUMP).links}
    assert {PUMP, f"{PUMP}/activity", f"{PUMP}/activity/p1", f"{PUMP}/activity/p4"} <= hrefs


@pytest.mark.parametrize(
    ("url", "target"),
    [
        (f"{PUMP}/activity", f"{PUMP}#activity"),
        (f"{PUMP}/activity?q=pump", f"{PUMP}?q=pump#activity"),
        (f"{PUMP}/activity/p3", f"{PUMP}#activity-p3"),
        ("/p/river-and-road/page/4", f"{PUMP}#summary-p1"),
        ("/p/river-and-road/page/pdf-3", f"{BRIDGE}#activity-p3"),
        ("/p/river-and-road/page/4?q=pump", f"{PUMP}?q=pump#summary-p1"),
    ],
)
def test_a_permalink_leads_to_its_place(client: FlaskClient, url: str, target: str) -> None:
    response = client.get(url)
    assert (response.status_code, response.location) == (302, target)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("/p/river-and-road/the-old-bridge", BRIDGE),
        ("/p/river-and-road/the-old-bridge/activity?q=crane", f"{BRIDGE}?q=crane#activity"),
        (f"{SCHOOL}/aims", f"{SCHOOL}#background"),
        (f"{PUMP}/activity/p99", f"{PUMP}#activity"),
    ],
)
def test_a_retired_address_leads_to_where_its_text_is(
    client: FlaskClient, url: str, target: str
) -> None:
    response = client.get(url)
    assert (response.status_code, response.location) == (301, target)


def test_a_retired_section_is_still_an_anchor(client: FlaskClient) -> None:
    assert "aims" in open_page(client, SCHOOL).ids


def test_a_paragraph_that_moved_on_its_page_is_still_an_anchor(client: FlaskClient) -> None:
    ids = open_page(client, BRIDGE).ids
    assert ids.index("activity-p9") in {ids.index("activity-p2") - 1, ids.index("activity-p2") + 1}


def test_an_anchor_whose_paragraph_left_the_page_says_where_it_is(client: FlaskClient) -> None:
    page = open_page(client, BRIDGE)
    assert {"activity-p7", "activity-p8"} <= set(page.ids)
    assert page.link("in another place") == f"{SCHOOL}/background/p1"
    assert "It was cut." in page.text


def test_a_paragraph_that_is_gone_leaves_its_section(client: FlaskClient) -> None:
    page = open_page(client, f"{BRIDGE}/activity/p7", 410)
    assert page.link("What stood around it") == f"{BRIDGE}/activity"


def test_an_address_whose_text_is_gone_says_what_happened(client: FlaskClient) -> None:
    page = open_page(client, "/p/river-and-road/a-lost-ferry", 410)
    assert "left out of the second edition" in page.text
    assert page.link("River and Road") == "/p/river-and-road"


@pytest.mark.parametrize(
    "url",
    [
        "/p/nowhere",
        "/p/nowhere/case/section",
        "/p/river-and-road/nowhere",
        f"{PUMP}/nowhere",
        f"{PUMP}/activity/p0",
        f"{PUMP}/activity/third",
        f"{PUMP}/activity/p3/more",
        "/p/river-and-road/page/77",
        "/p/river-and-road/page/a/b",
        "/p/nowhere/page/1",
        "/p/%2e%2e/%2e%2e",
        "/p/river-and-road/%00",
    ],
)
def test_an_address_never_given_out_is_not_found(client: FlaskClient, url: str) -> None:
    assert "no such page" in open_page(client, url, 404).title


def test_the_question_is_marked_and_numbered(client: FlaskClient) -> None:
    page = open_page(client, f"{PUMP}?q=pump")
    assert page.marks == ["pump", "pump"]
    assert [mark["id"] for mark in page.attributes("mark")] == ["hit-1", "hit-2"]
    assert "2 matches" in page.text


def test_matches_can_be_reached_without_a_script(client: FlaskClient) -> None:
    page = open_page(client, f"{PUMP}?q=pump")
    assert {"#hit-1", "#hit-2"} <= {href for _, href in page.links}
    assert page.link("Clear") == PUMP


def test_headings_are_marked_too(client: FlaskClient) -> None:
    assert "Activity" in open_page(client, f"{PUMP}?q=activity").marks


def test_the_title_and_the_organisation_are_marked_too(client: FlaskClient) -> None:
    page = open_page(client, f"{PUMP}?q=villages+hill")
    assert page.marks == ["Villages", "Hill"]
    assert "2 matches" in page.text


def test_a_question_in_russian_is_marked(client: FlaskClient) -> None:
    page = open_page(client, f"{SCHOOL}?q=школы")
    assert page.marks == ["школа"]
    assert {"lang": "ru", "id": "background"}.items() <= dict(
        next(given for tag, given in page.tags if given.get("id") == "background")
    ).items()


def test_a_page_without_matches_says_so(client: FlaskClient) -> None:
    assert "not on this page" in open_page(client, f"{PUMP}?q=crane").text


def test_the_way_back_leads_to_the_very_list(client: FlaskClient) -> None:
    search = "/search?q=council&part=South+Hills&sort=book"
    href = open_page(client, search).link("Clean Water")
    assert open_page(client, href.partition("#")[0]).link("Back to the results") == search


def test_neighbours_keep_the_question(client: FlaskClient) -> None:
    page = open_page(client, f"{PUMP}?q=council")
    assert page.link("A Bridge over the Alder") == f"{BRIDGE}?q=council"
    assert page.link("An Evening School") == f"{SCHOOL}?q=council"


def test_page_starts_stand_where_they_begin(client: FlaskClient) -> None:
    page = open_page(client, BRIDGE)
    assert page.link("p. 2") == "/p/river-and-road/page/2"
    assert page.link("p. 3") == "/p/river-and-road/page/3"


def test_captions_and_items_are_set_as_what_they_are(client: FlaskClient) -> None:
    bridge, pump = open_page(client, BRIDGE), open_page(client, PUMP)
    assert [figure["id"] for figure in bridge.attributes("figure")] == ["activity-p2"]
    ids = [item.get("id") for item in pump.attributes("li")]
    assert {"activity-p2", "activity-p3"} <= set(ids)


def test_a_case_can_be_cited(client: FlaskClient) -> None:
    text = " ".join(open_page(client, BRIDGE).text.split())
    assert "“A Bridge over the Alder”. In: River and Road. Alder Press, 2019, pp. 2–3." in text


def test_hostile_texts_are_shown_as_text(client: FlaskClient) -> None:
    page = open_page(client, "/p/hostile/case?q=quoted+script")
    assert SCRIPT in page.text
    assert "<script>alert" not in page.html
