from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from casebook.intake import Intake, Taken, files_of
from ingest.ledger import Entry, Ledger
from ingest.pipeline import IngestResult, Request
from ingest.report import FoundHeading


def ingest(requests: Iterator[Request]) -> Iterator[IngestResult]:
    for request in requests:
        yield IngestResult(
            file=str(request.path),
            outcome="ok",
            publication=request.as_publication or request.path.stem,
            message="Taken.",
            pages=2,
            headings=(FoundHeading(1, "Summary", 1, ("recurs",), 0.9),),
        )


def take(*paths: Path, intake: Intake | None = None) -> list[Taken]:
    return list((intake or Intake(Request(Path()))).take(paths, ingest))


def write(path: Path, text: str) -> str:
    path.write_text(text)
    return hashlib.sha256(text.encode()).hexdigest()


def outcomes(found: list[Taken]) -> list[tuple[str, str, str]]:
    results = [taken.result for taken in found]
    return [(Path(r.file).name, r.outcome, r.publication) for r in results]


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


def test_a_file_that_is_not_there_never_stops_the_others(tmp_path: Path) -> None:
    write(tmp_path / "good.pdf", "a")
    found = take(tmp_path / "none.pdf", tmp_path / "good.pdf")
    assert outcomes(found) == [("none.pdf", "rejected", ""), ("good.pdf", "ok", "good")]


def test_the_same_file_under_two_names_is_said_and_taken_once(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        write(tmp_path / name, "same")
    first, second = (taken.result for taken in take(tmp_path))
    assert (first.outcome, second.outcome, second.publication) == ("ok", "unchanged", "")
    assert f"the same file as {tmp_path / 'a.pdf'}" in second.message


def test_a_folders_file_that_has_not_changed_is_passed_over(tmp_path: Path) -> None:
    sha256 = write(tmp_path / "a.pdf", "same")
    ledger = Ledger(tmp_path / "library")
    intake = Intake(Request(Path()), ledger, {sha256: "a"})
    assert outcomes(take(tmp_path, intake=intake)) == [("a.pdf", "ok", "a")]
    again = replace(intake, _seen={})
    assert outcomes(take(tmp_path, intake=again)) == [("a.pdf", "unchanged", "a")]


def test_what_another_version_made_is_made_anew(tmp_path: Path) -> None:
    sha256 = write(tmp_path / "a.pdf", "same")
    ledger = Ledger(tmp_path / "library")
    ledger.put(tmp_path / "a.pdf", Entry(sha256, "a", "Casebook 0"))
    found = take(tmp_path, intake=Intake(Request(Path()), ledger, {sha256: "a"}))
    assert outcomes(found) == [("a.pdf", "ok", "a")]


def test_what_was_removed_from_the_library_is_made_anew(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "library")
    ledger.put(tmp_path / "a.pdf", Entry(write(tmp_path / "a.pdf", "same"), "b"))
    found = take(tmp_path, intake=Intake(Request(Path()), ledger, {}))
    assert outcomes(found) == [("a.pdf", "ok", "a")]


def test_a_folders_changed_file_is_the_next_edition_of_what_it_was(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", "new")
    ledger = Ledger(tmp_path / "library")
    ledger.put(tmp_path / "a.pdf", Entry("0" * 64, "what-it-was"))
    found = take(tmp_path, intake=Intake(Request(Path()), ledger, {"0" * 64: "what-it-was"}))
    assert outcomes(found) == [("a.pdf", "ok", "what-it-was")]


def test_a_file_that_is_named_is_always_made_anew(tmp_path: Path) -> None:
    sha256 = write(tmp_path / "a.pdf", "same")
    ledger = Ledger(tmp_path / "library")
    ledger.put(tmp_path / "a.pdf", Entry(sha256, "a"))
    found = take(tmp_path / "a.pdf", intake=Intake(Request(Path()), ledger, {sha256: "a"}))
    assert outcomes(found) == [("a.pdf", "ok", "a")]


def test_a_heading_keeps_its_evidence(tmp_path: Path) -> None:
    write(tmp_path / "good.pdf", "a")
    (heading,) = take(tmp_path / "good.pdf")[0].result.headings
    assert (heading.level, heading.title, heading.page) == (1, "Summary", 1)
    assert (heading.evidence, heading.confidence) == (("recurs",), 0.9)


def test_a_name_that_is_no_utf8_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    write(tmp_path / "bad\udcff.pdf", "a")
    (taken,) = take(tmp_path)
    assert taken.result.file == f"{tmp_path}/bad�.pdf"


def test_a_path_that_cannot_even_be_looked_at_is_a_rejected_file(tmp_path: Path) -> None:
    write(tmp_path / "good.pdf", "a")
    results = [taken.result for taken in take(tmp_path / ("x" * 300), tmp_path / "good.pdf")]
    assert [result.outcome for result in results] == ["rejected", "ok"]
    assert results[0].message == "it cannot be read (file name too long)."
