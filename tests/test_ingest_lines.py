"""Glyphs become lines: words, raised signs, ligatures, rows, order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.lines import group_lines
from ingest.pdf_glyphs import Face, PlacedPage, Run
from search.model import PrintedLine

PLAIN = Face("Serif")
ADVANCE = 0.5  # of every glyph, in em


def run(
    text: str, x: float, y: float, *, size: float = 10, face: Face = PLAIN, direction: int = 0
) -> Run:
    glyphs = list(text)
    starts = [x + ADVANCE * size * n for n in range(len(glyphs))]
    ends = [start + ADVANCE * size for start in starts]
    return Run(glyphs, starts, ends, direction, y, size, face)


def lines_of(*runs: Run) -> tuple[PrintedLine, ...]:
    return group_lines(PlacedPage(600, 800, list(runs)))


def texts_of(*runs: Run) -> list[str]:
    return [line.text for line in lines_of(*runs)]


def test_a_gap_parts_words_and_kerning_does_not() -> None:
    assert texts_of(run("one", 50, 700), run("two", 68, 700)) == ["one two"]
    assert texts_of(run("one", 50, 700), run("two", 66, 700)) == ["onetwo"]


def test_a_blank_glyph_and_a_gap_are_one_blank() -> None:
    assert texts_of(run("one ", 50, 700), run("two", 73, 700)) == ["one two"]


def test_cells_of_a_row_are_one_line_with_two_blanks() -> None:
    assert texts_of(run("cell", 50, 700), run("next", 200, 700)) == ["cell  next"]


def test_blanks_drawn_between_cells_do_not_tear_the_row() -> None:
    cells = run("cell", 50, 700), run("  ", 120, 700), run("next", 200, 700)
    assert texts_of(*cells) == ["cell  next"]


def test_raised_and_lowered_signs_stay_in_their_line() -> None:
    mark, low = run("1", 70, 704, size=6), run("2", 73, 698, size=6)
    assert texts_of(run("word", 50, 700), mark, low, run("on", 80, 700)) == ["word12 on"]


def test_a_line_that_begins_with_a_raised_sign_has_the_size_of_its_text() -> None:
    (line,) = lines_of(run("1", 50, 704, size=6), run("Note", 55, 700))
    assert (line.text, line.size_pt) == ("1 Note", 10)


def test_letters_of_a_ligature_share_its_width() -> None:
    ligature = Run(["o", "ffi", "c", "e"], [50, 55, 64, 69], [55, 64, 69, 74], 0, 700, 10, PLAIN)
    (line,) = lines_of(ligature, run("is", 78, 700))
    assert line.text == "office is"
    assert [(word.start, word.end) for word in line.words] == [(0, 6), (7, 9)]
    assert (line.words[0].left, line.words[0].right) == (50, 74)


def test_an_accent_joins_the_letter_before_it() -> None:
    assert texts_of(run("cafe\u0301", 50, 700)) == ["café"]


def test_a_soft_hyphen_is_kept_at_the_end_of_a_line_alone() -> None:
    found = texts_of(run("co\u00adoper\u00ad", 50, 700), run("ation", 50, 688))
    assert found == ["cooper\u00ad", "ation"]


def test_text_drawn_twice_to_look_bold_counts_once() -> None:
    assert texts_of(run("Title", 50, 700), run("Title", 50.3, 700)) == ["Title"]


def test_the_font_is_that_of_the_letters_not_of_the_leaders() -> None:
    heading = run("Title ", 50, 700, face=Face("Bold", bold=True))
    (line,) = lines_of(heading, run("." * 60, 80, 700), run("7", 385, 700))
    assert (line.font, line.bold) == ("Bold", True)


def test_letters_set_apart_are_a_word() -> None:
    spread = [run(letter, 50 + 9 * n, 700) for n, letter in enumerate("SUMMARY")]
    after = [run(letter, 120 + 9 * n, 700) for n, letter in enumerate("OF")]
    assert texts_of(*spread, *after) == ["SUMMARY OF"]


def test_a_large_initial_joins_the_line_beside_its_top() -> None:
    initial, first = run("T", 50, 676, size=30), run("he first line of it", 66, 692)
    second, third = run("second line", 66, 680), run("third line", 50, 664)
    found = texts_of(initial, run("Heading", 50, 730), first, second, third)
    assert found == ["Heading", "The first line of it", "second line", "third line"]


def test_the_box_counts_from_the_top_left_corner() -> None:
    (line,) = lines_of(run("word", 50, 700))
    assert line.box is not None
    assert (line.box.left, line.box.right) == (50, 70)
    assert line.box.top < 800 - 700 < line.box.bottom


def test_text_turned_upwards_is_read_along_its_own_direction() -> None:
    turned = [run("upward", 100, -300, direction=90), run("beside", 100, -312, direction=90)]
    first, second = lines_of(*turned)
    assert (first.text, second.text) == ("upward", "beside")
    assert first.box is not None
    assert first.box.bottom - first.box.top == 30


def test_a_page_without_glyphs_has_no_lines() -> None:
    assert texts_of() == []
    assert texts_of(run("   ", 50, 700)) == []


coordinates = st.floats(-1000, 1000, allow_nan=False)
runs = st.builds(
    run,
    st.text("ab \u00ad\u0301ﬁ", min_size=1, max_size=8),
    coordinates,
    coordinates,
    size=st.sampled_from([0.0, 5.0, 10.0, 40.0]),
    direction=st.sampled_from([0, 0, 0, 90, 37]),
)


@settings(max_examples=150)
@given(st.lists(runs, max_size=12))
def test_every_word_box_spans_a_word_of_its_line(placed: list[Run]) -> None:
    for line in lines_of(*placed):
        spans = [line.text[word.start : word.end] for word in line.words]
        assert spans == line.text.split()
        assert line.text == line.text.strip()
