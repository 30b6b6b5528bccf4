"""The pipeline: what becomes of a file, and what is left in the library."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.language import detect_language
from ingest.pipeline import ingest_file
from search.searcher import Library, open_library
from tests.small_books import GARDENS, RUSSIAN_REPORT, TAJIK_CASES


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    return open_library(tmp_path / "library", create=True)


def book(folder: Path, text: str = TAJIK_CASES, name: str = "book.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_book_is_published_with_its_source_and_extraction(shelf: Library, tmp_path: Path) -> None:
    result = ingest_file(book(tmp_path), shelf)
    assert result.outcome == "ok"
    assert shelf.publication(result.publication) == result.record
    assert shelf.extraction(result.publication) is not None
    assert "3 cases with 9 sections" in result.message


def test_the_same_file_again_changes_nothing(shelf: Library, tmp_path: Path) -> None:
    path = book(tmp_path)
    first = ingest_file(path, shelf)
    again = ingest_file(path, shelf)
    assert (again.outcome, again.record) == ("unchanged", first.record)


def test_a_copy_under_another_name_changes_nothing(shelf: Library, tmp_path: Path) -> None:
    first = ingest_file(book(tmp_path), shelf)
    again = ingest_file(book(tmp_path, name="copy.txt"), shelf)
    assert (again.outcome, again.record) == ("unchanged", first.record)


def test_a_dry_run_needs_no_library_and_writes_nothing(shelf: Library, tmp_path: Path) -> None:
    path = book(tmp_path)
    assert ingest_file(path, None, dry_run=True).outcome == "ok"
    result = ingest_file(path, shelf, dry_run=True)
    assert result.report.cases[1].address == "maktabi-nav"
    assert shelf.publications() == ()


def test_a_manifest_is_kept_and_holds_when_the_file_comes_again(
    shelf: Library, tmp_path: Path
) -> None:
    path, manifest = book(tmp_path), tmp_path / "m.toml"
    manifest.write_text('[publication]\ntitle = "Villages"\n', encoding="utf-8")
    ingest_file(path, shelf, manifest=manifest)
    again = ingest_file(path, shelf)
    assert again.outcome == "unchanged"
    assert again.record is not None
    assert again.record.title == "Villages"


def test_a_broken_manifest_leaves_the_library_as_it_was(shelf: Library, tmp_path: Path) -> None:
    manifest = tmp_path / "m.toml"
    manifest.write_text("[publication]\nyear = 'x'\n", encoding="utf-8")
    result = ingest_file(book(tmp_path), shelf, manifest=manifest)
    assert result.outcome == "rejected"
    assert "publication.year" in result.message
    assert shelf.publications() == ()


def test_another_file_does_not_take_an_id_unless_it_is_said_to(
    shelf: Library, tmp_path: Path
) -> None:
    first = ingest_file(book(tmp_path), shelf)
    other = book(tmp_path, TAJIK_CASES.replace("сесад", "дусад"), "other.txt")
    refused = ingest_file(other, shelf)
    assert refused.outcome == "rejected"
    assert first.publication in refused.message
    assert "book.txt" in refused.message
    next_edition = ingest_file(other, shelf, as_publication=first.publication)
    assert next_edition.outcome == "ok"
    assert shelf.publication(first.publication).edition == 2


def test_an_id_once_given_stays(shelf: Library, tmp_path: Path) -> None:
    path, manifest = book(tmp_path), tmp_path / "m.toml"
    ingest_file(path, shelf)
    manifest.write_text('[publication]\nid = "another"\n', encoding="utf-8")
    assert ingest_file(path, shelf, manifest=manifest).outcome == "rejected"


@pytest.mark.parametrize("name", ["missing.txt", "folder"])
def test_what_cannot_be_read_is_rejected_in_a_sentence(
    shelf: Library, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    result = ingest_file(tmp_path / name, shelf)
    assert result.outcome == "rejected"
    assert result.message.startswith(name)


def test_the_report_names_what_the_contents_page_promises_in_vain(tmp_path: Path) -> None:
    text = RUSSIAN_REPORT.replace("3. Выводы\n\n", "").replace(
        "3. Выводы ..........", "3. Итоги бесед .........."
    )
    report = ingest_file(book(tmp_path, text), None, dry_run=True).report
    assert [entry.title for entry in report.undelivered] == ["3. Итоги бесед"]


def test_titles_told_by_their_shape_alone_are_doubted(tmp_path: Path) -> None:
    report = ingest_file(book(tmp_path), None, dry_run=True).report
    assert any("shape" in doubt.reason for doubt in report.doubts)


def test_headings_have_levels_evidence_and_pages(tmp_path: Path) -> None:
    headings = ingest_file(book(tmp_path, RUSSIAN_REPORT), None, dry_run=True).headings
    assert [(h.level, h.page) for h in headings] == [(1, 2), (1, 2), (2, 3), (2, 3), (1, 4)]
    assert all("contents page" in heading.evidence for heading in headings)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GARDENS, "en"),
        (RUSSIAN_REPORT, "ru"),
        (TAJIK_CASES, "tg"),
        ("1234", ""),
        ("Lorem dolor", ""),
    ],
)
def test_a_publications_language_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_pipe_is_refused_and_never_waited_for(shelf: Library, tmp_path: Path) -> None:
    pipe = tmp_path / "book.pdf"
    os.mkfifo(pipe)
    result = ingest_file(pipe, shelf)
    assert (result.outcome, result.publication) == ("rejected", "")
    assert "not an ordinary file" in result.message


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('[corrections]\n"nowhere" = {title = "X"}', "m.toml: at “corrections.nowhere”"),
        ('[pages]\n3 = "words that stand nowhere"', "m.toml: at “pages.3”"),
        (None, "m.toml: the manifest cannot be read (no such file or directory)"),
    ],
)
def test_what_is_wrong_with_a_manifest_is_said_with_its_name(
    said: str | None, message: str, shelf: Library, tmp_path: Path
) -> None:
    manifest = tmp_path / "m.toml"
    if said is not None:
        manifest.write_text(said, encoding="utf-8")
    result = ingest_file(book(tmp_path, TAJIK_CASES.replace("\f", "\n")), shelf, manifest=manifest)
    assert result.outcome == "rejected"
    assert message in result.message


@pytest.mark.parametrize("content", [TAJIK_CASES, ""])
def test_a_name_that_is_no_utf_8_is_no_hindrance(
    content: str, shelf: Library, tmp_path: Path
) -> None:
    path = book(tmp_path, content, os.fsdecode(b"b\xffk.txt"))
    result = ingest_file(path, shelf)
    assert result.outcome == ("ok" if content else "rejected")
    assert [record.source.name for record in shelf.publications()] == ["b\ufffdk.txt"] * bool(
        content
    )


def test_a_next_edition_of_what_never_was_is_refused_with_near_names(
    shelf: Library, tmp_path: Path
) -> None:
    first = ingest_file(book(tmp_path), shelf)
    other = book(tmp_path, GARDENS, "other.txt")
    result = ingest_file(other, shelf, as_publication=f"{first.publication}-x")
    assert result.outcome == "rejected"
    assert f"nearest: “{first.publication}”" in result.message
    assert len(shelf.publications()) == 1


def test_what_was_removed_can_come_again_under_its_id(shelf: Library, tmp_path: Path) -> None:
    first = ingest_file(book(tmp_path), shelf)
    shelf.remove(first.publication)
    again = ingest_file(tmp_path / "book.txt", shelf, as_publication=first.publication)
    assert (again.outcome, again.publication) == ("ok", first.publication)
