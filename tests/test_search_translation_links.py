"""Links between languages: they are made from what is there now, whatever becomes of either."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from ingest.pipeline import ingest_file
from search import open_library
from search.errors import NotFoundError
from search.searcher import Library
from tests.translated import CORPUS, DIGEST, SELECTION, TRUTH, add_both, add_digest

HERE = "koe-chto-luchshe-ulitsy"
THERE = TRUTH[HERE]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "library"
    with open_library(folder, create=True) as library:
        add_both(library)
    return folder


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Iterator[Library]:
    shutil.copytree(made, tmp_path / "library")
    with open_library(tmp_path / "library") as library:
        yield library


def counterparts(library: Library, publication: str, case: str) -> list[tuple[str, str]]:
    found = library.translations.counterparts(publication, case)
    return [(each.publication.id, each.case.id) for each in found]


def test_both_languages_lead_to_one_another(library: Library) -> None:
    assert counterparts(library, SELECTION, HERE) == [(DIGEST, THERE)]
    assert counterparts(library, DIGEST, THERE) == [(SELECTION, HERE)]


def test_a_case_without_a_counterpart_leads_nowhere(library: Library) -> None:
    assert counterparts(library, DIGEST, "graduates-who-help-to-shape-the-law") == []


@pytest.mark.parametrize("gone", [DIGEST, SELECTION])
def test_when_one_is_removed_the_other_stands_alone(library: Library, gone: str) -> None:
    library.translations.counterparts(SELECTION, HERE)
    library.remove(gone)
    left, case = (SELECTION, HERE) if gone == DIGEST else (DIGEST, THERE)
    assert counterparts(library, left, case) == []
    assert library.translations.others(left) == ()


def test_the_one_that_comes_again_is_linked_again(library: Library) -> None:
    library.remove(DIGEST)
    add_digest(library)
    assert counterparts(library, SELECTION, HERE) == [(DIGEST, THERE)]


def test_a_translation_whose_original_went_can_be_ingested_again(library: Library) -> None:
    library.remove(DIGEST)
    again = ingest_file(CORPUS / "sample" / "selection-ru.txt", library)
    assert again.outcome == "unchanged", again.message


def test_a_retitled_case_keeps_its_link(library: Library) -> None:
    record = library.publication(DIGEST)
    cases = tuple(
        replace(case, title="Aurora") if case.id == THERE else case for case in record.cases
    )
    source = library.source_file(DIGEST)
    library.publish(replace(record, cases=cases, edition=2), source=source)
    (found,) = library.translations.counterparts(SELECTION, HERE)
    assert found.case.title == "Aurora"


def test_a_damaged_record_of_the_other_is_passed_over(library: Library) -> None:
    (library.path / "publications" / DIGEST / "record.json").write_bytes(b"{")
    assert counterparts(library, SELECTION, HERE) == []


def test_a_publication_that_is_not_there_has_no_pairs(library: Library) -> None:
    assert library.translations.of("nothing") == ()
    with pytest.raises(NotFoundError):
        library.translations.pairs("nothing", DIGEST)
