"""Snapshot files: what is missing or damaged is noticed and made anew, the same as before."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from search.engine import Engine
from search.engines.catalog import open_engine
from search.engines.whoosh_engine import JOINING, READING
from search.engines.whoosh_merging import MOST_SEGMENTS
from search.snapshot import store
from search.snapshot.store import ENDING, check_snapshot
from tests.asking import ask, document, found, publish, wait_for_threads, with_facets


def _filled(folder: Path) -> Engine:
    engine = open_engine("whoosh", folder)
    publish(
        engine,
        with_facets(
            document("a/1/s", "clean water for micro-credit groups", title="Wells"),
            part=("North", "South"),
        ),
        document("a/2/s", "water users met; water is paid for", order=1, language=""),
        document("a/2/t", "чистые воды", order=2, heading="Вода", language="ru-RU"),
        document("b/1/s", "roads and водой", order=1),
    )
    return engine


def _snapshot(folder: Path) -> Path:
    (path,) = folder.glob(f"*{ENDING}")
    return path


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-64])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _flip(place: float) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[int(place * len(data))] ^= 4
        path.write_bytes(data)

    return flip


def _of_another(path: Path) -> None:
    name = path.name.removesuffix(ENDING)
    other = name[:-1] + ("a" if name[-1] != "a" else "b")
    path.write_bytes(path.read_bytes().replace(name.encode(), other.encode(), 1))


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (Path.unlink, "missing"),
        (_empty, "cut off"),
        (_cut, "size"),
        (_flip(0.0), "version"),
        (_flip(0.05), "header"),
        (_flip(0.7), "contents"),
        (_flip(0.98), "contents"),
        (_of_another, "header"),
    ],
)
def test_a_snapshot_that_cannot_be_used_is_made_anew_as_it_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, spoil: Callable[[Path], None], what: str
) -> None:
    _filled(tmp_path).close()
    path = _snapshot(tmp_path)
    before = path.read_bytes()
    spoil(path)
    assert check_snapshot(tmp_path, path.name.removesuffix(ENDING))
    with caplog.at_level(logging.WARNING):
        engine = open_engine("whoosh", tmp_path)
    assert what in caplog.text
    assert "made anew" in caplog.text
    assert found(engine, '"clean water"') == ["a/1/s"]
    assert path.read_bytes() == before
    assert not check_snapshot(tmp_path, path.name.removesuffix(ENDING))
    engine.close()


def test_a_large_snapshot_is_read_behind_its_readers(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(tmp_path).close()
    path = _snapshot(tmp_path)
    before = path.read_bytes()
    _flip(0.9)(path)
    monkeypatch.setattr(store, "LARGE_BYTES", 0)
    engine = open_engine("whoosh", tmp_path)
    monkeypatch.undo()
    found(engine, "water")
    for name in (JOINING, READING):
        assert wait_for_threads(name)
    assert "made anew" in caplog.text
    assert found(engine, '"clean water"') == ["a/1/s"]
    assert path.read_bytes() == before
    engine.close()


def test_damage_is_a_finding(tmp_path: Path) -> None:
    engine = _filled(tmp_path)
    assert engine.faults() == ()
    _flip(0.9)(_snapshot(tmp_path))
    assert "contents" in engine.faults()[0]
    engine.close()


def test_a_folder_that_takes_no_file_is_searched_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _filled(tmp_path).close()
    path = _snapshot(tmp_path)
    path.unlink()
    path.mkdir()  # nothing can be renamed to it
    engine = open_engine("whoosh", tmp_path)
    assert found(engine, "water") == ["a/2/s", "a/1/s"]
    assert "cannot be kept" in caplog.text
    engine.close()


def test_a_snapshot_made_anew_is_the_same_after_publications_were_deleted(tmp_path: Path) -> None:
    engine = _filled(tmp_path)
    path = _snapshot(tmp_path)
    before = path.read_bytes()
    engine.publish([], digests={"b": ""})
    path.unlink()
    again = open_engine("whoosh", tmp_path)
    assert found(again, "") == ["a/1/s", "a/2/s", "a/2/t"]
    assert path.read_bytes() == before
    again.close()
    engine.close()


def test_answers_do_not_depend_on_how_the_library_was_filled(tmp_path: Path) -> None:
    documents = [
        with_facets(
            document(f"p{n % 11}/{n}/s", f"water {'road ' * (n % 4)} word{n % 5}", order=n),
            part=("North" if n % 3 else "north",),
        )
        for n in range(60)
    ]
    together, one_by_one = (open_engine("whoosh", tmp_path / name) for name in ("a", "b"))
    publish(together, *documents)
    for number in (*range(11), 3, 5):
        publish(one_by_one, *(d for d in documents if d.publication == f"p{number}"))
    for question in ("water", "roads", "road word1", '"water road"', "wor*", "wordd2~2", "-road"):
        asked = [
            ask(engine, question, match="any", limit=99, facets=("part", "publication"))
            for engine in (together, one_by_one)
        ]
        assert asked[0] == asked[1], question
    together.close()
    one_by_one.close()


def test_merged_segments_give_the_snapshot_that_their_postings_give(tmp_path: Path) -> None:
    engine = _filled(tmp_path)
    for number in range(12):
        name = f"p{number % 9}/{number}/s"
        publish(engine, document(name, f"water word{number} micro-credit", title="wells"))
    answer = found(engine, "water micro-credit", match="any", limit=99)
    engine.close()
    paths = {path: path.read_bytes() for path in tmp_path.glob(f"*{ENDING}")}
    assert len(paths) <= MOST_SEGMENTS
    for path in paths:
        path.unlink()
    again = open_engine("whoosh", tmp_path)
    assert found(again, "water micro-credit", match="any", limit=99) == answer
    assert {path: path.read_bytes() for path in paths} == paths
    again.close()
