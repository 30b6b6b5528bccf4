"""Other spellings and suggestions on the site: shown, marked, switched off by a link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.records import make_case, make_publication, make_section
from tests.sites import make_client, make_library, open_page

TEXTS = (
    "The elders of Gulobod repaired the bridge of the village.",
    "A road to Gulabad was opened.",
    *["Вода для каждого двора."] * 3,
)
VALLEY = make_publication(
    "valley",
    cases=(
        make_case("roads", "Roads", *[make_section(f"s{n}", text) for n, text in enumerate(TEXTS)]),
    ),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with make_library(tmp_path_factory.mktemp("site"), VALLEY) as library:
        yield make_client(library)


def test_other_spellings_are_named_marked_and_left_out_by_a_link(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=Gulabad")
    assert "Also searched for Gulobod." in page.text
    assert page.marks == ["Gulabad", "Gulobod"]
    (link,) = (href for text, href in page.links if text == "Only as typed")
    only = open_page(client, link)
    assert only.marks == ["Gulabad"]
    assert ("Other spellings too", "/search?q=Gulabad") in only.links


def test_a_hits_page_marks_the_other_spelling_too(client: FlaskClient) -> None:
    assert "Gulobod" in open_page(client, "/p/valley/roads?q=Gulabad").marks
    assert "Gulobod" not in open_page(client, "/p/valley/roads?q=Gulabad&spelling=typed").marks


def test_the_choice_stays_in_every_link_of_the_page(client: FlaskClient) -> None:
    page = open_page(client, "/search?q=Gulabad&spelling=typed")
    searches = [href for _, href in page.links if href.startswith("/search?q=Gulabad")]
    kept = [href for href in searches if "spelling" not in href]
    assert kept == ["/search?q=Gulabad"]  # the link that takes the others in again


@pytest.mark.parametrize(
    ("question", "said", "link"),
    [
        ("brigde", "Did you mean bridge (1 section)", "/search?q=bridge"),
        ("djlf", "In another keyboard layout вода (3 sections)", None),
        (
            "%22road+to+Gulobod%22",
            'The phrase is also spelt "road to Gulabad" (1 section)',
            "/search?q=%22road+to+Gulabad%22",
        ),
    ],
)
def test_what_may_have_been_meant_is_a_link(
    client: FlaskClient, question: str, said: str, link: str | None
) -> None:
    page = open_page(client, f"/search?q={question}")
    assert said in " ".join(page.text.split())
    assert link is None or link in {href for _, href in page.links}


def test_programs_get_the_same(client: FlaskClient) -> None:
    body = client.get("/api/search?q=Gulabad").get_json()
    assert body["spellings"] == [{"typed": "Gulabad", "also": ["Gulobod"], "kind": "spelling"}]
    body = client.get("/api/search?q=brigde").get_json()
    assert body["suggestions"] == [{"query": "bridge", "reason": "spelling", "count": 1}]
    assert client.get("/api/search?q=Gulabad&spelling=typed").get_json()["spellings"] == []
