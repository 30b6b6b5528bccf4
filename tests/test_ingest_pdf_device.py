"""Words stand where their letters, placed one by one, would stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from ingest.lines import group_lines
from ingest.pdf_fonts import FontShelf
from ingest.pdf_glyphs import PlacedPage, Run
from ingest.pdf_pages import PageSource, read_page

FONT = {"Type": LIT("Font"), "Subtype": LIT("Type1"), "BaseFont": LIT("Helvetica")}
SHELF = FontShelf()
LETTERS = SHELF.get_font(None, FONT)
SIZE = 10.0


def drawn(content: bytes) -> PlacedPage:
    source = PageSource({"Font": {"F": FONT}}, (PDFStream({}, content),), (0, 0, 600, 800))
    return read_page(source, SHELF)


def run_of(content: bytes) -> Run:
    (run,) = drawn(b"BT /F 10 Tf " + content + b" ET").runs
    return run


def test_kerning_does_not_part_a_word_and_a_blank_does() -> None:
    run = run_of(b"50 700 Td [(W) 80 (a) -20 (ter and) -600 (more)] TJ")
    assert run.texts == ["Water", " ", "and", "more"]
    assert (run.starts[0], run.baseline, run.size) == (50, 700, 10)


def test_a_soft_hyphen_and_a_mark_are_parts_of_their_own() -> None:
    table = b"3 beginbfchar <61> <0061> <62> <00AD> <63> <0301> endbfchar"
    font = {**FONT, "ToUnicode": PDFStream({}, table)}
    content = PDFStream({}, b"BT /F 10 Tf 50 700 Td [(aabaa) -10 (c)] TJ ET")
    page = read_page(PageSource({"Font": {"F": font}}, (content,), (0, 0, 600, 800)), SHELF)
    assert page.runs[0].texts == ["aa", "\u00ad", "aa", "\u0301"]
    assert [line.text for line in group_lines(page)] == ["aaa\u00e1"]


@pytest.mark.parametrize(
    ("state", "direction", "baseline"),
    [(b"1 0 0 1 50 700 Tm", 0, 700), (b"0 1 -1 0 50 700 Tm", 90, -50), (b"5 Ts 50 700 Td", 0, 705)],
)
def test_a_run_lies_on_its_baseline(state: bytes, direction: int, baseline: float) -> None:
    run = run_of(state + b" (word) Tj")
    assert (run.direction, run.baseline) == (direction, baseline)


def test_what_lies_beyond_every_page_is_not_shown() -> None:
    assert not drawn(b"BT /F 10 Tf 1 0 0 1 9999999 0 Tm (far) Tj 0 0 0 0 5 5 Tm (flat) Tj ET").runs


TEXTS = st.text("ab W.(\\", min_size=1, max_size=8)
MOVES = st.integers(-900, 900)


@given(st.lists(st.tuples(TEXTS, MOVES), min_size=1, max_size=6), st.integers(0, 5), MOVES)
def test_words_start_and_end_where_their_letters_do(
    shown: list[tuple[str, int]], letter_space: int, word_space: int
) -> None:
    items = [
        b"(%s) %d" % (text.replace("\\", r"\\").replace("(", r"\(").encode(), move)
        for text, move in shown
    ]
    content = b"%d Tc %d Tw 50 700 Td [%s] TJ" % (letter_space, word_space, b" ".join(items))
    run = run_of(content)
    x, starts, ends = 50.0, [], []
    for text, move in shown:
        for letter in text:
            starts.append(x)
            x += LETTERS.char_width(ord(letter)) * SIZE + letter_space
            ends.append(x)
            x += word_space if letter == " " else 0
        x -= move * 0.001 * SIZE
    letters = "".join(text for text, _ in shown)
    assert "".join(run.texts) == letters
    position = 0
    for text, start, end in zip(run.texts, run.starts, run.ends, strict=True):
        assert start == pytest.approx(starts[position])
        position += len(text)
        if text != " ":
            assert end == pytest.approx(ends[position - 1])
