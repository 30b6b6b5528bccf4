"""What is stored comes back; what is damaged is named, and never served."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from search.durable_files import replace_file
from search.errors import InputError, LibraryError, NotFoundError
from search.library import TOMBSTONES, LibraryFolder, Tombstone, check_record, states_of
from search.model import Extraction, PrintedLine, PrintedPage, Publication
from search.publishing import Publisher
from search.searcher import Library, open_library
from search.settings import Settings
from search.staging import bury, install, pack_extraction, stage
from search.writer_lock import writer_lock
from tests.records import make_case, make_publication, make_section, write_source

RECORD = make_publication()
EXTRACTION = Extraction("text", (PrintedPage(1, lines=(PrintedLine("River and Road"),)),))


@pytest.fixture
def folder(tmp_path: Path) -> LibraryFolder:
    source = write_source(tmp_path)
    library = tmp_path / "library"
    stage(
        library,
        RECORD,
        source=source,
        manifest='title = "A"\n',
        extraction=pack_extraction(EXTRACTION),
    )
    install(library, RECORD.id)
    return LibraryFolder(library)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    found = open_library(tmp_path / "library", create=True)
    found.publish(RECORD, source=write_source(tmp_path))
    return found


def _record_file(library: Path) -> Path:
    return states_of(library, RECORD.id).present / "record.json"


def test_where_records_come_from_is_known_without_reading_them_again(
    folder: LibraryFolder,
) -> None:
    record, settled = _record_file(folder.path), 1_600_000_000
    data = record.read_bytes()
    os.utime(record, (settled, settled))
    assert folder.source_ids() == {RECORD.source.sha256: RECORD.id}
    record.write_bytes(bytes(len(data)))
    os.utime(record, (settled, settled))
    assert LibraryFolder(folder.path).source_ids() == {RECORD.source.sha256: RECORD.id}
    assert LibraryFolder(folder.path).originals() == {RECORD.id: ""}
    record.write_bytes(data.replace(RECORD.source.sha256.encode(), b"0" * 64))
    assert LibraryFolder(folder.path).source_ids() == {"0" * 64: RECORD.id}


def test_a_removal_under_way_is_seen_at_once_whatever_was_there_before(
    folder: LibraryFolder,
) -> None:
    bury(folder.path, Tombstone("other", "Other", "2020-01-01", is_finished=True))
    os.utime(folder.path / TOMBSTONES, (1_600_000_000, 1_600_000_000))
    assert folder.removals() == folder.removals() == ()
    bury(folder.path, Tombstone(RECORD.id, RECORD.title, "2020-01-01"))
    assert folder.removals() == (RECORD.id,)
    bury(folder.path, Tombstone(RECORD.id, RECORD.title, "2020-01-01", is_finished=True))
    assert folder.removals() == ()


def test_what_was_stored_comes_back(folder: LibraryFolder, tmp_path: Path) -> None:
    assert folder.ids() == (RECORD.id,)
    assert folder.record(RECORD.id).record == RECORD
    assert folder.manifest(RECORD.id) == 'title = "A"\n'
    assert folder.extraction(RECORD.id) == EXTRACTION
    assert folder.source_file(RECORD).read_bytes() == write_source(tmp_path).read_bytes()


def test_a_record_is_read_once_while_its_file_stays(folder: LibraryFolder) -> None:
    assert folder.record(RECORD.id) is folder.record(RECORD.id)


def test_a_record_that_changes_is_read_anew(folder: LibraryFolder) -> None:
    assert folder.record(RECORD.id).record.title == "River and Road"
    changed = msgspec.structs.replace(RECORD, title="River, Road")
    replace_file(_record_file(folder.path), msgspec.json.encode(changed))
    assert folder.record(RECORD.id).record.title == "River, Road"


def test_what_is_only_staged_is_no_publication(folder: LibraryFolder, tmp_path: Path) -> None:
    other = make_publication("other")
    digest = stage(folder.path, other, source=write_source(tmp_path))
    assert folder.ids() == (RECORD.id,)
    with pytest.raises(NotFoundError):
        folder.record("other")
    assert folder.record("other", digest).record == other


def test_the_wanted_state_is_found_wherever_it_lies(folder: LibraryFolder, tmp_path: Path) -> None:
    before = folder.digest(RECORD.id)
    changed = msgspec.structs.replace(RECORD, title="River, Road")
    after = stage(folder.path, changed, source=write_source(tmp_path))
    states = states_of(folder.path, RECORD.id)
    moves = ((states.present, states.former), (states.staged, states.present), None)
    for move in moves:
        assert folder.record(RECORD.id, before).record == RECORD
        assert folder.record(RECORD.id, after).record == changed
        if move is not None:
            move[0].rename(move[1])


@pytest.mark.parametrize("name", ["../library", ".new-river-and-road", "A", "", "a/b", "a" * 5000])
def test_what_is_no_id_is_never_looked_for(folder: LibraryFolder, name: str) -> None:
    with pytest.raises(NotFoundError):
        folder.record(name)
    assert folder.tombstone(name) is None


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"id": "river-and-road"}', b"\xff\xfe", b"\x00" * 5000],
)
def test_a_damaged_record_is_named_and_not_served(folder: LibraryFolder, data: bytes) -> None:
    _record_file(folder.path).write_bytes(data)
    with pytest.raises(LibraryError, match=r"record\.json: the record .*--as"):
        folder.record(RECORD.id)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("format", 99, "format 99"),
        ("id", "another", "that of “another”"),
        ("id", "../x", "cannot be a publication's id"),
    ],
)
def test_a_record_that_does_not_belong_here_is_not_served(
    folder: LibraryFolder, key: str, value: object, words: str
) -> None:
    path = _record_file(folder.path)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {key: value}), encoding="utf-8")
    with pytest.raises(LibraryError, match=words):
        folder.record(RECORD.id)


def test_a_damaged_extraction_counts_as_none(folder: LibraryFolder) -> None:
    packed = _record_file(folder.path).with_name("extraction.json.gz")
    for data in (b"", b"no gzip", packed.read_bytes()[:-20]):
        packed.write_bytes(data)
        assert folder.extraction(RECORD.id) is None


BAD_RECORDS = [
    make_publication("Not A Slug"),
    make_publication(cases=(make_case("page", "Page", make_section("lead")),)),
    make_publication(cases=(make_case("A B", "A", make_section("lead")),)),
    make_publication(cases=(make_case("a", "A", make_section("lead"), make_section("lead")),)),
    make_publication(cases=(make_case("a", "A", make_section("x/y")),)),
    make_publication(
        cases=(make_case("a", "A", make_section("lead")), make_case("a", "B", make_section("x")))
    ),
]


@pytest.mark.parametrize("record", BAD_RECORDS)
def test_a_record_whose_ids_are_no_addresses_is_refused(record: Publication) -> None:
    with pytest.raises(InputError):
        check_record(record)


def test_a_refused_record_leaves_the_library_as_it_was(library: Library, tmp_path: Path) -> None:
    before = _tree(library.path)
    for record in BAD_RECORDS:
        with pytest.raises(InputError):
            library.publish(record, source=write_source(tmp_path))
    assert _tree(library.path) == before


def test_a_source_that_is_not_the_records_is_refused(library: Library, tmp_path: Path) -> None:
    before = _tree(library.path)
    with pytest.raises(InputError, match="changed while it was read"):
        library.publish(RECORD, source=write_source(tmp_path, "something else"))
    with pytest.raises(InputError, match="no such file"):
        library.publish(RECORD, source=tmp_path / "missing.txt")
    assert _tree(library.path) == before


def _tree(path: Path) -> dict[str, bytes]:
    """Every file of the library's own; the lock's text and the engine's files are not."""
    files = [file for file in path.rglob("*") if file.is_file() and file.name != ".lock"]
    return {str(f.relative_to(path)): f.read_bytes() for f in files if "index" not in f.parts}


