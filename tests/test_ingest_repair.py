"""Repair, blocks and captions: printed lines become paragraphs that remember them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Typesetting, make_blocks
from ingest.flow import Flow, make_flow
from ingest.repair import join_lines, known_words
from search.model import Box, Extraction, PrintedLine, PrintedPage

LINES = st.lists(st.text(alphabet="abc -\u00ad.,", max_size=20), max_size=6)


def text_flow(text: str) -> Flow:
    lines = tuple(PrintedLine(line.strip()) for line in text.split("\n"))
    return make_flow(Extraction("text", (PrintedPage(1, lines=lines),), paged=False))


def texts(flow: Flow) -> list[tuple[str, str]]:
    setting = Typesetting(flow, {})
    blocks = make_blocks(setting, range(len(flow.lines)))
    return [(block.kind, block.text) for block in blocks]


HYPHENATED = [
    "the children went to the school and the teacher to the market",
    "so the chil-",
    "dren and the tea-",
    "cher and the mar-",
    "ket had a pan-",
    "theon of a non-",
    "governmental kind; the long-",
    "term plan is a long-term one",
]


def test_a_publication_that_hyphenates_joins_words_that_it_has_nowhere_else() -> None:
    text = join_lines(HYPHENATED, known_words(HYPHENATED)).text
    assert "a pantheon of" in text
    assert "the long-term plan" in text


def test_two_words_with_a_hyphen_at_the_line_end_stay_two() -> None:
    lines = [*HYPHENATED, "the market-", "school is a school by the market"]
    assert "market-school" in join_lines(lines, known_words(lines)).text


def test_a_hyphen_goes_only_where_the_joined_word_is_known() -> None:
    known = known_words(["the irrigation was new"])
    assert join_lines(["new irri-", "gation"], known).text == "new irrigation"
    assert join_lines(["a non-", "governmental body"], known).text == "a non-governmental body"


def test_a_soft_hyphen_always_goes() -> None:
    assert join_lines(["irri\u00ad", "gation"], {}).text == "irrigation"


@given(LINES)
def test_every_character_that_is_no_blank_lies_in_one_span(lines: list[str]) -> None:
    joined = join_lines(lines, {})
    assert len(joined.spans) == len(lines)
    covered = [k for start, end in joined.spans for k in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(joined.text[k] == " " for k in set(range(len(joined.text))) - set(covered))


def test_a_blank_line_in_the_middle_of_a_sentence_ends_no_paragraph() -> None:
    flow = text_flow(
        "The canal was dug by the people of the\n\nvillage in one spring.\n\nIt holds."
    )
    assert [text for _, text in texts(flow)] == [
        "The canal was dug by the people of the village in one spring.",
        "It holds.",
    ]


def test_list_items_are_blocks_of_their_own() -> None:
    flow = text_flow("They bought:\n- two pumps;\n- a pipe of the\nright width.\nThen they rested.")
    assert texts(flow)[1:3] == [("item", "- two pumps;"), ("item", "- a pipe of the right width.")]


def test_a_caption_that_cuts_a_sentence_is_set_after_it() -> None:
    flow = text_flow(
        "The women of the village had carried the water for years up the\n\n"
        "Women at the well\n\nsteep path from the river, twice a day and more in summer.\nEnd."
    )
    kinds = [kind for kind, _ in texts(flow)]
    assert kinds[:2] == ["paragraph", "caption"]
    assert "up the steep path from the river, twice a day" in texts(flow)[0][1]


def test_in_a_pdf_small_lines_on_a_page_with_pictures_are_captions() -> None:
    def line(text: str, top: float, size: float) -> PrintedLine:
        return PrintedLine(text, Box(50, top, 50 + 5 * len(text), top + size), size_pt=size)

    body = [
        line("The pipe was laid in the spring of that year by all of them", t, 10)
        for t in (100, 112)
    ]
    small = line("The new pipe", 130, 7)
    rest = [line("and the water came in June.", 145, 10)]
    page = PrintedPage(1, width_pt=400, height_pt=600, lines=(*body, small, *rest))
    flow = make_flow(Extraction("pdf", (page,)))
    setting = Typesetting(flow, {1: (Box(50, 300, 200, 400),)})
    blocks = make_blocks(setting, range(len(flow.lines)))
    assert [block.kind for block in blocks] == ["paragraph", "caption"]
    assert blocks[0].text.endswith("by all of them and the water came in June.")
