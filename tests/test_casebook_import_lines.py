from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebook.cli import main

LINE: dict[str, object] = {
    "publication": "wells",
    "case": "deep-well",
    "section": "activity",
    "section_kind": "What was done",
    "part": "Eastern Hills",
    "text": "They dug a deep well.",
}


def write(path: Path, *lines: dict[str, object] | str) -> Path:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file but what is noted of files' states."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != "records.json")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def library(tmp_path: Path) -> str:
    return str(tmp_path / "library")


def test_what_was_imported_is_found_with_its_ids_and_facets(
    tmp_path: Path, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = LINE | {"publication": "roads", "text": "They mended a road."}
    file = write(tmp_path / "s.jsonl", LINE, other)
    assert main(["--library", library, "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["publications"] == [
        {"id": "wells", "title": "wells", "cases": 1, "sections": 1},
        {"id": "roads", "title": "roads", "cases": 1, "sections": 1},
    ]
    main(["--library", library, "search", "dug", "--filter", "part=Eastern Hills", "--json"])
    results = json.loads(capsys.readouterr().out)
    (hit,) = results["hits"]
    assert hit["url"] == "/p/wells/deep-well/activity"
    assert (hit["section_kind"], hit["part"]) == ("What was done", "Eastern Hills")
    assert results["facets"]["section_kind"][0]["value"] == "What was done"


def test_a_publication_that_is_there_is_refused_unless_it_is_to_be_replaced(
    tmp_path: Path, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "s.jsonl", LINE)
    main(["--library", library, "import", str(file)])
    before = contents(Path(library))
    newer = write(tmp_path / "n.jsonl", LINE | {"publication": "a"}, LINE | {"section": "plans"})
    assert main(["--library", library, "import", str(newer)]) == 1
    assert "“wells” is in the library already, from s.jsonl" in capsys.readouterr().err
    assert contents(Path(library)) == before
    assert main(["--library", library, "import", str(newer), "--replace"]) == 0
    main(["--library", library, "show", "wells/deep-well/activity"])
    said = capsys.readouterr()
    assert "wells/deep-well/activity is now wells/deep-well." in said.err


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{not json", "s.jsonl, line 2: the line is no JSON object."),
        ('{"publication": "a"}', "s.jsonl, line 2: the key “case” is missing."),
        (LINE, "s.jsonl, line 2: the key “section” is “activity”, as in line 1"),
    ],
)
def test_one_bad_line_and_nothing_is_taken(
    line: str | dict[str, object],
    expected: str,
    tmp_path: Path,
    library: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = write(tmp_path / "s.jsonl", LINE, line)
    assert main(["--library", library, "import", str(file)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(expected)
    assert said.err.count("\n") == 1
    assert not Path(library).exists()


def test_a_notice_tells_what_was_not_taken_as_it_stood(
    tmp_path: Path, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "s.jsonl", LINE, LINE | {"section": "b", "part": "West"})
    assert main(["--library", library, "import", str(file)]) == 0
    said = capsys.readouterr()
    assert said.err == "line 2: “part” is not that of line 1, which was kept\n"
    assert said.out == "Imported “wells” (wells): 1 case, 2 sections.\n"
