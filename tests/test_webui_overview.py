"""The overview of a library: what is in it, without reading again what has not changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.library import RECORD
from search.searcher import Library, open_library
from tests.records import make_publication, write_source
from tests.sites import make_library
from webui.overview import Overviews


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with make_library(tmp_path, make_publication()) as library:
        yield library


def titles(overviews: Overviews, library: Library) -> list[str]:
    return [entry.publication.title for entry in overviews.latest(library).entries]


def test_publications_come_and_go_in_the_order_of_their_titles(
    library: Library, tmp_path: Path
) -> None:
    overviews = Overviews()
    one = overviews.latest(library)
    assert overviews.latest(library) is one
    library.publish(make_publication("a", title="A Well"), source=write_source(tmp_path))
    assert titles(overviews, library) == ["A Well", "River and Road"]
    both = overviews.latest(library)
    assert (both.case_count, both.section_count) == (2 * one.case_count, 2 * one.section_count)
    library.publish(make_publication("a", title="The Well"), source=write_source(tmp_path))
    assert titles(overviews, library) == ["River and Road", "The Well"]
    library.remove("river-and-road")
    assert titles(overviews, library) == ["The Well"]


def test_of_what_has_not_changed_no_record_is_read(library: Library, tmp_path: Path) -> None:
    overviews = Overviews()
    overviews.latest(library)
    library.publish(make_publication("a", title="A Well"), source=write_source(tmp_path))
    with open_library(library.path) as other:  # which has no record in its memory
        (other.path / "publications" / "river-and-road" / RECORD).write_bytes(b"{")
        assert titles(Overviews(), other) == ["A Well"]
        assert titles(overviews, other) == ["A Well", "River and Road"]


def test_what_could_not_be_read_is_there_as_soon_as_it_can(library: Library) -> None:
    overviews = Overviews()
    with open_library(library.path) as other:
        record = other.path / "publications" / "river-and-road" / RECORD
        whole = record.read_bytes()
        record.write_bytes(b"{")
        assert titles(overviews, other) == []
        record.write_bytes(whole)
        assert titles(overviews, other) == ["River and Road"]
