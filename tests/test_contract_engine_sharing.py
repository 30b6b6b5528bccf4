"""What the embedded engine owes to other readers and writers of its folder."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.engine import Document
from search.engines.catalog import open_engine
from search.errors import LibraryError
from tests.asking import ask, document, found, publish

# Whoosh does not close what it has opened when it fails.
leaves_files_open = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def test_a_second_reader_sees_each_commit(tmp_path: Path) -> None:
    writer, reader = open_engine("whoosh", tmp_path), open_engine("whoosh", tmp_path)
    publish(writer, document("a/1/s", "water"))
    assert found(reader, "water") == ["a/1/s"]
    publish(writer, document("a/2/s", "water"))
    assert found(reader, "water") == ["a/2/s"]
    writer.close()
    reader.close()


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    first, second = open_engine("whoosh", tmp_path), open_engine("whoosh", tmp_path)

    def documents() -> Iterator[Document]:
        with pytest.raises(LibraryError, match="another process is writing"):
            publish(second, document("b/1/s", "water"))
        yield document("a/1/s", "water")

    first.publish(documents(), digests={"a": "digest"})
    assert second.document_count() == 1
    first.close()
    second.close()


def _write_often(folder: Path, times: int) -> None:
    engine = open_engine("whoosh", folder)
    for number in range(times):
        publish(engine, document(f"p{number % 7}/{number}/s", "water"), document("q/1/s", "roads"))
    engine.close()


def test_readers_are_never_wrong_while_another_process_commits(tmp_path: Path) -> None:
    _write_often(tmp_path, 1)
    process = multiprocessing.get_context("spawn").Process(target=_write_often, args=(tmp_path, 40))
    process.start()
    seen: set[int] = set()
    while process.is_alive():
        engine = open_engine("whoosh", tmp_path)
        results = ask(engine, "roads")
        seen.add(results.total)
        engine.close()
    process.join()
    assert process.exitcode == 0
    assert seen == {1}


def test_threads_share_an_engine_while_it_publishes(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    publish(engine, *(document(f"keep/{n}/s", f"water word{n}", order=n) for n in range(50)))

    def read(_: int) -> list[list[str]]:
        return [found(engine, f"water word{number}") for number in range(50)]

    with ThreadPoolExecutor(4) as threads:
        reading = threads.map(read, range(8))
        for number in range(8):
            publish(engine, document(f"other/{number}/s", "roads"))
        answers = list(reading)
    engine.close()
    assert answers == [[[f"keep/{number}/s"] for number in range(50)]] * 8


@leaves_files_open
def test_a_full_disk_leaves_the_index_as_it_was_and_unlocked(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    publish(engine, document("a/1/s", "water"))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
    try:
        with pytest.raises(LibraryError, match="could not be written"):
            publish(engine, document("a/2/s", " ".join(f"word{n}" for n in range(5_000))))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))
    assert found(engine, "") == ["a/1/s"]
    publish(engine, document("b/1/s", "roads"))
    assert found(engine, "") == ["a/1/s", "b/1/s"]
    engine.close()


@leaves_files_open
def test_a_damaged_index_is_named_with_what_to_do(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    publish(engine, document("a/1/s", "water"))
    engine.close()
    for file in tmp_path.glob("*.seg"):
        file.write_bytes(b"\x00" * file.stat().st_size)
    with pytest.raises(LibraryError, match="casebook reindex"):
        found(open_engine("whoosh", tmp_path), "water")
