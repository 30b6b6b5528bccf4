"""Whatever a PDF does to the process that reads it, the reader survives and says what was lost."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from ingest.errors import NeedsOcrError, UnreadableError
from ingest.read import ReadLimits, read_file
from search.model import Extraction
from tests.pdf_samples import draw_pdf, text

REPRESENTATIVE = [
    "bomb-content",
    "encrypted-unknown-password",
    "flate-corrupt",
    "font-no-tounicode-one-page",
    "form-self",
    "image-with-page-numbers",
    "length-too-long",
    "matrix-infinite",
    "outline-cycle",
    "page-labels-cycle",
    "pages-kids-deep-5000",
    "pages-missing-objects",
    "reference-loop",
    "text-control-characters",
    "truncated-no-xref",
    "whitespace-nul",
    "xref-prev-loop",
    "xref-stream-huge-size",
]
LIMITS = ReadLimits(page_seconds=5, file_seconds=60)


def three_pages(path: Path, second: bytes, *, packed: bool = False) -> Path:
    """Write a PDF whose second page draws what is given."""
    contents = [
        b"BT /F 12 Tf 72 700 Td (first) Tj ET",
        second,
        b"BT /F 12 Tf 72 700 Td (third) Tj ET",
    ]
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(3))
    body = [b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj"]
    body += [b"2 0 obj <</Type/Pages/Count 3/Kids[%s]>> endobj" % kids]
    body += [b"3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj"]
    for n, content in enumerate(contents):
        fonts = b"/Resources<</Font<</F 3 0 R>>>>"
        body += [
            b"%d 0 obj <</Type/Page/Parent 2 0 R%s/Contents %d 0 R>> endobj"
            % (10 + n, fonts, 20 + n)
        ]
        kind = b"/Filter/FlateDecode" if packed and n == 1 else b""
        head = b"%d 0 obj <<%s/Length %d>> stream\n" % (20 + n, kind, len(content))
        body += [head + content + b"\nendstream endobj"]
    path.write_bytes(b"%PDF-1.4\n" + b"\n".join(body) + b"\ntrailer <</Root 1 0 R>>\n")
    return path


def words_of(found: Extraction) -> str:
    return " ".join(" ".join(line.text for page in found.pages for line in page.lines).split())


def test_a_page_that_takes_too_long_is_lost_and_the_next_is_read(tmp_path: Path) -> None:
    endless = b"0 0 m 1 1 l S " * 2_000_000
    path = three_pages(tmp_path / "a.pdf", zlib.compress(endless), packed=True)
    found = read_file(path, limits=ReadLimits(page_seconds=0.3))
    assert words_of(found) == "first third"
    assert [lost.number for lost in found.lost_pages] == [2]
    assert "0.3 seconds" in found.lost_pages[0].reason


def test_a_page_that_unpacks_without_end_is_lost_and_the_next_is_read(tmp_path: Path) -> None:
    path = three_pages(tmp_path / "a.pdf", zlib.compress(bytes(200 << 20), 9), packed=True)
    found = read_file(path)
    assert words_of(found) == "first third"
    assert "larger" in found.lost_pages[0].reason


def test_a_page_with_endless_text_keeps_what_fits(tmp_path: Path) -> None:
    shown = b"BT /F 1 Tf 72 700 Td " + b"(abcdefghij) Tj " * 20_000 + b"ET"
    found = read_file(three_pages(tmp_path / "a.pdf", shown))
    assert "100,000 characters" in found.lost_pages[0].reason
    assert words_of(found).startswith("first abcdefghij")


def test_the_reader_survives_the_death_of_its_process(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", *(text(f"words {n}") for n in range(1, 61)))

    def kill_children(page: int, _total: int) -> None:
        if page == 1:
            for listing in Path("/proc/self/task").glob("*/children"):
                for child in listing.read_text().split():
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(child), signal.SIGKILL)

    found = read_file(path, progress=kill_children)
    assert [page.number for page in found.pages] == list(range(1, 61))
    assert found.pages[-1].lines[0].text == "words 60"


def test_a_file_without_time_left_is_refused(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", text("words"))
    with pytest.raises(UnreadableError, match=r"a\.pdf: "):
        read_file(path, limits=ReadLimits(file_seconds=0))


@pytest.fixture(scope="module")
def hostile_maker(shared: Path) -> Path:
    return shared / "pdf" / "hostile" / "make_hostile.py"


@pytest.mark.parametrize("name", REPRESENTATIVE)
def test_a_hostile_file_has_the_outcome_it_deserves(
    name: str, hostile_maker: Path, tmp_path: Path
) -> None:
    command = [sys.executable, str(hostile_maker), str(tmp_path), "--only", name]
    subprocess.run(command, check=True, capture_output=True)
    rows = json.loads(hostile_maker.with_name("expected.json").read_text())
    (row,) = (row for row in rows if row["file"] == f"{name}.pdf")
    assert not complaints(tmp_path, row)


@pytest.mark.slow
def test_the_whole_hostile_set_has_the_outcomes_it_deserves(
    hostile_maker: Path, tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, str(hostile_maker), str(tmp_path)], check=True, capture_output=True
    )
    rows = json.loads(hostile_maker.with_name("expected.json").read_text())
    wrong = {row["file"]: found for row in rows if (found := complaints(tmp_path, row))}
    assert not wrong


def complaints(folder: Path, row: dict[str, object]) -> list[str]:
    """Say what differs from what `expected.json` wants; empty is good."""
    outcome, shown = "", ""
    try:
        found = read_file(folder / str(row["file"]), limits=LIMITS)
    except UnreadableError as error:
        outcome = "empty-needs-ocr" if isinstance(error, NeedsOcrError) else "rejected"
    else:
        outcome = "partial" if found.lost_pages else "ok"
        shown = words_of(found) + str(found.outline) + str(found.metadata)
    allowed = [row["expect"], *_texts(row, "also_fine")]
    wrong = [] if outcome in allowed else [f"outcome {outcome}, wanted {allowed}"]
    wrong += [
        f"lacks {text}" for text in _texts(row, "must_contain") if shown and text not in shown
    ]
    return wrong + [f"has {text}" for text in _texts(row, "must_not_contain") if text in shown]


def _texts(row: dict[str, object], key: str) -> list[str]:
    found = row.get(key, [])
    assert isinstance(found, list)
    return [str(text) for text in found]
