from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.publications import find_publication
from search import open_library
from search.errors import NotFoundError
from search.searcher import Library
from tests.records import make_publication, write_source


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("publications")
    source = write_source(folder)
    with open_library(folder / "library", create=True) as library:
        for publication, title in (
            ("river-and-road", "River and Road"),
            ("wells", "Old Pumps"),
        ):
            record = make_publication(publication, title=title)
            library.publish(record, source=source)
        yield library


def test_a_publication_is_found_by_its_id(library: Library) -> None:
    assert find_publication(library, "wells").title == "Old Pumps"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("river-an-raod", "Perhaps you mean “river-and-road”"),
        ("well", "Perhaps you mean “wells”"),
        ("Old Pumps", "Perhaps you mean “wells”"),
        ("xyzzy", "“casebook list” shows all there are"),
    ],
)
def test_a_name_that_is_not_there_brings_the_near_ones(
    typed: str, advice: str, library: Library
) -> None:
    with pytest.raises(NotFoundError, match=f"there is no publication “{typed}” here. {advice}"):
        find_publication(library, typed)


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    with (
        open_library(tmp_path / "library", create=True) as library,
        pytest.raises(NotFoundError, match="The library is empty; “casebook ingest FILE” adds"),
    ):
        find_publication(library, "wells")
