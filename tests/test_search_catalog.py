"""The catalog of engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.catalog import open_engine
from search.errors import InputError, LibraryError


def test_an_engine_is_opened_by_name_and_its_folder_made(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path / "index" / "one")
    assert engine.document_count() == 0
    engine.close()


def test_an_unknown_engine_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no engine “lucene”.*Choose one of: whoosh"):
        open_engine("lucene", tmp_path)


def test_a_folder_of_something_else_is_never_made_into_an_index(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(LibraryError, match="casebook reindex"):
        open_engine("whoosh", tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]
