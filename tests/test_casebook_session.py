"""A run's library: made when something is to come into it, gone again when nothing did."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from casebook.session import Session
from search.errors import LibraryError
from search.searcher import open_library
from search.writer_lock import writer_lock
from tests.records import make_publication, write_source


def use_for_nothing(session: Session) -> None:
    with session.library(create=True):
        pass


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_library_into_which_nothing_came_is_taken_away(tmp_path: Path) -> None:
    use_for_nothing(Session(tmp_path / "deep" / "library"))
    assert names_in(tmp_path / "deep") == []


def test_an_empty_folder_that_was_there_stays_empty(tmp_path: Path) -> None:
    use_for_nothing(Session(tmp_path))
    assert names_in(tmp_path) == []


def test_what_else_was_written_there_meanwhile_stays(tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    with session.library(create=True):
        (session.folder / "casebook.log").touch()
    assert names_in(session.folder) == ["casebook.log"]


def test_a_library_that_another_process_writes_to_is_left_alone(tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    with ExitStack() as other:
        with session.library(create=True):
            other.enter_context(writer_lock(session.folder, "publishing", wait_s=0))
        assert "publications" in names_in(session.folder)


def test_a_library_that_was_taken_away_is_made_again_by_whoever_publishes(tmp_path: Path) -> None:
    session = Session(tmp_path / "library")
    with ExitStack() as slow:
        with session.library(create=True):
            library = slow.enter_context(open_library(session.folder))
        assert not session.folder.exists()
        library.publish(make_publication(), source=write_source(tmp_path))
    with open_library(session.folder) as library:
        assert len(library.publications()) == 1
        assert library.check() == ()


def test_a_file_in_the_place_of_the_library_is_named(tmp_path: Path) -> None:
    file = tmp_path / "library"
    file.touch()
    with pytest.raises(LibraryError, match="library: this is a file, not a folder"):
        use_for_nothing(Session(file))
