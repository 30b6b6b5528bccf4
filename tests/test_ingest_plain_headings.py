"""Plain headings: what a text without type shows of its headings, by place and by marks alone."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from itertools import chain

import pytest

from ingest.report import found_headings
from ingest.segmentation import Segmented
from tests.small_books import ingest

TITLES = (
    "Seed and soil",
    "The first spring",
    "Water for the lower field",
    "Neighbours",
    "A hard winter",
    "What the children did",
    "Bread for the market",
    "The second year",
    "Debts",
    "Roofs and roads",
    "The well",
    "What is left to do",
)
CHAPTERS = TITLES[::3]
SENTENCES = (
    "The people of the valley met in the school and talked until it was dark.",
    "Nobody had expected so many to come, and the room was far too small for them.",
    "Some had brought bread, and others had brought the papers of their fathers.",
    "When the money was counted there was more of it than anyone had thought.",
)

Told = list[tuple[int, str]]


def paragraph(seed: int) -> str:
    """Three sentences, wrapped."""
    chosen = [SENTENCES[(seed + k) % len(SENTENCES)] for k in range(3)]
    return textwrap.fill(" ".join(chosen), 72)


def book(head: Callable[[str, bool], str], between: str = "") -> str:
    """Twelve titles, every third one a chapter's, each with two paragraphs below."""
    pieces = ["The Valley\n\nOldtown 2015\n\n\n"]
    for k, title in enumerate(TITLES):
        pieces.append(head(title, title in CHAPTERS))
        pieces.append(f"{paragraph(k)}\n\n{paragraph(k + 1)}\n\n{between}")
    return "".join(pieces)


def found(text: str) -> Told:
    """Level and title of each heading."""
    return [(heading.level, heading.title) for heading in found_headings(segmented(text))]


def segmented(text: str) -> Segmented:
    return ingest(text)[1]


def expected() -> Told:
    return [(1 if title in CHAPTERS else 2, title) for title in TITLES]


MARKS: dict[str, Callable[[str, bool], str]] = {
    "rules of other signs": lambda title, top: f"{title}\n{('*' if top else '^') * len(title)}\n\n",
    "rules above and below": lambda title, top: (
        f"{'=' * len(title)}\n{title}\n{'=' * len(title)}\n\n"
        if top
        else f"{title}\n{'=' * len(title)}\n\n"
    ),
    "signs around": lambda title, top: f"== {title} ==\n\n" if top else f"=== {title} ===\n\n",
    "stars around": lambda title, top: f"*** {title} ***\n\n" if top else f"* {title} *\n\n",
    "strong lines": lambda title, top: f"# {title}\n\n" if top else f"**{title}**\n\n",
    "more blank lines": lambda title, top: f"\n\n{title}\n\n" if top else f"{title}\n\n",
    "indents": lambda title, top: f"{title}\n\n" if top else f"   {title}\n\n",
    "capitals": lambda title, top: f"{title.upper() if top else title}\n\n",
    "capitals, labels before a colon": lambda title, top: (
        f"{title.upper()}\n\n{paragraph(1)}\n\n" if top else f"{title}: "
    ),
    "capitals, labels before a dash": lambda title, top: (
        f"{title.upper()}\n\n{paragraph(1)}\n\n" if top else f"{title} -- "
    ),
}


@pytest.mark.parametrize("marks", MARKS)
def test_headings_and_their_levels_are_found_however_they_are_marked(marks: str) -> None:
    told = [(level, title.capitalize()) for level, title in found(book(MARKS[marks]))]
    assert told == [(level, title.capitalize()) for level, title in expected()]


def test_a_title_that_wraps_is_one_heading() -> None:
    def head(title: str, top: bool) -> str:  # noqa: FBT001
        long = f"{title} and all that the people of the valley hoped for in the year of the flood"
        return f"\n\n{textwrap.fill(long, 72)}\n\n" if top else f"{title}\n\n"

    told = found(book(head))
    assert [title.split(" and all")[0] for level, title in told if level == 1] == list(CHAPTERS)
    assert len(told) == len(TITLES)


