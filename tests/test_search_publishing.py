"""A change of the library happens whole or not at all, whenever its writer dies."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from search.errors import CasebookError, InputError, LibraryError, NotFoundError
from search.library import states_of
from search.model import Publication
from search.publishing import NewState
from search.searcher import Library, open_library
from search.settings import Settings
from tests.dying_writer import new_record
from tests.records import make_publication, write_source

ROOT = Path(__file__).resolve().parents[1]
OLD, NEW, FRESH = make_publication(), new_record(), make_publication("fresh")
STAYS = make_publication("stays", title="What Stays")

# What each change may leave of the publications, as title and number of cases.
BEFORE = {OLD.id: OLD, STAYS.id: STAYS}
AFTER = {
    "add": BEFORE | {FRESH.id: FRESH},
    "replace": BEFORE | {OLD.id: NEW},
    "remove": {STAYS.id: STAYS},
    "reindex": BEFORE,
}


def _reader(path: Path) -> Library:
    """A library as one opens it who may not write: nothing is put right first."""
    return Library(path, Settings(), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))


def _state(library: Library) -> dict[str, Publication]:
    return {record.id: record for record in library.publications()}


def _searched(library: Library) -> dict[str, int]:
    """How many sections of each publication a search for everything finds."""
    facets = library.search("", facets=("publication",), limit=0).facets
    return {value.value: value.count for value in facets["publication"]}


def _sections(records: dict[str, Publication]) -> dict[str, int]:
    return {name: sum(len(c.sections) for c in record.cases) for name, record in records.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = write_source(tmp_path, name="source.txt")
    with open_library(tmp_path / "library", create=True) as library:
        library.publish(OLD, source=source)
        library.publish(STAYS, source=source)
    return tmp_path


@pytest.mark.parametrize("change", ["add", "replace", "remove", "reindex"])
def test_a_writer_killed_at_any_step_leaves_the_old_or_the_new(folder: Path, change: str) -> None:
    copies = _stopped_at_every_step(folder, change, "SIGKILL")
    seen = [_state_after_a_crash(folder / str(step), change) for step in copies]
    _publish_once_more(folder / str(copies[len(copies) // 2]), folder / "source.txt")
    assert len(seen) > 8
    assert seen[-1] == "new"
    if change != "reindex":
        assert seen[0] == "old"
        assert sorted(seen, reverse=True) == seen, "the change came and went"


@pytest.mark.parametrize("change", ["add", "replace", "remove", "reindex"])
def test_ctrl_c_at_any_step_leaves_the_old_or_the_new(folder: Path, change: str) -> None:
    copies = _stopped_at_every_step(folder, change, "SIGINT")
    assert [_unfinished(folder / str(step)) for step in copies] == [[] for _ in copies]
    seen = [_state_after_a_crash(folder / str(step), change) for step in copies]
    _publish_once_more(folder / str(copies[len(copies) // 2]), folder / "source.txt")
    assert seen[-1] == "new"


def _stopped_at_every_step(folder: Path, change: str, name: str) -> list[int]:
    """Return the names of the copies of the library; in the last the change went through."""
    command = [sys.executable, "-m", "tests.dying_writer", str(folder), change, name]
    subprocess.run(command, cwd=ROOT, check=True)
    return sorted(int(p.name) for p in folder.iterdir() if p.name.isdecimal())


def _unfinished(path: Path) -> list[str]:
    """Return the generations that were begun and never counted."""
    current = (path / "index" / "CURRENT").read_text().strip()
    names = (entry.name for entry in (path / "index").iterdir() if entry.is_dir())
    return [name for name in names if name > current]


def _publish_once_more(path: Path, source: Path) -> None:
    """What a dead writer left does not hinder the next."""
    with open_library(path) as library:
        library.publish(NEW, source=source)
        assert library.publication(NEW.id) == NEW
        assert library.check() == ()


def _state_after_a_crash(path: Path, change: str) -> str:
    states = {"old": BEFORE, "new": AFTER[change]}
    with _reader(path) as reader:
        seen = _state(reader)
        assert _searched(reader) == _sections(seen), "the index and the records disagree"
    with open_library(path) as library:
        assert library.check() == ()
        assert _state(library) == seen, "what a reader saw has gone again"
        assert _searched(library) == _sections(seen)
    return next(name for name in ("new", "old") if states[name] == seen)


# Whoosh leaves files of a failed commit, and of an opening that failed, to the garbage collector.
leaves_files_open = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore:unclosed file:ResourceWarning"
)


@leaves_files_open
@pytest.mark.parametrize("size_bytes", [10, 1000, 3000, 6000])
def test_a_disk_that_takes_no_more_changes_nothing(folder: Path, size_bytes: int) -> None:
    with open_library(folder / "library") as library:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
        try:
            with pytest.raises(CasebookError):
                library.publish(NEW, source=folder / "source.txt")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with open_library(folder / "library") as library:
        assert _state(library) == BEFORE
        assert library.check() == ()


def test_a_lost_index_is_made_anew_when_the_library_is_opened(folder: Path) -> None:
    shutil.rmtree(folder / "library" / "index")
    with open_library(folder / "library") as library:
        assert _searched(library) == _sections(BEFORE)


@leaves_files_open
@pytest.mark.parametrize("pattern", ["*", "*/*"])
def test_a_damaged_index_is_made_anew_when_the_library_is_opened(
    folder: Path, pattern: str
) -> None:
    for file in (folder / "library" / "index").glob(pattern):
        if file.is_file():
            file.write_bytes(b"\x00nonsense" * 20)
    with open_library(folder / "library") as library:
        assert _searched(library) == _sections(BEFORE)
        assert library.check() == ()


def test_without_an_index_reading_goes_on_and_searching_says_what_to_do(folder: Path) -> None:
    shutil.rmtree(folder / "library" / "index")
    with _reader(folder / "library") as reader:
        assert _state(reader) == BEFORE
        with pytest.raises(LibraryError, match=r"no index.*casebook reindex"):
            reader.search("water")


def test_a_record_changed_by_hand_is_indexed_when_the_library_is_opened(folder: Path) -> None:
    path = states_of(folder / "library", OLD.id).present / "record.json"
    path.write_bytes(msgspec.json.encode(NEW))
    with _reader(folder / "library") as reader:
        assert _searched(reader) == _sections(BEFORE), "what is searched is what was indexed"
        assert reader.search("crane").hits[0].publication_title == OLD.title
        assert reader.publication(OLD.id) == NEW
    with open_library(folder / "library") as library:
        assert _searched(library) == _sections(AFTER["replace"])
        assert library.search("").notices == ()


def test_a_damaged_record_is_left_out_until_it_is_put_back(folder: Path) -> None:
    path = states_of(folder / "library", OLD.id).present / "record.json"
    good = path.read_bytes()
    path.write_bytes(good[:-9])
    with open_library(folder / "library") as library:
        assert _state(library) == {STAYS.id: STAYS}
        assert _searched(library) == _sections({STAYS.id: STAYS})
        assert [finding.fix for finding in library.damaged()] != []
    path.write_bytes(good)
    with open_library(folder / "library") as library:
        assert _searched(library) == _sections(BEFORE)
        assert library.damaged() == ()


def test_hits_in_a_damaged_record_are_those_that_were_indexed(folder: Path) -> None:
    with open_library(folder / "library") as library:
        before = library.search("crane")
        path = states_of(folder / "library", OLD.id).present / "record.json"
        path.write_bytes(path.read_bytes()[:-9])
        assert library.search("crane") == before
        with pytest.raises(LibraryError, match=r"record is damaged.*--as"):
            library.publication(OLD.id)
        shutil.rmtree(path.parent)
        assert library.search("crane") == before
        with pytest.raises(NotFoundError, match="no publication"):
            library.publication(OLD.id)
        assert [finding.where for finding in library.check()] == [OLD.id]


def test_a_folder_put_back_by_hand_is_published_again(folder: Path) -> None:
    present = states_of(folder / "library", OLD.id).present
    shutil.copytree(present, folder / "copy")
    with open_library(folder / "library") as library:
        library.remove(OLD.id)
    shutil.copytree(folder / "copy", present)
    with open_library(folder / "library") as library:
        assert _searched(library) == _sections(BEFORE)


def test_a_folder_taken_away_by_hand_is_no_longer_searched(folder: Path) -> None:
    shutil.rmtree(states_of(folder / "library", OLD.id).present)
    with open_library(folder / "library") as library:
        assert _searched(library) == _sections({STAYS.id: STAYS})
        assert library.check() == ()


def test_a_change_by_another_process_is_seen(folder: Path) -> None:
    with open_library(folder / "library") as reader, open_library(folder / "library") as writer:
        assert reader.search("zebra").total == 0
        writer.publish(NEW, source=folder / "source.txt")
        assert reader.search("title:bridge").hits[0].publication_title == "Zebra Crossing"
        writer.reindex()
        assert _searched(reader) == _sections(AFTER["replace"])
        writer.remove(NEW.id)
        assert _searched(reader) == _sections({STAYS.id: STAYS})
        with pytest.raises(NotFoundError):
            reader.publication(NEW.id)


def test_several_publications_come_together_or_not_at_all(folder: Path) -> None:
    source = folder / "source.txt"
    with open_library(folder / "library") as library:
        twice = [NewState(FRESH, source), NewState(FRESH, source)]
        wrong = [NewState(FRESH, source), NewState(NEW, folder / "missing.txt")]
        for states in (twice, wrong):
            with pytest.raises(InputError):
                library.publish_all(states)
            assert _state(library) == BEFORE
            assert library.check() == ()
        library.publish_all([NewState(FRESH, source), NewState(NEW, source)])
        assert _state(library) == AFTER["replace"] | {FRESH.id: FRESH}


def test_progress_counts_up_to_all_documents(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    with open_library(folder / "library") as library:
        library.publish(
            NEW,
            source=folder / "source.txt",
            progress=lambda done, total: told.append((done, total)),
        )
    documents = sum(len(case.sections) for case in NEW.cases)
    assert all(total == documents for _, total in told)
    assert told[-1] == (documents, documents)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
