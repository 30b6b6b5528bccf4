"""The sample publication keeps its promises: our words, no private contact, made from source."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.pipeline import ingest_file
from search import open_library

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "sample"


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs_of(count: int, text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + count]) for start in range(len(found) - count + 1)}


def test_no_nine_words_in_a_row_are_the_source_book_s(shared: Path) -> None:
    (book,) = (shared / "book").glob("*.txt")
    theirs = runs_of(9, book.read_text(encoding="utf-8"))
    ours = [
        path for path in (ROOT / "corpus").rglob("*") if path.suffix in {".md", ".txt", ".toml"}
    ]
    copied = {path.name: runs_of(9, path.read_text(encoding="utf-8")) & theirs for path in ours}
    assert not {name: runs for name, runs in copied.items() if runs}


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("an e-mail address", r"\S@\S"), ("a telephone number", r"\d[\d ()-]{6,}\d")],
)
def test_no_private_contact_is_given(what: str, pattern: str) -> None:
    text = (SAMPLE / "digest.txt").read_text(encoding="utf-8")
    assert not re.findall(pattern, text), what


def test_every_part_has_a_case_about_a_school() -> None:
    gold = json.loads((SAMPLE / "digest.gold.json").read_text(encoding="utf-8"))
    lines = (SAMPLE / "digest.txt").read_text(encoding="utf-8").replace("\f", "").split("\n")
    parts = {region["name"] for region in gold["regions"]}
    schools = {
        case["region"]
        for case in gold["cases"]
        if "school" in words(" ".join(lines[case["lines"][0] - 1 : case["lines"][1]]))
    }
    assert schools == parts


def test_the_text_form_is_made_from_the_source(tmp_path: Path) -> None:
    script = ROOT / "corpus" / "make_digest.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True)
    for name in ("digest.txt", "digest.gold.json"):
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name
    assert (tmp_path / "digest.pdf").read_bytes().startswith(b"%PDF-")


def test_what_the_title_page_calls_the_publisher_is_not_taken_for_a_place(tmp_path: Path) -> None:
    with open_library(tmp_path / "library", create=True) as library:
        ingest_file(SAMPLE / "digest.pdf", library, manifest=ROOT / "corpus" / "manifest.toml")
        (record,) = library.publications()
    assert (record.publisher, record.place) == ("Casebook", "")