def test_cells_of_tables_are_no_headings() -> None:
    cells = ["Village", "Families", "Remarks", "Upper Mill", "34", "New roof", "Bridge End", "12"]
    table = "".join(f"{cell}\n\n" for cell in [*cells, "None so far"])
    told = found(book(lambda title, top: f"\n{title.upper() if top else title}\n\n", table))
    assert [title.capitalize() for _, title in told] == [title.capitalize() for title in TITLES]


def test_figures_in_cells_are_no_page_numbers() -> None:
    cells = "".join(f"Village\n\n{number}\n\nof families\n\n" for number in (104, 230, 377))
    extraction = segmented(book(lambda title, _: f"{title}\n\n", cells)).extraction
    assert len(extraction.pages) == 1


def test_chapters_are_told_by_the_pages_that_break_off_for_them() -> None:
    pages = ["The Valley\n"]
    for chapter in range(4):
        titles = TITLES[3 * chapter : 3 * chapter + 3]
        sections = (f"{title}\n\n{paragraph(chapter)}\n\n{paragraph(1)}" for title in titles)
        lines = "\n\n".join(sections).split("\n")
        pages += ["\n".join(lines[at : at + 20]) for at in range(0, len(lines), 20)]
    assert found("\f".join(pages)) == expected()


def test_a_chapter_may_have_no_title_but_its_number() -> None:
    numbers = dict(zip(TITLES, ("I", "II", "III", "IV", "V", "VI", "VII", "VIII"), strict=False))
    told = found(book(lambda title, _: f"\n\nCHAPTER {numbers.get(title, 'IX')}.\n\n"))
    assert [title for _, title in told][:3] == ["CHAPTER I.", "CHAPTER II.", "CHAPTER III."]
    assert len(told) == len(TITLES)


def test_a_text_of_unbroken_paragraphs_shows_its_headings_without_blank_lines() -> None:
    text = "\n".join(
        f"{title}\n{' '.join(SENTENCES)}\n{' '.join(SENTENCES[1:])}" for title in TITLES
    )
    assert [title for _, title in found(text)] == list(TITLES)


def test_colons_in_a_few_paragraphs_make_no_headings() -> None:
    text = book(lambda title, _: f"{title}\n\n")
    for sentence in ("In short: ", "He said: ", "A last word: "):
        text = text.replace("\n\nThe people", f"\n\n{sentence}The people", 1)
    assert [title for _, title in found(text)] == list(TITLES)


def test_a_numbered_heading_at_the_top_of_a_page_is_no_page_number() -> None:
    pages = []
    for k, title in enumerate(TITLES, 1):
        text = "\n\n".join(paragraph(n) for n in range(k % 3 + 2))
        pages.append(f"{k} {title}\n\n{text}\n" + ("\f" + paragraph(1) if k % 2 else ""))
    told = found("\f".join(pages))
    assert [title for _, title in told] == [f"{k} {title}" for k, title in enumerate(TITLES, 1)]


def numbered(numbers: dict[str, str]) -> str:
    return book(lambda title, _: f"{numbers[title]} {title}\n\n")


def test_letters_that_begin_again_stand_below_roman_numbers() -> None:
    of_chapters = [[f"{roman}.", "A.", "B."] for roman in ("I", "II", "III", "IV")]
    numbers = dict(zip(TITLES, chain.from_iterable(of_chapters), strict=True))
    assert [level for level, _ in found(numbered(numbers))] == [1, 2, 2] * 4


def test_letters_of_annexes_stand_beside_the_numbers_of_chapters() -> None:
    numbers = dict(zip(TITLES, [f"{k}." for k in range(1, 10)] + ["A.", "B.", "C."], strict=True))
    assert {level for level, _ in found(numbered(numbers))} == {1}


def test_the_contents_page_of_a_text_tells_levels_by_two_blanks() -> None:
    entries = [
        f"{'' if title in CHAPTERS else '  '}{title} {'.' * 30} {page}"
        for page, title in enumerate(TITLES, 3)
    ]
    contents = "Contents\n\n" + "\n".join(entries)
    text = book(lambda title, _: f"{title}\n\n")
    assert found(f"{contents}\n\n\n{text}") == expected()
