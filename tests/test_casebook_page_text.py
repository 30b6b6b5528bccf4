"""`casebook show PUBLICATION/page/LABEL`: what stands on a printed page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebook.cli import main
from casebook.page_text import read_page
from search import open_library
from search.errors import NotFoundError
from tests.translated import DIGEST, add_digest, digest


def test_a_page_has_the_text_that_is_printed_on_it() -> None:
    page = read_page(digest(), "5")
    text = "\n".join(piece.text for piece in page.pieces)
    assert page.label == "5"
    assert "Forty-two girls had lessons" in text
    assert "Aurora offers children" not in text  # on the page before


def test_all_pages_together_have_all_text() -> None:
    record = digest()
    pages = [read_page(record, f"pdf-{page.number}") for page in record.pages]
    words = " ".join(piece.text for page in pages for piece in page.pieces).split()
    wanted = " ".join(s.text for case in record.cases for s in case.sections).split()
    assert sorted(words) == sorted(wanted)


def test_a_page_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(NotFoundError, match=r"no page 777.*Its pages go from i to 32"):
        read_page(digest(), "777")


def test_a_page_is_shown_and_given_to_scripts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_library(tmp_path / "library", create=True) as library:
        add_digest(library)
    show = ["--library", str(tmp_path / "library"), "show", f"/p/{DIGEST}/page/5"]
    assert main(show) == 0
    assert "Forty-two girls" in capsys.readouterr().out
    assert main([*show, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["label"] == "5"
