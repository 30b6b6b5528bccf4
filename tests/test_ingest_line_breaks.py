"""Line breaks: a line that had room for more ended because something ended there."""

from __future__ import annotations

import textwrap

from tests.small_books import ingest

SENTENCES = (
    "The well was dug in the spring of that year by all who lived near the old mill. ",
    "It gave water from the first day, and nobody had to walk to the river any more. ",
    "The mayor came with a ribbon, and the children cut it before he had found his glasses. ",
)
PROSE = textwrap.fill("".join(SENTENCES) * 12, 64)
SECTIONS = ("Problem", "Results")
CASES = {
    "A well for the whole of the old town": "Union of the Friends of Water",
    "Bread from an oven of our own": "Guild of Small Bakers",
    "Light in every street": "Lamp Committee",
}


def casebook() -> str:
    cases = []
    for title, organisation in CASES.items():
        sections = "\n\n".join(f"{name}\n\n{PROSE}" for name in SECTIONS)
        cases.append(f"{title}\n{organisation}\n\n{sections}\n\n")
    return "Towns at Work\n\n\n" + "\n".join(cases)


def test_the_line_below_a_title_that_had_room_for_it_is_an_organisation() -> None:
    record, _ = ingest(casebook())
    assert {c.title: c.organisation for c in record.cases if c.kind == "case"} == CASES


def test_a_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    # Its last line is long, but the next word would have fitted.
    first = PROSE.splitlines()[0] + "\nand nobody who lived in that town had to go any more."
    book = casebook().replace("Results\n\n", f"Results\n\n{first}\n", 1)
    record, _ = ingest(book)
    blocks = record.cases[1].sections[1].blocks
    assert blocks[0].text == " ".join(first.split())


def test_lines_broken_by_sense_are_no_ends_of_paragraphs() -> None:
    ragged = "The well was dug\nin the spring of that year by all who\nlived near the old mill.\n"
    record, _ = ingest("Wells\n\n" + ragged * 30)
    assert len(record.cases[-1].sections[0].blocks) <= 31
