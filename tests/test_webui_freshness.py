"""What need not be sent again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.sites import make_client, make_library

CASE = "/p/river-and-road/clean-water-for-two-villages"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield make_client(library)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("url", [CASE, "/p/", "/api/search?q=pump"])
def test_a_page_that_has_not_changed_is_not_sent_again(
    client: FlaskClient, url: str, encoding: str
) -> None:
    asked = {"Accept-Encoding": encoding}
    tag = client.get(url, headers=asked).headers["ETag"]
    again = client.get(url, headers={**asked, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Security-Policy" in again.headers


def test_each_way_of_sending_a_page_has_a_tag_of_its_own(client: FlaskClient) -> None:
    ways = [client.get(CASE, headers={"Accept-Encoding": each}) for each in ("identity", "gzip")]
    assert len({page.headers["ETag"] for page in ways}) == len(ways)


def test_another_page_has_another_tag(client: FlaskClient) -> None:
    pages = [client.get(CASE), client.get(f"{CASE}?q=pump")]
    assert len({page.headers["ETag"] for page in pages}) == len(pages)


def test_errors_and_redirects_have_no_tag(client: FlaskClient) -> None:
    for url in ("/nowhere", f"{CASE}/activity"):
        assert "ETag" not in client.get(url).headers
