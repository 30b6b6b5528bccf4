"""What `casebook check` finds, and that its advice, taken to the letter, puts it right."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.cli import main
from search import open_library
from search.checking import Finding
from tests.translated import CORPUS, DIGEST

LINES = (
    '{"publication": "lines", "case": "b", "section": "c", "text": "They dug a well."}\n'
    '{"publication": "lines", "case": "d", "section": "e", "text": "They built a road."}\n'
)
Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (lines := folder / "lines.jsonl").write_text(LINES)
    digest, manifest = CORPUS / "sample" / "digest.txt", CORPUS / "manifest.toml"
    at = ["--library", str(folder / "library")]
    assert main([*at, "ingest", str(digest), "--manifest", str(manifest)]) == 0
    assert main([*at, "import", str(lines)]) == 0
    return folder / "library"


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "library")
    return tmp_path / "library"


def findings(library: Path) -> tuple[Finding, ...]:
    with open_library(library, settle=False) as opened:
        return opened.check()


def of(library: Path, publication: str, name: str) -> Path:
    return library / "publications" / publication / name


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


DAMAGES: dict[str, tuple[Damage, str]] = {
    "source missing": (lambda at: of(at, DIGEST, "source.txt").unlink(), "its source is missing"),
    "source changed": (lambda at: flip(of(at, DIGEST, "source.txt")), "is not the file that it"),
    "record cut": (lambda at: cut(of(at, DIGEST, "record.json")), "the record is damaged"),
    "record missing": (lambda at: of(at, DIGEST, "record.json").unlink(), "its record is missing"),
    "lines' record cut": (lambda at: cut(of(at, "lines", "record.json")), "the record is damaged"),
    "lines' source missing": (lambda at: of(at, "lines", "source.jsonl").unlink(), "is missing"),
    "index missing": (lambda at: shutil.rmtree(at / "index"), "there is no index"),
    "index file cut": (lambda at: cut(next((at / "index").glob("*/*.seg"))), "index is damaged"),
    "other generation": (lambda at: (at / "index" / "CURRENT").write_text("77\n"), "no index"),
    "folder missing": (lambda at: shutil.rmtree(at / "publications" / "lines"), "is in the index"),
}


def test_a_sound_library_has_none(library: Path) -> None:
    assert findings(library) == ()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_is_found_and_its_advice_mends_it(library: Path, damage: str) -> None:
    do_damage, said = DAMAGES[damage]
    do_damage(library)
    found = findings(library)
    assert any(said in finding.what for finding in found), found
    assert len({finding.where for finding in found}) == len(found), "said twice"
    for finding in found:
        assert main(["--library", str(library), *_advised(finding.fix, library)]) == 0
    assert findings(library) == ()


def _advised(fix: str, library: Path) -> list[str]:
    """The command that a finding names, with the files that it leaves to the reader."""
    command = re.search(r"casebook (?P<rest>(?:reindex|ingest|import).*)", fix)
    assert command, fix
    words = shlex.split(command["rest"].rstrip("."))
    if words[0] == "reindex":
        return words[:1]
    (library.parent / "lines.jsonl").write_text(LINES)
    given = {"ingest": CORPUS / "sample" / "digest.txt", "import": library.parent / "lines.jsonl"}
    return [str(given[words[0]]) if word == "FILE" else word for word in words]


def test_looking_changes_nothing(library: Path) -> None:
    (library / "index" / "CURRENT").write_text("77\n")
    findings(library)
    assert (library / "index" / "CURRENT").read_text() == "77\n"


def test_a_manifest_that_is_no_toml_is_found(library: Path) -> None:
    of(library, DIGEST, "manifest.toml").write_text("title = ")
    (finding,) = findings(library)
    assert "its manifest cannot be read" in finding.what


def test_a_record_edited_by_hand_is_found(library: Path) -> None:
    record = of(library, DIGEST, "record.json")
    record.write_text(record.read_text().replace("Aurora", "Avrora"))
    (finding,) = findings(library)
    assert (finding.what, finding.fix) == (
        "its record is not the one in the index",
        "Run casebook reindex",
    )
