from __future__ import annotations

from pathlib import Path

from casebook.intake import Taken, files_of, take_files
from ingest.pipeline import IngestResult
from ingest.report import FoundHeading


def ingest(path: Path) -> IngestResult:
    if path.stem == "bug":
        raise ZeroDivisionError("inner words")
    return IngestResult(
        file=str(path),
        outcome="ok",
        publication=path.stem,
        message="Taken.",
        pages=2,
        headings=(FoundHeading(1, "Summary", 1, ("recurs",), 0.9),),
    )


def take(*paths: Path) -> list[Taken]:
    return list(take_files(paths, ingest, complain=lambda error: f"sorry: {error}"))


def test_a_folder_stands_for_its_own_pdf_and_text_files_by_name(tmp_path: Path) -> None:
    for name in ("b.PDF", "a.txt", "c.text", "d.md", ".hidden.pdf", "e.docx"):
        (tmp_path / name).touch()
    (tmp_path / "f.pdf").mkdir()
    (tmp_path / "f.pdf" / "below.pdf").touch()
    assert [path.name for path in files_of(tmp_path)] == ["a.txt", "b.PDF", "c.text"]


def test_a_file_is_given_as_it_is_whatever_its_name(tmp_path: Path) -> None:
    assert files_of(tmp_path / "no ending") == (tmp_path / "no ending",)


def test_a_folder_with_nothing_to_read_is_a_rejected_file(tmp_path: Path) -> None:
    ((result, _),) = [(taken.result, taken.report) for taken in take(tmp_path)]
    assert (result.outcome, result.is_taken) == ("rejected", False)
    assert "there is no PDF or text file in this folder" in result.message


def test_one_file_never_stops_the_others(tmp_path: Path) -> None:
    results = [taken.result for taken in take(tmp_path / "bug.pdf", tmp_path / "good.pdf")]
    assert [(result.outcome, result.message) for result in results] == [
        ("rejected", "sorry: inner words"),
        ("ok", "Taken."),
    ]


def test_a_heading_keeps_its_evidence(tmp_path: Path) -> None:
    (heading,) = take(tmp_path / "good.pdf")[0].result.headings
    assert (heading.level, heading.title, heading.page) == (1, "Summary", 1)
    assert (heading.evidence, heading.confidence) == (("recurs",), 0.9)


def test_a_name_that_is_no_utf8_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    (taken,) = take(Path("bad\udcff.pdf"))
    assert taken.result.file == "bad�.pdf"
    assert tmp_path.exists()


def test_a_path_that_cannot_even_be_looked_at_is_a_rejected_file(tmp_path: Path) -> None:
    results = [taken.result for taken in take(tmp_path / ("x" * 300), tmp_path / "good.pdf")]
    assert [result.outcome for result in results] == ["rejected", "ok"]
    assert results[0].message == "it cannot be read (file name too long)."
