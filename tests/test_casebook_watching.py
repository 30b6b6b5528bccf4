"""A folder is watched by a program of its own, as a librarian would leave it running."""

from __future__ import annotations

from pathlib import Path

from search.searcher import open_library
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
