"""Blocks: tables, notes and boxes stand beside the sentences, not in them."""

from __future__ import annotations

from ingest.blocks import Typesetting, make_blocks
from ingest.flow import make_flow
from search.model import Block, Box, Extraction, PrintedLine, PrintedPage

FULL = "The council met in spring and decided how the water should be shared"


def line(text: str, top: float, size: float = 10, left: float = 50) -> PrintedLine:
    return PrintedLine(text, Box(left, top, left + 5 * len(text), top + size), size_pt=size)


def blocks_of(*pages: PrintedPage) -> list[Block]:
    flow = make_flow(Extraction("pdf", pages))
    figures = {page.number: page.figures for page in pages}
    return list(make_blocks(Typesetting(flow, figures), range(len(flow.lines))))


def page(number: int, *lines: PrintedLine, figures: tuple[Box, ...] = ()) -> PrintedPage:
    return PrintedPage(number, width_pt=450, height_pt=600, lines=lines, figures=figures)


def test_the_rows_of_a_table_are_kept_and_join_no_paragraph() -> None:
    rows = ("Village  Farms  Families", "Upper Mill  12  40", "Lower Mill  7  31")
    table = [line(text, 124 + 12 * k) for k, text in enumerate(rows)]
    found = blocks_of(page(1, line(FULL, 100), line("among them.", 112), *table, line(FULL, 160)))
    assert [block.kind for block in found] == ["paragraph", "table", "paragraph"]
    assert found[1].text == "\n".join(rows)
    assert [found[1].text[span.start : span.end] for span in found[1].lines] == list(rows)


def test_text_justified_with_blanks_is_no_table() -> None:
    wide = [
        line(FULL.replace(" the ", "  the "), 100),
        line(FULL.lower().replace(" in ", "  in "), 112),
    ]
    assert [block.kind for block in blocks_of(page(1, *wide))] == ["paragraph"]


def test_a_note_at_the_foot_cuts_no_sentence() -> None:
    note = "3 The canal was dug by hand in the years of the old committee."
    first = page(1, line(FULL, 100), line(FULL.lower(), 112), line(note, 540))
    second = page(2, line("among the farms of both banks.", 100), line(FULL, 112))
    found = blocks_of(first, second)
    assert found[0].text.endswith("be shared among the farms of both banks.")
    assert found[1].text == note


def test_small_notes_on_a_page_with_a_picture_are_no_captions() -> None:
    picture = Box(50, 300, 300, 400)
    first = page(
        1,
        line(FULL, 100),
        line(FULL.lower(), 112),
        line("1 See the report of the engineer.", 540, 7),
        figures=(picture,),
    )
    second = page(2, line("among the farms.", 100), line(FULL, 112))
    assert [block.kind for block in blocks_of(first, second)] == ["paragraph"] * 3


def test_a_box_is_lifted_out_of_the_paragraph_around_it() -> None:
    ground = Box(45, 130, 410, 170)
    text = [line(FULL, 100), line(FULL.lower(), 112)]
    boxed = [line("What the law says", 135), line("Whoever digs a canal keeps it clean.", 150)]
    rest = [line("among the farms of both banks.", 190), line(FULL, 202), line(FULL, 214)]
    found = blocks_of(page(1, *text, *boxed, *rest, figures=(ground,)))
    assert found[0].text.endswith("be shared among the farms of both banks.")
    assert "What the law says" in found[1].text
