from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from search.editions import EDITIONS, former_edition, kept_editions
from search.errors import LibraryError, NotFoundError
from search.library import states_of
from search.searcher import Library, open_library
from tests.records import make_publication, write_source

FIRST = make_publication()
SECOND = replace(FIRST, title="River and Road, revised", edition=2)
THIRD = replace(FIRST, title="River and Road, once more", edition=3)


def shelf(folder: Path) -> Library:
    return open_library(folder / "library", create=True)


def test_former_records_are_kept_and_read_as_they_were(tmp_path: Path) -> None:
    source = write_source(tmp_path)
    with shelf(tmp_path) as library:
        for record in (FIRST, SECOND, THIRD):
            library.publish(record, source=source)
        assert kept_editions(library.path, FIRST.id) == (1, 2)
        assert former_edition(library.path, FIRST.id, 1) == FIRST
        assert former_edition(library.path, FIRST.id, 2) == SECOND
        assert library.publication(FIRST.id) == THIRD


def test_the_same_edition_published_again_is_no_history(tmp_path: Path) -> None:
    source = write_source(tmp_path)
    with shelf(tmp_path) as library:
        library.publish(FIRST, source=source)
        library.publish(replace(FIRST, notes=("Read again.",)), source=source)
        assert kept_editions(library.path, FIRST.id) == ()


def test_an_edition_that_was_not_kept_is_named_with_those_that_were(tmp_path: Path) -> None:
    source = write_source(tmp_path)
    with shelf(tmp_path) as library:
        library.publish(FIRST, source=source)
        library.publish(SECOND, source=source)
        with pytest.raises(NotFoundError, match=r"no edition 7.*Kept are: 1"):
            former_edition(library.path, FIRST.id, 7)


def test_a_damaged_edition_spoils_nothing_else(tmp_path: Path) -> None:
    source = write_source(tmp_path)
    with shelf(tmp_path) as library:
        library.publish(FIRST, source=source)
        library.publish(SECOND, source=source)
        (file,) = (states_of(library.path, FIRST.id).present / EDITIONS).iterdir()
        file.write_bytes(b"no gzip")
        with pytest.raises(LibraryError, match="former edition is damaged"):
            former_edition(library.path, FIRST.id, 1)
        (finding,) = library.check()
        assert finding.what == "a former edition is damaged"
        library.publish(THIRD, source=source)
        assert former_edition(library.path, FIRST.id, 2) == SECOND
        assert library.search("bridge").total


def test_editions_go_with_their_publication(tmp_path: Path) -> None:
    source = write_source(tmp_path)
    with shelf(tmp_path) as library:
        library.publish(FIRST, source=source)
        library.publish(SECOND, source=source)
        library.remove(FIRST.id)
        assert kept_editions(library.path, FIRST.id) == ()
