"""A folder is watched by a program of its own, as a librarian would leave it running."""

from __future__ import annotations

from pathlib import Path

from casebook.watching import Watch, pause_s
from search.searcher import open_library
from search.writer_lock import writer_lock
from tests.pdf_samples import draw_pdf, text
from tests.programs import Program, running

QUICK = ("--rest", "0.3")


def pdf_bytes(folder: Path, words: str) -> bytes:
    return draw_pdf(folder / "drawn.pdf", text(words)).read_bytes()


def stop(program: Program) -> None:
    """Press Ctrl-C: while it waits that is how it ends, while it tidies up it says so."""
    program.stop()
    code, said = program.end()
    assert code in {0, 130}
    assert "Traceback" not in said


def editions(library: Path) -> list[int]:
    with open_library(library) as opened:
        return [record.edition for record in opened.publications()]


def test_what_is_there_and_what_comes_is_taken_in(tmp_path: Path) -> None:
    incoming, library = tmp_path / "incoming", tmp_path / "library"
    incoming.mkdir()
    (incoming / "first.pdf").write_bytes(pdf_bytes(tmp_path, "first words"))
    with running("--library", str(library), "watch", str(incoming), *QUICK) as program:
        program.until("first.pdf → ")
        (incoming / "bad.pdf").write_bytes(b"no pdf")
        program.until("bad.pdf: this is not a PDF")
        (incoming / "second.pdf").write_bytes(pdf_bytes(tmp_path, "second words"))
        program.until("second.pdf → ")
        (incoming / "second.pdf").write_bytes(pdf_bytes(tmp_path, "second words, better"))
        program.until("second.pdf → ")
        stop(program)
    assert sorted(editions(library)) == [1, 2]


def test_a_file_that_is_still_being_copied_is_waited_for(tmp_path: Path) -> None:
    incoming, library = tmp_path / "incoming", tmp_path / "library"
    incoming.mkdir()
    whole = pdf_bytes(tmp_path, "long in coming")
    with running("--library", str(library), "watch", str(incoming), "--rest", "1.5") as program:
        program.until("Watching")
        with (incoming / "slow.pdf").open("wb", buffering=0) as copy:
            for start in range(0, len(whole), 64):
                copy.write(whole[start : start + 64])
        line = program.until("slow.pdf")
        stop(program)
    assert "1 case" in line
    assert editions(library) == [1]


def test_a_folder_that_vanishes_is_said_and_waited_for(tmp_path: Path) -> None:
    incoming, library = tmp_path / "incoming", tmp_path / "library"
    incoming.mkdir()
    with running("--library", str(library), "watch", str(incoming), *QUICK) as program:
        program.until("Watching")
        incoming.rename(tmp_path / "elsewhere")
        program.until("is not there; waiting for it")
        incoming.mkdir()
        program.until("is there")
        (incoming / "a.pdf").write_bytes(pdf_bytes(tmp_path, "words after all"))
        program.until("a.pdf → ")
        stop(program)
    assert editions(library) == [1]


def test_a_file_refused_while_another_command_writes_is_taken_later(tmp_path: Path) -> None:
    incoming, library = tmp_path / "incoming", tmp_path / "library"
    incoming.mkdir()
    open_library(library, create=True).close()
    (library / "casebook.toml").write_text("lock_seconds = 0\n")
    with running("--library", str(library), "watch", str(incoming), *QUICK) as program:
        program.until("Watching")
        with writer_lock(library, "testing", wait_s=60):
            (incoming / "a.pdf").write_bytes(pdf_bytes(tmp_path, "words in time"))
            program.until("a.pdf: ")
        program.until("a.pdf → ")
        stop(program)
    assert editions(library) == [1]
    refusals = [line for line in program.said if "another process is writing" in line]
    assert len(refusals) == 1, "said once, however often it was tried"


def test_a_postponed_file_is_tried_soon_and_then_less_and_less_often() -> None:
    pauses = [pause_s(tries, 2.0) for tries in (1, 2, 3, 4, 5, 6, 1_000_000)]
    assert pauses == [4, 8, 16, 32, 60, 60, 60]


def test_a_file_that_was_taken_does_not_come_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    now = [0.0]
    watching = Watch(tmp_path, rest_s=0.05, say=print, clock=lambda: now[0])
    rounds = watching.rounds()
    assert next(rounds) == [tmp_path / "a.txt"]
    watching.postpone([tmp_path / "a.txt"])
    now[0] = 1.0
    assert next(rounds) == [tmp_path / "a.txt"]
    watching.postpone([])
    now[0] = 1000.0
    (tmp_path / "b.txt").write_text("more words")
    assert next(rounds) == [tmp_path / "b.txt"]


def test_a_folder_that_vanishes_while_its_files_are_read_loses_none(tmp_path: Path) -> None:
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    (incoming / "a.txt").write_text("words")
    away = tmp_path / "away"
    said: list[str] = []
    now = [0.0]

    def come_back(text: str) -> None:
        said.append(text)
        if "waiting" in text:
            away.rename(incoming)

    watching = Watch(incoming, rest_s=0.05, say=come_back, clock=lambda: now[0])
    rounds = watching.rounds()
    assert next(rounds) == [incoming / "a.txt"]
    incoming.rename(away)
    watching.postpone([incoming / "a.txt"])
    now[0] = 1.0
    assert next(rounds) == [incoming / "a.txt"]
    assert len(said) == 2
