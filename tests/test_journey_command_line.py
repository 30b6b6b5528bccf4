"""The command line from end to end: a temporary library, the sample digest, real processes."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from casebook.cli import main

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "corpus" / "manifest.toml"
COMMAND = [sys.executable, "-m", "casebook"]


@dataclass(frozen=True)
class Run:
    """A command that ended: exit code and what it said."""

    code: int
    out: str
    err: str

    @cached_property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True)
class Casebook:
    """The command with a library of its own."""

    library: Path

    def run(self, *arguments: str | Path) -> Run:
        """Run the command within this process, which spares most of its time."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["--library", str(self.library), *map(str, arguments)])
        said = []
        for stream in (out, err):
            stream.flush()
            stream.seek(0)
            said.append(stream.read())
        return Run(code, *said)

    def spawn(self, *arguments: str | Path) -> Run:
        """Run the command in a process of its own."""
        command = [*COMMAND, "--library", str(self.library), *map(str, arguments)]
        done = subprocess.run(
            command, capture_output=True, check=False, cwd=ROOT, timeout=120, encoding="utf-8"
        )
        return Run(done.returncode, done.stdout, done.stderr)

    def contents(self) -> dict[str, bytes]:
        """Return every file of the library but the lock and what is noted of files' states."""
        files = (path for path in self.library.rglob("*") if path.is_file())
        return {
            str(path.relative_to(self.library)): path.read_bytes()
            for path in files
            if "lock" not in path.name.lower() and path.name != "records.json"
        }


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, sample_pdf: Path) -> Casebook:
    """Return a library that holds the sample; the tests that share it only read."""
    casebook = Casebook(tmp_path_factory.mktemp("stocked") / "library")
    assert casebook.spawn("ingest", sample_pdf, "--manifest", MANIFEST).code == 0
    return casebook


@pytest.fixture
def empty(tmp_path: Path) -> Casebook:
    return Casebook(tmp_path / "library")


def write_pdf(path: Path, *lines: str, password: str = "") -> Path:
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(str(path), encrypt=encryption)
    for number, line in enumerate(lines):
        canvas.drawString(72, 720 - 20 * number, line)
    canvas.showPage()
    canvas.save()
    return path


def test_a_pdf_goes_in_and_its_passages_come_out(stocked: Casebook) -> None:
    (listed,) = stocked.run("list", "--json").document["publications"]
    assert (listed["cases"], listed["pages"], listed["year"]) == (25, 38, 2026)
    results = stocked.spawn("search", "clean water", "--json").document
    assert results["total"] >= len(results["hits"]) > 0
    scores = [hit["score"] for hit in results["hits"]]
    assert scores == sorted(scores, reverse=True)
    for hit in results["hits"]:
        assert hit["url"] == f"/p/{listed['id']}/{hit['case']}/{hit['section']}"
    marks = [
        passage["text"][start:end].casefold()
        for hit in results["hits"]
        for passage in hit["passages"]
        for start, end in passage["highlights"]
    ]
    assert marks
    assert all(mark.startswith(("clean", "water")) for mark in marks)


def test_a_filter_gives_as_many_hits_as_its_facet_promised(stocked: Casebook) -> None:
    promised = stocked.run("search", "school", "--json").document["facets"]["part"]
    for value in promised[:2]:
        chosen = f"part={value['value']}"
        results = stocked.run("search", "school", "--filter", chosen, "--json").document
        assert results["total"] == value["count"]
        assert all(hit["part"] == value["value"] for hit in results["hits"])


def test_the_export_and_the_hits_name_things_alike(stocked: Casebook) -> None:
    (listed,) = stocked.run("list", "--json").document["publications"]
    export = stocked.run("export", listed["id"], "--format", "json").document
    places = {
        (case["number"], case["id"], section["id"])
        for case in export["cases"]
        for section in case["sections"]
    }
    hits = stocked.run("search", "", "--limit", "10000", "--json").document["hits"]
    assert {(hit["case_number"], hit["case"], hit["section"]) for hit in hits} == places
    assert [case["number"] for case in export["cases"] if case["kind"] == "case"] == [*range(1, 26)]


def test_what_was_found_can_be_read_on_the_terminal(stocked: Casebook) -> None:
    hit = stocked.run("search", "water", "--json").document["hits"][0]
    page = stocked.spawn("show", hit["url"])
    assert page.code == 0
    assert hit["heading"] in page.out
    searched = stocked.run("search", "water", "--limit", "2")
    assert hit["url"] in searched.out
    assert "**" in searched.out
    assert "\x1b" not in searched.out


def test_an_odd_query_is_searched_as_words_and_is_no_error(stocked: Casebook) -> None:
    for query in ('") AND *', "-water", "word " * 2_000):
        done = stocked.run("search", query, "--json")
        assert done.code == 0
        assert done.document["query"] == query


