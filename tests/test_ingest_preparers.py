"""Several files at a time: in order, none stops the others, and nothing is left running."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ingest.pipeline import IngestResult, Request, ingest_files
from ingest.preparers import Preparers
from ingest.preparing import Prepared, Task, Unusable
from ingest.read import ReadLimits
from search.searcher import Library, open_library
from tests.pdf_samples import draw_pdf, text
from tests.small_books import GARDENS, RUSSIAN_REPORT, TAJIK_CASES

TEXTS = (TAJIK_CASES, GARDENS, RUSSIAN_REPORT)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library", create=True) as opened:
        yield opened


def book(folder: Path, name: str, text: str = GARDENS) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(library: Library, *requests: Request, processes: int = 2) -> list[IngestResult]:
    with Preparers(processes) as preparers:
        return list(ingest_files(requests, library, preparers, complain=str))


def task(path: Path) -> Task:
    return Task(str(path), path.name, "0" * 64, path.stat().st_size, ReadLimits())


def children() -> list[int]:
    listings = Path("/proc/self/task").glob("*/children")
    return [int(child) for listing in listings for child in listing.read_text().split()]


def test_results_come_in_the_order_of_the_files_with_the_bad_ones_between(
    library: Library, tmp_path: Path
) -> None:
    paths = [book(tmp_path, f"{n}.txt", text) for n, text in enumerate(TEXTS)]
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no pdf")
    found = run(library, *(Request(p) for p in (paths[0], bad, paths[1], tmp_path, paths[2])))
    assert [result.outcome for result in found] == ["ok", "rejected", "ok", "rejected", "ok"]
    ids = {result.publication for result in found if result.record}
    assert ids == {record.id for record in library.publications()}


def test_the_same_text_twice_in_one_round_is_there_once(library: Library, tmp_path: Path) -> None:
    paths = [book(tmp_path, "a.txt"), book(tmp_path, "b.txt")]
    first, second = run(library, *map(Request, paths))
    assert (first.outcome, second.outcome) == ("ok", "unchanged")
    assert first.publication == second.publication


def test_two_files_that_would_get_the_same_id_are_told_apart(
    library: Library, tmp_path: Path
) -> None:
    manifest = tmp_path / "m.toml"
    manifest.write_text('[publication]\nid = "the-id"\n', encoding="utf-8")
    requests = [
        Request(book(tmp_path, name, text), manifest)
        for name, text in zip(("a.txt", "b.txt"), TEXTS, strict=False)
    ]
    first, second = run(library, *requests)
    assert (first.outcome, second.outcome) == ("ok", "rejected")
    assert "belongs to another file" in second.message
    assert library.publication("the-id") == first.record


def test_what_cannot_be_published_with_its_neighbours_fails_alone(
    library: Library, tmp_path: Path
) -> None:
    paths = [book(tmp_path, f"{n}.txt", text) for n, text in enumerate(TEXTS)]

    def requests() -> Iterator[Request]:
        yield Request(paths[0])
        yield Request(paths[1])
        yield Request(paths[2])
        paths[1].write_text("changed meanwhile", encoding="utf-8")

    with Preparers(2) as preparers:
        found = list(ingest_files(requests(), library, preparers, complain=str))
    others = [result for result in found if result.file != str(paths[1])]
    assert [result.outcome for result in others] == ["ok", "ok"]
    assert {r.publication for r in others} <= {record.id for record in library.publications()}


def test_a_process_that_dies_takes_one_file_along(tmp_path: Path) -> None:
    path = book(tmp_path, "a.txt")
    with Preparers(1) as preparers:
        assert isinstance(preparers.prepare(task(path)), Prepared)
        for child in children():
            os.kill(child, signal.SIGKILL)
        died = preparers.prepare(task(path))
        assert isinstance(died, Unusable)
        assert "a.txt: preparing it broke down" in died.message
        assert isinstance(preparers.prepare(task(path)), Prepared)


def test_a_bug_keeps_its_trace(tmp_path: Path) -> None:
    odd = msgspec.structs.replace(task(book(tmp_path, "a.txt")), size="large")
    with Preparers(1) as preparers, pytest.raises(RuntimeError, match="ValidationError"):
        preparers.prepare(odd)


def test_nothing_is_left_running_when_the_work_is_broken_off(
    library: Library, tmp_path: Path
) -> None:
    before = set(children())
    paths = [book(tmp_path, f"{n}.txt", text) for n, text in enumerate(TEXTS)]
    with Preparers(2) as preparers:
        found = ingest_files(map(Request, paths), library, preparers, complain=str)
        next(found)
        found.close()
        assert not set(children()) - before


def test_pages_are_told_as_they_are_read(library: Library, tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", text("one"), text("two"))
    told: list[tuple[Path, int, int]] = []
    with Preparers(1) as preparers:
        requests = [Request(path)]
        list(
            ingest_files(
                requests, library, preparers, complain=str, progress=lambda *t: told.append(t)
            )
        )
    assert told == [(path, 1, 2), (path, 2, 2)]
