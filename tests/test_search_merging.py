"""Merging behind: fewer segments, the same answers, whatever happens meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.fields import Schema
from whoosh.index import FileIndex, open_dir

from search.engine import Document, Engine
from search.engines import whoosh_commits, whoosh_merging, whoosh_writer
from search.engines.catalog import open_engine
from search.engines.whoosh_merging import MOST_SEGMENTS, merge_segments
from search.engines.whoosh_schema import INDEX_NAME, make_schema
from search.engines.whoosh_segments import write_segment
from search.errors import LibraryError
from search.snapshot import store
from search.snapshot.building import Built
from search.snapshot.store import ENDING
from tests.asking import ask, document, found, publish
from tests.test_contract_engine_agreement import documents


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine("whoosh", tmp_path)
    yield opened
    opened.close()


def _segments(folder: Path) -> set[str]:
    return {path.name for path in folder.glob(f"*{ENDING}")}


def _fill(engine: Engine, publications: int) -> None:
    """Publish one by one, without merging."""
    for number in range(publications):
        publish(engine, document(f"p{number:02}/1/s", f"water word{number} {'road ' * number}"))


def _index(folder: Path) -> FileIndex:
    return open_dir(str(folder), INDEX_NAME, schema=make_schema())


@pytest.fixture
def scattered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Engine, Path]]:
    with monkeypatch.context() as patch:
        patch.setattr(whoosh_merging, "MOST_SEGMENTS", 99)
        engine = open_engine("whoosh", tmp_path)
        _fill(engine, MOST_SEGMENTS + 3)
        engine.close()
    assert len(_segments(tmp_path)) == MOST_SEGMENTS + 3
    again = open_engine("whoosh", tmp_path)
    yield again, tmp_path
    again.close()


def test_one_base_and_eight_deltas_are_left_alone(engine: Engine, tmp_path: Path) -> None:
    _fill(engine, 9)
    assert len(_segments(tmp_path)) == 9


def test_more_are_merged_when_the_engine_closes_at_the_latest(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    _fill(engine, 30)
    engine.close()
    assert len(_segments(tmp_path)) <= MOST_SEGMENTS
    again = open_engine("whoosh", tmp_path)
    assert found(again, "water", sort="book", limit=99) == [f"p{n:02}/1/s" for n in range(30)]
    again.close()


def test_merging_changes_no_answer(scattered: tuple[Engine, Path]) -> None:
    engine, folder = scattered
    before = ask(engine, "road water", match="any", limit=99, facets=("publication",))
    merge_segments(_index(folder))
    assert len(_segments(folder)) < MOST_SEGMENTS
    assert ask(engine, "road water", match="any", limit=99, facets=("publication",)) == before


def test_what_is_published_while_segments_are_merged_is_kept(
    scattered: tuple[Engine, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, folder = scattered

    def write_slowly(target: Path, schema: Schema, built: Built) -> object:
        engine.publish([document("p01/2/s", "water again")], digests={"p01": "new", "p02": ""})
        return write_segment(target, schema, built)

    with monkeypatch.context() as patch:
        patch.setattr(whoosh_merging, "MOST_SEGMENTS", 3)
        patch.setattr(whoosh_merging, "write_segment", write_slowly)
        patch.setattr(whoosh_merging, "_to_merge", lambda found: found if len(found) > 3 else [])
        merge_segments(_index(folder))
    names = [f"p{n:02}/1/s" for n in range(MOST_SEGMENTS + 3) if n not in {1, 2}]
    assert found(engine, "water", sort="book", limit=99) == ["p00/1/s", "p01/2/s", *names[1:]]
    assert engine.digests()["p01"] == "new"
    assert "p02" not in engine.digests()
    assert len(_segments(folder)) == 2


def test_a_merge_that_fails_is_a_line_in_the_log(
    scattered: tuple[Engine, Path],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine, folder = scattered

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whoosh_merging, "write_segment", refuse)
    with caplog.at_level(logging.WARNING):
        publish(engine, document("q/1/s", "water"))
        engine.close()
    assert "could not be merged" in caplog.text
    assert ask(engine, "water").total == MOST_SEGMENTS + 4
    assert not (folder / ".merging").exists()


def test_only_one_merges_at_a_time(scattered: tuple[Engine, Path]) -> None:
    _, folder = scattered
    index, before = _index(folder), _segments(folder)
    lock = index.lock("MERGELOCK")
    assert lock.acquire()
    merge_segments(index)
    assert _segments(folder) == before
    lock.release()
    merge_segments(index)
    assert len(_segments(folder)) < len(before)


def test_a_segment_that_is_mostly_deleted_is_made_anew(engine: Engine, tmp_path: Path) -> None:
    publish(engine, *(document(f"p{n}/1/s", "water", order=n) for n in range(5)))
    before = _segments(tmp_path)
    engine.publish([], digests=dict.fromkeys(["p0", "p1", "p2"], ""))
    engine.close()
    assert len(_segments(tmp_path)) == 1
    assert _segments(tmp_path) != before
    assert found(engine, "water") == ["p3/1/s", "p4/1/s"]


def test_many_documents_become_several_segments_in_one_commit(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_writer, "SEGMENT_WORDS", 10)
    many = [document(f"p{n // 2}/{n}/s", "water and roads", order=n) for n in range(20)]
    publish(engine, *many)
    assert 1 < len(_segments(tmp_path)) < 10
    assert found(engine, "water", sort="book", limit=99) == [d.id for d in many]
    torn = [document("a/1/s", "water " * 20), document("b/1/s", "x1"), document("a/2/s", "x1")]
    with pytest.raises(ValueError, match="torn apart"):
        publish(engine, *torn)
    assert ask(engine, "water").total == 20


def _dead_writer(folder: Path) -> None:
    (folder / whoosh_commits.STAGED).mkdir()
    (folder / whoosh_commits.STAGED / "MAIN_x.trm").write_bytes(b"half")


def _dead_mover(folder: Path) -> None:
    (folder / f"MAIN_0123456789abcdef{ENDING}").write_bytes(b"half")
    (folder / "MAIN_0123456789abcdef.seg").write_bytes(b"half")


@pytest.mark.parametrize("leave", [_dead_writer, _dead_mover])
def test_what_a_dead_writer_left_is_cleared_away(
    engine: Engine, tmp_path: Path, leave: Callable[[Path], None]
) -> None:
    publish(engine, document("a/1/s", "water"))
    leave(tmp_path)
    publish(engine, document("b/1/s", "water"))
    kept = {path.name.split(".")[0].removesuffix(ENDING) for path in tmp_path.glob("MAIN_*[.-]*")}
    assert len(kept - {"MAIN_WRITELOCK", "MAIN_MERGELOCK"}) == 2
    assert not (tmp_path / whoosh_commits.STAGED).exists()
    assert found(engine, "water") == ["a/1/s", "b/1/s"]


def test_a_writer_that_finds_another_at_work_says_so(engine: Engine, tmp_path: Path) -> None:
    lock = _index(tmp_path).lock("WRITELOCK")
    assert lock.acquire()
    with pytest.raises(LibraryError, match="another process is writing"):
        publish(engine, document("a/1/s", "water"))
    lock.release()
    publish(engine, document("a/1/s", "water"))
    assert found(engine, "water") == ["a/1/s"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.lists(documents(), max_size=5), max_size=4))
def test_built_merged_and_made_anew_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[Document]]
) -> None:
    """Every segment's snapshot can be had from Whoosh's postings, to the byte."""
    folder = tmp_path_factory.mktemp("index")
    engine = open_engine("whoosh", folder)
    for number, part in enumerate(parts):
        mine = [
            Document(
                f"{d.publication}{number % 3}/{d.id.partition('/')[2]}",
                f"{d.publication}{number % 3}",
                d.order,
                d.language,
                d.texts,
                d.facets,
            )
            for d in part
        ]
        engine.publish(mine, digests={d.publication: "digest" for d in mine})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh_merging, "MOST_SEGMENTS", 1)
        merge_segments(_index(folder))
    engine.close()
    paths = {path: path.read_bytes() for path in folder.glob(f"*{ENDING}")}
    for path in paths:
        path.unlink()
    open_engine("whoosh", folder).close()
    assert {path: path.read_bytes() for path in paths} == paths


def test_damage_to_a_large_snapshot_is_found_before_it_is_merged(
    scattered: tuple[Engine, Path],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine, folder = scattered
    before = found(engine, "water", limit=99)
    for path in folder.glob(f"*{ENDING}"):
        data = bytearray(path.read_bytes())
        data[-70] ^= 4
        path.write_bytes(data)
    monkeypatch.setattr(store, "LARGE_BYTES", 0)
    merge_segments(_index(folder))
    assert "made anew" in caplog.text
    assert len(_segments(folder)) <= MOST_SEGMENTS
    assert engine.faults() == ()
    assert found(engine, "water", limit=99) == before