def test_a_facet_that_does_not_exist_finds_nothing_and_says_so(stocked: Casebook) -> None:
    for chosen in ("colour=red", "part=Atlantis"):
        done = stocked.run("search", "water", "--filter", chosen, "--json")
        assert (done.code, done.document["total"]) == (0, 0)
        assert done.document["hits"] == []
    assert stocked.run("search", "water", "--filter", "colour=red", "--json").document["notices"]


def test_the_same_file_once_more_changes_nothing(stocked: Casebook, sample_pdf: Path) -> None:
    before = stocked.contents()
    done = stocked.run("ingest", sample_pdf, "--manifest", MANIFEST, "--json")
    assert done.code == 0
    assert [result["outcome"] for result in done.document["results"]] == ["unchanged"]
    assert stocked.contents() == before


def test_a_dry_run_shows_the_tree_and_writes_nothing(empty: Casebook, sample_pdf: Path) -> None:
    done = empty.run("ingest", sample_pdf, "--dry-run", "--json")
    assert done.code == 0
    headings = done.document["results"][0]["headings"]
    assert "Sughd Region" in [heading["title"] for heading in headings if heading["level"] == 1]
    assert headings[0].keys() == {"level", "title", "page", "evidence", "confidence"}
    assert not empty.library.exists()


def test_a_manifest_is_written_to_be_corrected_and_given_back(
    empty: Casebook, sample_pdf: Path, tmp_path: Path
) -> None:
    manifest = tmp_path / "digest.toml"
    assert empty.run("ingest", sample_pdf, "--write-manifest", manifest).code == 0
    assert not empty.library.exists()
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(re.sub(r"^# title = .*$", 'title = "The Digest"', text, flags=re.MULTILINE))
    done = empty.run("ingest", sample_pdf, "--manifest", manifest, "--dry-run")
    assert "The Digest" in done.out
    assert "from the manifest" in done.out


def test_a_manifest_is_never_written_over_a_file(
    empty: Casebook, sample_pdf: Path, tmp_path: Path
) -> None:
    (kept := tmp_path / "digest.toml").write_text("mine")
    done = empty.run("ingest", sample_pdf, "--write-manifest", kept)
    assert done.code == 1
    assert "there is such a file already" in done.err
    assert kept.read_text() == "mine"


def test_a_library_is_sound_until_it_is_damaged(tmp_path: Path) -> None:
    casebook = Casebook(tmp_path / "library")
    (text := tmp_path / "well.jsonl").write_text(
        '{"publication": "a", "case": "b", "section": "c", "text": "They dug a well."}'
    )
    assert casebook.run("import", text).code == 0
    assert casebook.run("check").out == "Everything is as it should be.\n"
    (casebook.library / "publications" / "a" / "source.jsonl").write_text("other")
    done = casebook.run("check", "--json")
    assert done.code == 1
    assert done.document["findings"]
    assert casebook.run("reindex").code == 0
    assert casebook.run("remove", "a").code == 0
    gone = casebook.run("show", "a/b/c")
    assert (gone.code, "was removed" in gone.err) == (1, True)
    assert casebook.run("list", "--json").document == {"publications": []}


@pytest.mark.parametrize(("answer", "code"), [(b"n\n", 1), (b"y\n", 0)])
def test_on_a_terminal_removing_asks_first(answer: bytes, code: int, tmp_path: Path) -> None:
    casebook = Casebook(tmp_path / "library")
    (lines := tmp_path / "well.jsonl").write_text(
        '{"publication": "a", "case": "b", "section": "c", "text": "They dug a well."}'
    )
    casebook.run("import", lines)
    terminal, inner = os.openpty()
    os.write(terminal, answer)
    command = [*COMMAND, "--library", str(casebook.library), "remove", "a"]
    done = subprocess.run(command, stdin=inner, capture_output=True, check=False, cwd=ROOT)
    os.close(inner)
    os.close(terminal)
    assert done.returncode == code
    assert "Remove “a” (a)?".encode() in done.stderr
    assert len(casebook.run("list", "--json").document["publications"]) == code


def make_bad_input(name: str, folder: Path) -> Path:
    path = folder / name
    if name == "folder":
        path.mkdir()
    elif name == "locked.pdf":
        write_pdf(path, "Nobody reads this.", password="secret")
    elif name != "missing.pdf":
        path.write_bytes(
            {
                "empty.pdf": b"",
                "nuls.pdf": b"\0" * 4096,
                "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(64),
                "broken.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Cat",
                "nuls.txt": b"\0" * 4096,
            }[name]
        )
    return path


@pytest.mark.parametrize(
    "name",
    [
        "missing.pdf",
        "empty.pdf",
        "nuls.pdf",
        "nuls.txt",
        "picture.pdf",
        "broken.pdf",
        "locked.pdf",
        "folder",
    ],
)
def test_bad_input_is_one_sentence_and_leaves_the_library_alone(
    name: str, empty: Casebook, tmp_path: Path
) -> None:
    path = make_bad_input(name, tmp_path)
    done = empty.spawn("ingest", path) if name == "locked.pdf" else empty.run("ingest", path)
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert name in done.err
    assert not empty.library.exists()


