"""What a PDF says about itself: bookmarks, labels, title."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf_objects import decode_string
from ingest.read import read_file
from search.model import OutlineEntry
from tests.pdf_samples import Drawing, draw_pdf, text


def marked(key: str, title: str, level: int) -> Drawing:
    def draw(canvas: Canvas) -> None:
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(title, key, level)
        text(title)(canvas)

    return draw


def test_bookmarks_keep_their_levels_and_pages(tmp_path: Path) -> None:
    pages = marked("a", "Part one", 0), marked("b", "Дело второе", 1), marked("c", "Part two", 0)
    assert read_file(draw_pdf(tmp_path / "a.pdf", *pages)).outline == (
        OutlineEntry(1, "Part one", 1),
        OutlineEntry(2, "Дело второе", 2),
        OutlineEntry(1, "Part two", 3),
    )


def test_page_labels_are_those_of_the_file(tmp_path: Path) -> None:
    def first(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=3)
        canvas.addPageLabel(2, style="ARABIC", start=1, prefix="A-")
        text("first")(canvas)

    path = draw_pdf(tmp_path / "a.pdf", first, text("b"), text("c"), text("d"))
    assert [page.label for page in read_file(path).pages] == ["iii", "iv", "A-1", "A-2"]


def test_metadata_are_clean_single_lines(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Two\nlines \x07of title")
        canvas.setAuthor("Ҷамъият")
        text("first")(canvas)

    found = read_file(draw_pdf(tmp_path / "a.pdf", draw)).metadata
    assert (found["title"], found["author"]) == ("Two lines of title", "Ҷамъият")
    assert found["year"].isdigit()


@pytest.mark.parametrize(
    "raw", [b"\xfe\xff\x04\x14\x04\x30", b"\xff\xfe\x14\x04\x30\x04", "\ufeffДа".encode()]
)
def test_text_strings_are_decoded_by_their_mark(raw: bytes) -> None:
    assert decode_string(raw) == "Да"
