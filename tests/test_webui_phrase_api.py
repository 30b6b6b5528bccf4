"""The JSON API about words and phrases says what the library says."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from flask.testing import FlaskClient

from search.group_results import CollocationList, SharedPhraseList
from search.phrase_results import Concordance, PhraseCounts, Profile
from search.searcher import Library
from tests.plain_reading import random_publication
from tests.sites import make_client, make_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make_library(tmp_path_factory.mktemp("site"), random_publication("alder", 3)) as library:
        yield library


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return make_client(library)


def test_a_concordance_is_that_of_the_library(client: FlaskClient, library: Library) -> None:
    data = client.get("/api/concordance?q=water&sort=left&offset=3&limit=4").data
    expected = library.concordance("water", sort="left", offset=3, limit=4)
    assert msgspec.json.decode(data, type=Concordance) == expected
    by_page = client.get("/api/concordance?q=water&sort=left&page=2&per_page=3").data
    assert msgspec.json.decode(by_page, type=Concordance).offset == 3


def test_the_other_questions_are_answered_as_by_the_library(
    client: FlaskClient, library: Library
) -> None:
    def ask(path: str) -> bytes:
        return client.get(f"/api/{path}").get_data()

    profile = msgspec.json.decode(ask("profile?q=water&part=North+Valley"), type=Profile)
    assert profile == library.profile("water", filters={"part": ["North Valley"]})
    near = msgspec.json.decode(ask("collocations?q=water&least=2&limit=9"), type=CollocationList)
    assert near == library.collocations("water", least=2, limit=9)
    shared = msgspec.json.decode(ask("shared-phrases?words=4&limit=5"), type=SharedPhraseList)
    assert shared == library.shared_phrases(words=4, limit=5)
    counts = msgspec.json.decode(ask("count?phrase=water&phrase=the+of"), type=PhraseCounts)
    assert counts == library.count_phrases(["water", "the of"])


def test_a_list_can_be_posted(client: FlaskClient, library: Library) -> None:
    response = client.post("/api/count", data={"phrases": "water\ncredit\n"})
    expected = library.count_phrases(["water", "credit"])
    assert msgspec.json.decode(response.data, type=PhraseCounts) == expected


def test_what_could_not_be_read_is_among_the_notices(client: FlaskClient) -> None:
    body = client.get("/api/concordance?q=water&sort=size&limit=x").get_json()
    assert len(body["notices"]) == 2
    assert body["sort"] == "book"