def test_one_bad_file_does_not_stop_the_others(stocked: Casebook, tmp_path: Path) -> None:
    before = stocked.contents()
    (folder := tmp_path / "given").mkdir()
    make_bad_input("nuls.pdf", folder)
    make_bad_input("empty.pdf", folder)
    (folder / "notes.md").write_text("not looked at")
    done = stocked.run("ingest", folder, tmp_path / "missing.pdf", "--json")
    assert done.code == 1
    assert [Path(result["file"]).name for result in done.document["results"]] == [
        "empty.pdf",
        "nuls.pdf",
        "missing.pdf",
    ]
    assert all(result["message"] for result in done.document["results"])
    assert stocked.contents() == before


def test_a_malformed_manifest_is_named_with_its_key(
    empty: Casebook, tmp_path: Path, sample_pdf: Path
) -> None:
    (manifest := tmp_path / "m.toml").write_text('[publication]\nyear = "soon"\n')
    done = empty.run("ingest", sample_pdf, "--manifest", manifest)
    assert (done.code, done.out) == (1, "")
    assert "year" in done.err
    assert not empty.library.exists()


@contextmanager
def serving(casebook: Casebook, *arguments: str, **variables: str) -> Iterator[str]:
    command = [*COMMAND, "--library", str(casebook.library), "serve", "--port", "0", *arguments]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | variables,  # noqa: TID251 - a process of its own needs one
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().split()[-1]
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(timeout=30)
    assert code == 0


def status(url: str, password: str = "") -> int:
    request = urllib.request.Request(url)
    if password:
        token = base64.b64encode(f"reader:{password}".encode()).decode()
        request.add_header("Authorization", f"Basic {token}")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_site_is_served_until_it_is_told_to_stop(stocked: Casebook) -> None:
    with serving(stocked) as url:
        with urllib.request.urlopen(f"{url}search?q=water", timeout=30) as answer:
            assert "<mark>" in answer.read().decode()
        assert status(f"{url}nowhere") == 404
        port = url.rstrip("/").rpartition(":")[2]
        taken = stocked.run("serve", "--port", port)
        assert (taken.code, taken.err.count("\n")) == (1, 1)
        assert f"the port {port} is taken by another program" in taken.err


def test_the_site_stands_under_a_prefix_and_asks_for_a_password(stocked: Casebook) -> None:
    arguments = ("--prefix", "casebook/", "--proxies", "1")
    with serving(stocked, *arguments, CASEBOOK_READING_PASSWORD="open sesame") as url:
        assert url.endswith("/casebook/")
        assert status(url) == 401
        assert status(url, "open sesame") == 200


def test_an_empty_library_is_served_with_the_sample(empty: Casebook) -> None:
    with serving(empty, "--sample") as url:
        assert status(f"{url}search?q=water") == 200
    before = empty.contents()
    with serving(empty, "--sample") as url:
        assert status(url) == 200
    assert empty.contents() == before


def test_an_exported_publication_imports_to_the_same_ids(stocked: Casebook, tmp_path: Path) -> None:
    (listed,) = stocked.run("list", "--json").document["publications"]
    file = tmp_path / "digest.jsonl"
    said = stocked.run("export", listed["id"], "-o", file)
    assert (said.code, said.out) == (0, "")
    assert str(file) in said.err
    other = Casebook(tmp_path / "other")
    assert other.run("import", file, "--json").code == 0
    before, after = (c.run("export", listed["id"]).document["cases"] for c in (stocked, other))
    assert [(c["id"], c["kind"], c["number"]) for c in after] == [
        (c["id"], c["kind"], c["number"]) for c in before
    ]
    assert [s["id"] for c in after for s in c["sections"]] == [
        s["id"] for c in before for s in c["sections"]
    ]


def test_an_export_that_cannot_be_written_says_where(stocked: Casebook, tmp_path: Path) -> None:
    (listed,) = stocked.run("list", "--json").document["publications"]
    said = stocked.run("export", listed["id"], "-o", tmp_path / "nowhere" / "x.epub")
    assert said.code == 1
    assert "nowhere" in said.err
    assert "Traceback" not in said.err


def test_what_changed_between_editions_is_told(tmp_path: Path) -> None:
    casebook = Casebook(tmp_path / "library")
    line = {"publication": "b", "case": "c", "section": "s", "text": "The old well is dry."}
    file = tmp_path / "b.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    assert casebook.run("import", file).code == 0
    assert "no edition before 1" in casebook.run("diff", "b").err
    file.write_text(json.dumps(line | {"text": "The new well is deep."}), encoding="utf-8")
    assert casebook.run("import", file, "--replace").code == 0
    said = casebook.run("diff", "b")
    assert "edition 1 to 2: 0 added, 0 removed, 0 moved, 1 changed, 0 as before" in said.out
    assert "[-old-] {+new+} well is [-dry.-] {+deep.+}" in said.out
    (change,) = casebook.run("diff", "b", "--json").document["changes"]
    assert change["after"]["address"] == "c/s"
