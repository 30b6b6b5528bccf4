"""What a manifest says of another language: kept in the record; what is wrong is said by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest_file
from search import open_library
from search.searcher import Library
from tests.translated import CORPUS, DIGEST, SELECTION, add_both

TEXT = CORPUS / "sample" / "selection-ru.txt"
GIVEN = (CORPUS / "selection-ru.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library")
    with open_library(folder / "library", create=True) as library:
        add_both(library)
        yield library


def message(library: Library | None, tmp_path: Path, manifest: str) -> str:
    file = tmp_path / "m.toml"
    file.write_text(manifest, encoding="utf-8")
    result = ingest_file(TEXT, library, manifest=file, dry_run=True)
    assert result.outcome == "rejected"
    return result.message


def test_the_record_says_what_the_manifest_said(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    file.write_text(f'{GIVEN}[translations]\n"predislovie" = "introduction"\n', encoding="utf-8")
    record = ingest_file(TEXT, library, manifest=file, dry_run=True).record
    assert record is not None
    assert record.translation_of == DIGEST
    assert record.translated == {"predislovie": "introduction"}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ('"working-togethr-2026"', r"no publication “working-togethr-2026”.*nearest: “working-tog"),
        (f'"{SELECTION}"', "that is this publication itself"),
    ],
)
def test_an_original_that_cannot_be_is_refused(
    library: Library, tmp_path: Path, said: str, answer: str
) -> None:
    manifest = GIVEN.replace(f'translation_of = "{DIGEST}"', f"translation_of = {said}")
    assert re.search(answer, message(library, tmp_path, manifest))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ('"predislovi" = "introduction"', "translations.predislovi.*nearest: “predislovie”"),
        ('"predislovie" = "introductory"', "“introductory” in “working.*nearest: “introduction”"),
        ('"predislovie/lead" = "introduction"', "a case stands for a case"),
        ('"predislovie/lead/p1" = "introduction/lead/p1"', "no case or section"),
        (
            '"predislovie" = "introduction"\n"tri-kilometra-do-rodnika" = "introduction"',
            "“introduction” stands for “predislovie” already",
        ),
    ],
)
def test_an_entry_that_cannot_be_is_named_with_the_nearest(
    library: Library, tmp_path: Path, said: str, answer: str
) -> None:
    assert re.search(answer, message(library, tmp_path, f"{GIVEN}[translations]\n{said}\n"))


def test_pairs_need_to_know_of_which_publication(library: Library, tmp_path: Path) -> None:
    manifest = '[translations]\n"predislovie" = "introduction"\n'
    assert "Add translation_of" in message(library, tmp_path, manifest)


def test_without_a_library_there_is_no_original(tmp_path: Path) -> None:
    assert "there is none" in message(None, tmp_path, GIVEN)
