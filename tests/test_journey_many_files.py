"""Two hundred files in one command, hostile ones among them; and a folder over the weeks."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.cli import main
from search.searcher import open_library
from tests.pdf_samples import draw_pdf, text
from tests.programs import ROOT, running

FILES = 200
WORDS = ("water", "school", "road", "bridge", "garden", "clinic", "market", "field", "council")


def write_reports(folder: Path, count: int) -> None:
    """Write PDFs of a few pages, each with words of its own."""
    chosen = random.Random(4)
    for number in range(count):
        pages = [
            text(f"Report {number} page {page} " + " ".join(chosen.choices(WORDS, k=40)))
            for page in range(1 + number % 4)
        ]
        draw_pdf(folder / f"report-{number:03}.pdf", *pages)


def real_documents(shared: Path, folder: Path) -> list[str]:
    """Put manuals and books into the folder; one book is there in two renderings."""
    found = [*(shared / "pdf" / "segmentation").glob("*.pdf"), *(shared / "book").glob("*.pdf")]
    for path in found:
        shutil.copy(path, folder)
    return [str(folder / path.name) for path in found]


def ingest(library: Path, *arguments: str) -> tuple[list[dict[str, str]], int]:
    """Ingest in a process of its own; return the results and its peak memory in kB."""
    script = (
        "import resource, sys\nfrom casebook.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", script, "--library", str(library), "ingest", "--json"]
    done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, check=True)
    return json.loads(done.stdout)["results"], int(done.stderr.split()[-1])


@pytest.mark.slow
def test_two_hundred_files_all_have_an_outcome_and_the_command_stays_small(
    shared: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    maker = shared / "pdf" / "hostile" / "make_hostile.py"
    subprocess.run([sys.executable, str(maker), str(folder)], check=True, capture_output=True)
    hostile = len([*folder.glob("*.pdf")])
    few = sorted(map(str, folder.glob("*.pdf")))[:20]
    real = real_documents(shared, folder)
    _, small = ingest(tmp_path / "few", *few, *real)
    write_reports(folder, FILES - hostile - len(real))
    results, peak = ingest(tmp_path / "library", str(folder))
    assert len(results) == FILES
    good = [r for r in results if Path(r["file"]).name.startswith("report-")]
    assert {r["outcome"] for r in good} == {"ok"}
    refused = [r["message"] for r in results if r["file"] in real and r["outcome"] != "ok"]
    assert all("belongs to another file" in message for message in refused), refused
    assert peak < 1.5 * small
    with open_library(tmp_path / "library") as library:
        assert {r["publication"] for r in good} <= {p.id for p in library.publications()}
        assert not library.check()


def run(capsys: pytest.CaptureFixture[str], library: Path, *arguments: str) -> tuple[str, str]:
    main(["--library", str(library), *arguments])
    said = capsys.readouterr()
    return said.out, said.err


def test_a_folder_over_the_weeks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, library = tmp_path / "reports", tmp_path / "library"
    folder.mkdir()
    write_reports(folder, 3)
    out, _ = run(capsys, library, "ingest", str(folder))
    assert "3 of 3 files taken" in out

    draw_pdf(folder / "report-000.pdf", text("Report 0 as it should have been"))
    (folder / "report-001.pdf").rename(folder / "renamed.pdf")
    (folder / "report-002.pdf").unlink()
    out, err = run(capsys, library, "ingest", str(folder))
    assert [line.split()[0] for line in out.splitlines()[-3:-1]] == ["unchanged", "ok"]
    assert "report-001.pdf" in err
    assert "--sync removes them" in err

    out, _ = run(capsys, library, "ingest", str(folder), "--sync", "--dry-run", "--json")
    assert "would be removed" in out
    out, _ = run(capsys, library, "ingest", str(folder), "--sync", "--json")
    removed = [r for r in json.loads(out)["results"] if r["outcome"] == "removed"]
    assert [Path(r["file"]).name for r in removed] == ["report-002.pdf"]
    with open_library(library) as opened:
        found = {p.source.name: p.edition for p in opened.publications()}
    assert found == {"report-000.pdf": 2, "report-001.pdf": 1}


def test_an_empty_folder_removes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, library = tmp_path / "reports", tmp_path / "library"
    folder.mkdir()
    write_reports(folder, 1)
    run(capsys, library, "ingest", str(folder))
    (folder / "report-000.pdf").unlink()
    run(capsys, library, "ingest", str(folder), "--sync")
    with open_library(library) as opened:
        assert len(opened.publications()) == 1


def test_ctrl_c_keeps_what_has_gone_in_and_leaves_the_library_whole(tmp_path: Path) -> None:
    folder, library = tmp_path / "reports", tmp_path / "library"
    folder.mkdir()
    write_reports(folder, 40)
    with running("--library", str(library), "ingest", str(folder)) as program:
        program.until("report-000.pdf → ")
        program.stop()
        code, said = program.end()
    assert (code, "Traceback" in said) == (130, False)
    with open_library(library) as opened:
        assert not opened.check()
        assert 1 <= len(opened.publications()) < 40
