from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.searcher import Library
from search.snapshot import topics
from tests.records import make_publication, write_source
from tests.sites import make_client, make_library
from webui import topic_readiness
from webui.topic_readiness import TopicReadiness


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(topic_readiness, "PATIENCE_S", 0.0)
    with make_library(tmp_path, make_publication()) as library:
        yield library


def test_topics_of_a_small_library_are_shown_at_once(library: Library) -> None:
    assert TopicReadiness().may_show(library)


def test_a_page_of_a_large_library_does_without_topics_until_they_are_worked_out(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "SOON", 0)
    client = make_client(library)
    first = client.get("/api/search?q=bridge").get_json()
    assert "topic" not in first["facets"]
    assert first["total"]
    readiness = TopicReadiness()
    while not readiness.may_show(library):
        if readiness._thread is not None:  # noqa: SLF001 - nothing else tells when it has ended
            readiness._thread.join()  # noqa: SLF001
    assert "topic" in client.get("/api/search?q=bridge").get_json()["facets"]


def test_a_topic_that_is_chosen_is_waited_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "SOON", 0)
    found = make_client(library).get("/api/search?topic=nothing").get_json()
    assert "topic" in found["facets"]


def test_topics_are_worked_out_once_no_more_publications_follow(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "SOON", 0)
    waited: list[bool] = []

    def publish_one_more() -> None:
        waited.append(library.has_topics())
        if len(waited) == 1:
            library.publish(make_publication("another"), source=write_source(tmp_path))

    readiness = TopicReadiness(publish_one_more)
    assert not readiness.may_show(library)
    assert readiness._thread is not None  # noqa: SLF001 - as above
    readiness._thread.join()  # noqa: SLF001
    assert waited == [False, False]
    assert readiness.may_show(library)
