"""Contents pages: what belongs to the table of contents, and what only looks like it."""

from __future__ import annotations

from ingest.contents_page import find_contents
from ingest.flow import make_flow
from ingest.text_file import read_text
from tests.small_books import ingest

CHAPTERS = ("Seed and soil", "The first spring", "Neighbours", "A hard winter", "Debts", "The well")
FIGURES = ("The valley from above", "Three ploughs", "The school in snow", "Bread of two kinds")


def leaders(titles: tuple[str, ...], first: int, step: int) -> str:
    return "\n".join(f"{title} {'.' * 40} {first + k * step}" for k, title in enumerate(titles))


def text(title: str) -> str:
    return f"{title}\n\n" + f"There is much to say of {title.lower()}, and little was written. " * 3


BODY = "\n\n".join(map(text, CHAPTERS))


def test_a_list_of_figures_behind_the_contents_promises_no_chapters() -> None:
    lists = f"Contents\n\n{leaders(CHAPTERS, 3, 20)}\n\nFigures\n\n{leaders(FIGURES, 4, 9)}"
    flow = make_flow(read_text(f"{lists}\n\n\n{BODY}".encode(), "book.txt"))
    contents = find_contents(flow)
    assert contents is not None
    assert [entry.title for entry in contents.entries] == list(CHAPTERS)
    assert "Bread of two kinds" in flow.lines[contents.end - 1].text


def test_a_list_whose_page_numbers_go_on_is_one_with_the_contents() -> None:
    whole = f"Contents\n\n{leaders(CHAPTERS, 3, 5)}\n\nAnnexes\n\n{leaders(FIGURES, 40, 9)}"
    contents = find_contents(make_flow(read_text(f"{whole}\n\n{BODY}".encode(), "book.txt")))
    assert contents is not None
    assert [entry.title for entry in contents.entries] == [*CHAPTERS, *FIGURES]


def test_the_contents_of_a_part_are_left_out_of_its_text() -> None:
    first = f"Contents\n\n{leaders(CHAPTERS, 3, 20)}\n\n\n"
    again = f"Contents\n\n{leaders(CHAPTERS[3:], 63, 20)}\n\n\n"
    book = first + BODY.replace(CHAPTERS[3], f"PART TWO\n\n{again}{CHAPTERS[3]}", 1)
    record, segmented = ingest(book)
    assert not any("....." in line.text for line in segmented.flow.lines[segmented.outside.stop :])
    assert not any("....." in s.text for case in record.cases for s in case.sections)