def test_publishing_is_refused_while_another_process_writes(
    library: Library, tmp_path: Path
) -> None:
    publisher = Publisher(
        LibraryFolder(library.path),
        library._generations,  # noqa: SLF001 - the same index, a shorter patience
        lock_seconds=0.0,
        clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
    )
    with (
        writer_lock(library.path, "publishing something else", wait_s=0),
        pytest.raises(LibraryError, match=r"another process is writing .*something else.*again"),
    ):
        publisher.publish(RECORD, source=write_source(tmp_path))
    publisher.publish(RECORD, source=write_source(tmp_path))


def test_a_lock_is_free_once_its_block_is_left(tmp_path: Path) -> None:
    with writer_lock(tmp_path, "one", wait_s=0):
        pass
    with writer_lock(tmp_path, "two", wait_s=0):
        pass


def test_a_lock_whose_folder_was_taken_away_meanwhile_is_taken_anew(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with writer_lock(folder, "one", wait_s=0):
        shutil.rmtree(folder)
        with writer_lock(folder, "two", wait_s=0):
            assert "two" in (folder / ".lock").read_text(encoding="utf-8")


def test_many_may_make_the_same_library_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [pool.submit(open_library, tmp_path, create=True) for _ in range(16)]
    assert all(library.result().publications() == () for library in made)
    assert open_library(tmp_path).check() == ()


def test_reading_needs_no_lock(library: Library) -> None:
    with writer_lock(library.path, "writing", wait_s=0), open_library(library.path) as reader:
        assert reader.publication(RECORD.id) == RECORD
        assert reader.search("crane").total == 1


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LibraryError, match="this is a file, not a folder"):
        open_library(tmp_path / "file" / "library", create=True)


def test_settings_are_those_of_the_library(library: Library) -> None:
    assert library.settings == Settings()
    (library.path / "casebook.toml").write_text("widen_below = 3\n", encoding="utf-8")
    with open_library(library.path) as again:
        assert again.settings.widen_below == 3
