"""`casebook translations`: the pairs as a table, a case in two columns, JSON for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebook.cli import main
from search import open_library
from tests.translated import DIGEST, SELECTION, TRUTH, add_both

HERE = "koe-chto-luchshe-ulitsy"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library") / "library"
    with open_library(folder, create=True) as library:
        add_both(library)
    return folder


def test_cases_are_shown_with_how_sure_their_pair_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", str(folder), "translations", SELECTION]) == 0
    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if line.startswith("Кое-что лучше улицы"))
    assert "Something better than the street" in line
    assert "% sure" in line
    assert f"Only in {SELECTION}: rabotaem-vmeste, predislovie" in shown


def test_a_case_is_shown_side_by_side(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(folder), "translations", f"/p/{SELECTION}/{HERE}"]) == 0
    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if line.startswith("Аврора основана"))
    assert "Aurora was founded in 1990" in line


def test_json_names_both_sides(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(folder), "translations", SELECTION, "--json"]) == 0
    (table,) = json.loads(capsys.readouterr().out)["translations"]
    assert table["publication"] == DIGEST
    assert TRUTH.items() <= {row["one"]: row["other"] for row in table["rows"]}.items()


def test_nothing_in_another_language_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", str(folder), "translations", f"{DIGEST}/conclusions"]) == 0
    assert "not known here in another language" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["working-togethr-2026"], "Perhaps you mean “working-together-2026”"),
        ([f"{DIGEST}/nothing"], "there is no case “nothing”"),
        ([DIGEST, "--with", "rabotaem"], "Perhaps you mean “rabotaem-vmeste-2026”"),
    ],
)
def test_what_is_not_there_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str
) -> None:
    assert main(["--library", str(folder), "translations", *arguments]) == 1
    assert answer in capsys.readouterr().err
