"""A manifest may name things by their permalinks, whatever they are called since."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import IngestResult, ingest_file
from search import open_library
from search.searcher import Library
from tests.small_books import TAJIK_CASES

OWN = "obi-toza"  # the address that its first case would have without corrections


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    """A library with a book, the title of whose first case was corrected twice."""
    library = open_library(tmp_path / "library", create=True)
    (tmp_path / "book.txt").write_text(TAJIK_CASES, encoding="utf-8")
    for title in ("Clear water", "Very clear water"):
        said = f'"{OWN}" = {{title = "{title}"}}'
        result = ingest(library, tmp_path, said)
        assert result.outcome == "ok", result.message
    return library


def ingest(library: Library, folder: Path, *corrections: str) -> IngestResult:
    (folder / "m.toml").write_text("[corrections]\n" + "\n".join(corrections), encoding="utf-8")
    return ingest_file(folder / "book.txt", library, manifest=folder / "m.toml")


def test_what_is_shown_can_be_written_in_a_manifest(shelf: Library, tmp_path: Path) -> None:
    (record,) = shelf.publications()
    case = next(case for case in record.cases if case.id == "clear-water")
    section = case.sections[0].id
    said = f'"clear-water/{section}" = {{heading = "In short"}}'
    result = ingest(shelf, tmp_path, '"clear-water" = {title = "Water"}', said)
    assert result.record is not None, result.message
    case = next(case for case in result.record.cases if case.id == "clear-water")
    assert case.title == "Water"
    assert case.sections[0].heading == "In short"


def test_two_names_of_one_case_are_refused(shelf: Library, tmp_path: Path) -> None:
    result = ingest(shelf, tmp_path, f'"{OWN}" = {{title = "A"}}', '"clear-water" = {title = "B"}')
    assert result.outcome == "rejected"
    assert f"this is also “corrections.{OWN}”" in result.message


def test_what_is_neither_is_still_refused(shelf: Library, tmp_path: Path) -> None:
    result = ingest(shelf, tmp_path, '"clear-watr" = {title = "A"}')
    assert "there is no case or section “clear-watr”" in result.message
