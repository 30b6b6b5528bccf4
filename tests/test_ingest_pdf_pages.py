"""What a PDF page shows: fonts, sizes, boxes, pictures, turned pages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from search.model import PrintedLine, PrintedPage
from tests.pdf_samples import Drawing, both, draw_pdf, read_here, text

GREY_PICTURE = b"P5 2 2 255\n\x80\x80\x80\x80"


def page_of(folder: Path, drawing: Drawing) -> PrintedPage:
    (page,) = read_here(draw_pdf(folder / "page.pdf", drawing))
    return page


def line_of(folder: Path, drawing: Drawing) -> PrintedLine:
    (line,) = page_of(folder, drawing).lines
    return line


def in_font(name: str, size: float) -> Drawing:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(name, size)
        canvas.drawString(72, 700, "Some words")

    return draw


@pytest.mark.parametrize(
    ("font", "bold", "italic"),
    [
        ("Times-Roman", False, False),
        ("Times-Bold", True, False),
        ("Helvetica-Oblique", False, True),
        ("Times-BoldItalic", True, True),
    ],
)
def test_weight_and_slope_are_told_by_the_font(
    tmp_path: Path, font: str, *, bold: bool, italic: bool
) -> None:
    line = line_of(tmp_path, in_font(font, 11))
    assert (line.font, line.size_pt, line.bold, line.italic) == (font, 11, bold, italic)


def test_the_size_is_the_one_that_is_seen(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.scale(2, 2)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(36, 350, "Some words")

    assert line_of(tmp_path, draw).size_pt == 12


def test_word_boxes_stand_where_the_words_do(tmp_path: Path) -> None:
    line = line_of(tmp_path, text("one two", left=100, top=700))
    first, second = line.words
    assert (line.text[first.start : first.end], first.left) == ("one", 100)
    assert first.right < second.left
    assert line.box is not None
    assert line.box.top < 841.9 - 700 < line.box.bottom


def test_letter_spacing_does_not_tear_words_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        spread: PDFTextObject = canvas.beginText(72, 700)
        spread.setCharSpace(4)
        spread.textOut("SUMMARY OF IT")
        canvas.drawText(spread)

    assert line_of(tmp_path, draw).text == "SUMMARY OF IT"


def test_pictures_and_filled_boxes_are_figures(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(100, 600, 200, 100, stroke=0, fill=1)
        canvas.drawImage(ImageReader(io.BytesIO(GREY_PICTURE)), 100, 300, 150, 120)
        canvas.rect(100, 200, 200, 2, stroke=0, fill=1)

    drawing = both(text("Some words"), draw)
    figures = page_of(tmp_path, drawing).figures
    sizes = [(round(f.right - f.left), round(f.bottom - f.top)) for f in figures]
    assert sizes == [(200, 100), (150, 120)]


def test_a_page_on_its_side_is_read_as_it_is_shown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        text("first line", "second line", top=500)(canvas)

    page = page_of(tmp_path, draw)
    assert [line.text for line in page.lines] == ["first line", "second line"]
    assert (page.width_pt, page.height_pt) == (595.28, 841.89)  # reportlab lays the paper down
    assert page.lines[0].box is not None
    assert page.lines[0].box.left == pytest.approx(72, abs=1)


def test_text_inside_a_form_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(0, 0, "in the form")
        canvas.endForm()
        canvas.translate(72, 700)
        canvas.doForm("stamp")

    line = line_of(tmp_path, draw)
    assert line.text == "in the form"
    assert line.words[0].left == 72
