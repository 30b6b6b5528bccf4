"""Columns and reading order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.pdf_samples import Drawing, both, draw_pdf, interleaved, prose, read_here, text

LEFT, RIGHT = prose("L", 28), prose("R", 28, seed=1)


def texts_of(path: Path, drawing: Drawing) -> list[str]:
    (page,) = read_here(draw_pdf(path / "page.pdf", drawing))
    return [line.text for line in page.lines]


@pytest.mark.parametrize("lower", [0, 5])
def test_two_columns_drawn_row_by_row_are_read_one_after_the_other(
    tmp_path: Path, lower: float
) -> None:
    assert texts_of(tmp_path, interleaved(LEFT, RIGHT, lower=lower)) == LEFT + RIGHT


def test_two_columns_drawn_one_after_the_other_stay_so(tmp_path: Path) -> None:
    drawing = both(text(*LEFT, top=740), text(*RIGHT, left=310, top=740))
    assert texts_of(tmp_path, drawing) == LEFT + RIGHT


def test_a_title_over_and_a_number_under_the_columns_stay_where_they_stand(tmp_path: Path) -> None:
    around = text("A title that runs over both of the columns of this page", "7", leading=740)
    drawing = both(interleaved(LEFT, RIGHT), around)
    found = texts_of(tmp_path, drawing)
    assert found[0].startswith("A title")
    assert found[-1] == "7"


def test_the_rows_of_a_table_are_lines(tmp_path: Path) -> None:
    names, numbers = [f"Village {n}" for n in range(8)], [f"{n}00 trees" for n in range(8)]
    expected = [f"{name}  {number}" for name, number in zip(names, numbers, strict=True)]
    assert texts_of(tmp_path, interleaved(names, numbers)) == expected


def test_contents_entries_keep_their_page_numbers(tmp_path: Path) -> None:
    entries = ["Preface", "The first and longest of the chapters", "Another", "Index", "Notes"]
    expected = [f"{entry}  {n}" for n, entry in enumerate(entries)]
    assert texts_of(tmp_path, interleaved(entries, [str(n) for n in range(5)])) == expected


def test_lines_drawn_out_of_order_are_read_from_top_to_bottom(tmp_path: Path) -> None:
    lines = prose("P", 30)
    shuffled = list(enumerate(lines))
    random.Random(7).shuffle(shuffled)
    pieces = [text(line, top=760 - 14 * index) for index, line in shuffled]
    assert texts_of(tmp_path, both(*pieces)) == lines


def test_the_drawing_order_is_kept_for_text_beside_a_picture(tmp_path: Path) -> None:
    beside = text("Captions of the picture", "run over two lines", left=400, top=751)
    drawing = both(text(*LEFT[:6]), beside, text(*LEFT[6:], top=760 - 6 * 14))
    found = texts_of(tmp_path, drawing)
    assert found == [*LEFT[:6], "Captions of the picture", "run over two lines", *LEFT[6:]]


def test_a_running_head_drawn_last_stands_first(tmp_path: Path) -> None:
    drawing = both(text(*LEFT, top=740), text("Running head", top=800))
    assert texts_of(tmp_path, drawing)[0] == "Running head"


def small(*lines: str, left: float, top: float) -> Drawing:
    """Draw a caption: small and slanted."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Oblique", 7)
        text(*lines, left=left, top=top, leading=9)(canvas)
        canvas.setFont("Helvetica", 10)

    return draw


@pytest.mark.parametrize("drawn", ["first", "last"])
def test_a_caption_drawn_before_or_after_all_the_rest_moves_to_where_it_stands(
    tmp_path: Path, drawn: str
) -> None:
    caption = small("A caption under", "the picture", left=120, top=645)
    body = both(text(*LEFT[:7]), text(*LEFT[7:], top=600))
    drawing = both(caption, body) if drawn == "first" else both(body, caption)
    expected = [*LEFT[:7], "A caption under", "the picture", *LEFT[7:]]
    assert texts_of(tmp_path, drawing) == expected
