from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.jsonl_lines import SectionLine, read_lines
from search.errors import InputError

GOOD: dict[str, object] = {"publication": "b", "case": "c", "section": "s", "text": "Rain."}


def write(folder: Path, *lines: str | bytes) -> Path:
    path = folder / "sections.jsonl"
    path.write_bytes(b"\n".join(s if isinstance(s, bytes) else s.encode() for s in lines))
    return path


def complaint(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(read_lines(path))
    return str(caught.value)


def test_a_line_is_read_with_its_number_and_where_it_ends(tmp_path: Path) -> None:
    first, second = json.dumps(GOOD), json.dumps(GOOD | {"year": 2007, "page": 3})
    lines = list(read_lines(write(tmp_path, first, "", second)))
    assert [line.number for line in lines] == [1, 3]
    assert lines[1].section == SectionLine("b", "c", "s", "Rain.", year=2007, page=3)
    assert lines[1].end == len(first) + len(second) + 2


def test_null_other_keys_and_an_encoding_mark_do_no_harm(tmp_path: Path) -> None:
    line = json.dumps(GOOD | {"heading": None, "weather": [1, {"wind": 2}]})
    (read,) = read_lines(write(tmp_path, b"\xef\xbb\xbf" + line.encode() + b"\r"))
    assert read.section == SectionLine("b", "c", "s", "Rain.")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "line 2: the line is no JSON object"),
        ("[1]", "line 2: the line is no JSON object"),
        ('"word"', "line 2: the line is no JSON object"),
        (json.dumps(GOOD) * 2, "line 2: the line is no JSON object"),
        ("[" * 100_000, "line 2: the line is no JSON object"),
        (b"\x00\x00\x00", "line 2: the line is no JSON object"),
        (b'{"text": "\xff"}', "line 2: the line is not UTF-8"),
        ('{"publication": "b", "case": "c", "text": ""}', "line 2: the key “section” is missing"),
        (json.dumps(GOOD | {"text": 7}), "line 2: the key “text” should be a text"),
        (json.dumps(GOOD | {"case": ""}), "“case” should be a text of 1 to 200 characters"),
        (json.dumps(GOOD | {"year": "2007"}), "“year” should be a whole number such as 2007"),
        (json.dumps(GOOD | {"year": True}), "“year” should be a whole number such as 2007"),
        (json.dumps(GOOD | {"page": 0}), "“page” should be a whole number, 1 or more"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_key(
    line: str | bytes, expected: str, tmp_path: Path
) -> None:
    assert expected in complaint(write(tmp_path, json.dumps(GOOD), line))


def test_a_file_that_is_missing_empty_or_a_folder_is_said_to_be_so(tmp_path: Path) -> None:
    assert "there is no such file" in complaint(tmp_path / "missing.jsonl")
    assert "the file is empty" in complaint(write(tmp_path))
    assert "this is a folder" in complaint(tmp_path)
