"""The commands about words and phrases, as a person and as a program meets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from casebook.cli import main
from tests.records import make_publication
from tests.sites import hostile_publication, make_library

Ran = tuple[int, str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command")
    make_library(folder).close()
    return folder / "library"


def run(capfd: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> Ran:
    code = main(["--library", str(folder), *arguments])
    said = capfd.readouterr()
    return code, said.out, said.err


def table(text: str) -> list[dict[str, str]]:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_keywords_stand_in_one_column(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    code, out, _ = run(capfd, folder, "concordance", "council")
    lines = [line for line in out.splitlines() if "**" in line]
    assert code == 0
    assert len(lines) == 3
    assert len({line.index("**") for line in lines}) == 1
    assert "A Bridge over the Alder" in out


def test_words_of_the_shell_are_one_phrase(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    _, out, _ = run(capfd, folder, "concordance", "water", "committees", "--json")
    found = json.loads(out)
    assert [line["keyword"] for line in found["lines"]] == ["Water Committee", "water committee"]


@pytest.mark.parametrize("order", ["--left", "--right", "--book"])
def test_an_order_can_be_asked_for(
    capfd: pytest.CaptureFixture[str], folder: Path, order: str
) -> None:
    _, out, _ = run(capfd, folder, "concordance", "council", order, "--csv", "--width", "20")
    assert len(table(out)) == 3
    assert all(len(row["left"]) <= 20 for row in table(out))


def test_no_occurrence_is_no_failure(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    for command in ("concordance", "profile", "collocations"):
        code, out, _ = run(capfd, folder, command, "unicorn")
        assert code == 0
        assert out.startswith("No ")


def test_notices_stand_beside_a_table_not_in_it(
    capfd: pytest.CaptureFixture[str], folder: Path
) -> None:
    _, out, err = run(capfd, folder, "concordance", "pump", "--filter", "part=Moon", "--csv")
    assert table(out) == []
    assert "no part “Moon”" in err


def test_a_profile_has_bars_and_a_table(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    _, out, _ = run(capfd, folder, "profile", "pump", "--by", "part")
    assert "South Hills" in out
    assert "█" in out
    _, out, _ = run(capfd, folder, "profile", "pump", "--by", "part", "--csv")
    assert {row["value"]: row["count"] for row in table(out)} == {
        "": "2",
        "North Valley": "0",
        "South Hills": "2",
    }


def test_neighbours_and_pairs_are_listed(capfd: pytest.CaptureFixture[str], folder: Path) -> None:
    _, out, _ = run(capfd, folder, "collocations", "pump", "--least", "1", "--json")
    words = [each["words"] for each in json.loads(out)["collocates"]]
    assert ["motor"] in words
    _, out, _ = run(capfd, folder, "collocations", "--least", "2")
    assert "water committee" in out


def test_shared_phrases_are_listed_with_their_places(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_library(tmp_path, make_publication(), make_publication("second")).close()
    _, out, _ = run(capfd, tmp_path / "library", "shared-phrases", "--limit", "2")
    assert "/p/river-and-road/" in out
    assert "/p/second/" in out
    assert "--offset 2" in out


@pytest.mark.parametrize("by", ["region", "case"])
def test_a_file_of_phrases_is_counted(
    capfd: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, by: str
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_bytes('\ufeffpump\r\n\r\n"foot bridge"\r\nunicorn\r\n'.encode())
    _, out, _ = run(capfd, folder, "count", str(listed), "--by", by, "--excel")
    assert out.startswith("\ufeff")
    rows = table(out)
    assert {row["phrase"] for row in rows} == {"pump", '"foot bridge"', "unicorn"}
    _, out, _ = run(capfd, folder, "count", str(listed), "--by", by)
    assert "foot bridge" in out
    _, out, _ = run(capfd, folder, "count", str(listed), "--json")
    assert [each["total"] for each in json.loads(out)["phrases"]] == [2, 1, 0]


def test_a_file_that_is_no_text_is_refused_in_words(
    capfd: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "list.bin"
    listed.write_bytes(b"\xff\xfe\x00p")
    code, out, err = run(capfd, folder, "count", str(listed))
    assert (code, out) == (1, "")
    assert "UTF-8" in err
    listed.write_bytes(b"x" * 2_000_000)
    assert run(capfd, folder, "count", str(listed))[0] == 1


def test_nothing_of_a_text_reaches_the_terminal_raw(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_library(tmp_path, hostile_publication()).close()
    for form in ("--json", "--csv", "--book"):
        _, out, _ = run(capfd, tmp_path / "library", "concordance", "alert", form)
        assert "\u202e" not in out
        assert "\x1b" not in out
