"""Warming up: nobody who asks first waits for what is loaded with a first question."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from casebook.warming import warm_up
from search.errors import LibraryError
from search.searcher import open_library
from tests.programs import ROOT

_PROGRAM = """
import sys
from pathlib import Path
from casebook.warming import warm_up
from search.searcher import open_library

with open_library(Path(sys.argv[1]), create=True) as library:
    before = set(sys.modules)
    warm_up(library)
    warm = set(sys.modules)
    tuple(library.search("reporting water").hits)
    print("search.linguistics.nltk_parts" in warm - before, sorted(set(sys.modules) - warm))
"""


def test_a_question_loads_nothing_that_warming_up_has_not(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stdout == "True []\n", done.stderr


def test_a_library_that_cannot_be_searched_is_left_to_its_readers(tmp_path: Path) -> None:
    with open_library(tmp_path, create=True) as library:
        (tmp_path / "index").mkdir(exist_ok=True)
        (tmp_path / "index" / "CURRENT").write_text("000009")
        warm_up(library)
        with pytest.raises(LibraryError):
            library.search("water")
