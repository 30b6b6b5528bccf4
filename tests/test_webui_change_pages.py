from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from search.model import Block, Publication
from tests.records import make_block, make_publication
from tests.sites import make_client, make_library, open_page

BRIDGE = "/p/river-and-road/a-bridge-over-the-alder"
NEW_WORDS = "A storm took the railing in March."


def second_edition() -> Publication:
    """The bridge's activity says one thing more, and first; the evening school has gone."""
    first = make_publication()
    bridge = next(case for case in first.cases if case.id == "a-bridge-over-the-alder")
    sections = tuple(
        replace(s, blocks=(replace(make_block(NEW_WORDS), anchor=9), *_numbered(s.blocks)))
        if s.id == "activity"
        else s
        for s in bridge.sections
    )
    cases = tuple(
        replace(case, sections=sections) if case.id == bridge.id else case
        for case in first.cases
        if case.id != "an-evening-school"
    )
    return replace(first, cases=cases, edition=2)


def _numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(replace(block, anchor=place) for place, block in enumerate(blocks, 1))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("site")
    only_one = make_publication("only-one", title="Only One")
    with make_library(folder, make_publication(), only_one) as library:
        source = folder / "river-and-road.txt"
        second = replace(second_edition(), source=library.publication("river-and-road").source)
        library.publish(second, source=source)
        yield make_client(library)


def test_what_changed_names_sections_and_marks_words(client: FlaskClient) -> None:
    page = open_page(client, "/changes/river-and-road")
    assert "from edition 1 to 2" in page.text
    assert f"<ins>{NEW_WORDS}" in page.html
    assert "Removed:" in page.text
    assert page.link("A Bridge over the Alder — Activity") == f"{BRIDGE}/activity"


def test_the_publication_leads_to_what_changed(client: FlaskClient) -> None:
    assert open_page(client, "/p/river-and-road").link("what changed") == "/changes/river-and-road"


def test_a_former_edition_is_read_as_it_was_and_says_so(client: FlaskClient) -> None:
    page = open_page(client, f"{BRIDGE}?edition=1")
    assert NEW_WORDS not in page.text
    assert "This is edition 1" in page.text
    assert page.link("The text as it is now") == BRIDGE
    assert NEW_WORDS in open_page(client, BRIDGE).text
    assert "This is edition" not in open_page(client, f"{BRIDGE}?edition=2").text


def test_links_into_a_former_edition_stay_in_it(client: FlaskClient) -> None:
    response = client.get(f"{BRIDGE}/activity/p2?edition=1")
    assert (response.status_code, response.location) == (
        302,
        f"{BRIDGE}?edition=1#activity-p2",
    )
    gone = "/p/river-and-road/an-evening-school"
    assert "This is edition 1" in open_page(client, f"{gone}?edition=1").text


def test_a_number_in_a_link_stays_with_its_paragraph(client: FlaskClient) -> None:
    ids = open_page(client, BRIDGE).ids
    assert ids.index("activity-p9") < ids.index("activity-p1")
    (hit, *_) = client.get("/api/search?q=storm+railing").get_json()["hits"]
    assert hit["passages"][0]["paragraph"] == 9


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/changes/only-one", "has only had one edition"),
        ("/changes/river-and-road?from=7", "no edition 7"),
        ("/changes/nowhere", "never was"),
        (f"{BRIDGE}?edition=7", "no edition 7"),
    ],
)
def test_what_was_never_there_is_said(client: FlaskClient, url: str, said: str) -> None:
    assert said in open_page(client, url, 404).text
