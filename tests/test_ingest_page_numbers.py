"""Page numbers, running heads and contents pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.contents_match import match_contents
from ingest.contents_page import find_contents
from ingest.errors import ManifestError
from ingest.flow import Flow, make_flow
from ingest.furniture import find_furniture
from ingest.page_numbers import (
    consistent_numbers,
    fill_labels,
    number_value,
    printed_number,
    to_roman,
)
from ingest.text_file import read_text
from ingest.text_pages import Anchor, find_pages, on_one_page
from search.model import Box, Extraction, PrintedLine, PrintedPage


def text_of(*pages: str) -> Extraction:
    return Extraction(
        "text",
        tuple(
            PrintedPage(n, lines=tuple(PrintedLine(line) for line in page.split("\n")))
            for n, page in enumerate(pages, 1)
        ),
        paged=len(pages) > 1,
    )


def flow_of(text: str) -> Flow:
    return make_flow(text_of(text))


@given(st.integers(1, 3999))
def test_roman_numbers_go_there_and_back(value: int) -> None:
    assert number_value(to_roman(value)) == value


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("- 12 -", "12"),
        ("Page 12 of 60", "12"),
        ("xiv", "xiv"),
        ("стр. 7", "7"),
        ("Room 12", ""),
        ("mix", "mix"),
    ],
)
def test_a_page_number_is_known_by_its_line(line: str, number: str) -> None:
    assert printed_number(line) == number


def test_gaps_between_printed_numbers_are_filled_in_both_runs() -> None:
    labels = fill_labels({2: "ii", 4: "iv", 7: "1", 9: "3"}, range(1, 11))
    assert list(labels.values()) == ["i", "ii", "iii", "iv", "v", "vi", "1", "2", "3", "4"]


def test_running_heads_and_page_numbers_are_no_text() -> None:
    pages = [
        f"Report on wells\n\nText of page {w} goes here.\n\n{n}" for n, w in enumerate("abcdef", 5)
    ]
    furniture = find_furniture(text_of("Report on wells\n2020", *pages))
    assert furniture.running_heads == ("Report on wells",)
    assert (1, 0) not in furniture.dropped
    assert {(page, 0) for page in range(2, 8)} <= furniture.dropped
    assert furniture.labels[2] == "5"


def test_a_heading_at_the_same_height_as_text_is_no_running_head() -> None:
    def page(number: int, first: str) -> PrintedPage:
        tops = (60.0, 72.0, 84.0, 96.0)
        words = (first, "one line of text", "another line of text", "and a last one")
        lines = [
            PrintedLine(f"{w} {number * 7 + k}" if k else w, Box(50, t, 200, t + 10), size_pt=10)
            for k, (t, w) in enumerate(zip(tops, words, strict=True))
        ]
        return PrintedPage(number, width_pt=300, height_pt=500, lines=tuple(lines))

    firsts = ("It rained", "We waited", "They came", "All was well", "It was over")
    pages = tuple(page(n, first) for n, first in enumerate(firsts, 1))
    assert find_furniture(Extraction("pdf", pages)).running_heads == ()


CONTENTS = """Contents
Preface .......... 3
North
Society of Wells
Water for the upper
village .......... 4
Society of Schools
A roof in time ..... 9

Preface
We thank all.
North
Water for the upper village
Society of Wells
The wells were dry for a long time before anybody came.
A roof, in time
Society of Schools
The roof was old.
"""


def test_entries_keep_their_organisation_group_and_wrapped_title() -> None:
    flow = flow_of(CONTENTS)
    contents = find_contents(flow)
    assert contents is not None
    promises = match_contents(flow, contents, {})
    assert [(p.title, p.organisation, p.group, p.page_label) for p in promises] == [
        ("Preface", "", "", "3"),
        ("Water for the upper village", "Society of Wells", "North", "4"),
        ("A roof in time", "Society of Schools", "", "9"),
    ]
    starts = [p.start for p in promises if p.start is not None]
    assert [flow.lines[k].text for k in starts] == [
        "Preface",
        "Water for the upper village",
        "A roof, in time",
    ]


def test_a_column_of_page_numbers_that_came_apart_is_put_back() -> None:
    flow = flow_of(
        "Contents\nOne thing ....\nAnother ....\nA third ....\n4\n7\n9\n\nOne thing\nText."
    )
    contents = find_contents(flow)
    assert contents is not None
    assert [entry.page_label for entry in contents.entries] == ["4", "7", "9"]


def test_page_number_lines_divide_a_text() -> None:
    body = "\n".join(f"{'Line of the page.' + chr(10)}" * 6 + f"\n{n}\n" for n in range(1, 6))
    paged = find_pages(text_of(body), [])
    assert len(paged.extraction.pages) >= 5
    assert [paged.labels[n] for n in range(1, 6)] == ["1", "2", "3", "4", "5"]


def test_the_editor_names_the_words_that_a_page_begins_with() -> None:
    text = text_of("\n".join(f"Line {word} of the text." for word in "abcdefghijkl"))
    anchors = [Anchor(0, 1), Anchor(5, 2), Anchor(10, 3)]
    paged = find_pages(text, anchors, {"3": "Line i of"})
    assert paged.extraction.pages[2].lines[0].text == "Line i of the text."
    with pytest.raises(ManifestError, match=r"pages\.3"):
        find_pages(text, anchors, {"3": "Not there"})


def test_pages_found_in_a_text_are_found_again_from_its_pages() -> None:
    text = text_of("\n".join(f"Line {word} of the text." for word in "abcdefghijkl"))
    anchors = [Anchor(0, 1), Anchor(5, 2), Anchor(10, 3)]
    first = find_pages(text, anchors)
    again = find_pages(on_one_page(first.extraction), anchors)
    assert again.extraction == first.extraction


def test_numbered_headings_at_the_top_of_pages_are_no_running_heads() -> None:
    def page(number: int) -> PrintedPage:
        head = PrintedLine(f"Version 4.{number}.0", Box(50, 60, 150, 74), size_pt=14)
        body = PrintedLine("What is new is told here.", Box(50, 100, 250, 110), size_pt=10)
        return PrintedPage(number, width_pt=300, height_pt=600, lines=(head, body))

    pages = tuple(page(n) for n in range(1, 7))
    assert find_furniture(Extraction("pdf", pages)).dropped == frozenset()


def test_two_numbers_that_agree_by_chance_are_no_page_numbers() -> None:
    assert consistent_numbers({22: ["28"], 38: ["44"], 40: ["3"]}) == {}


def test_a_section_heading_at_the_top_of_many_pages_is_no_running_head() -> None:
    def page(number: int) -> str:
        top = f"A case of the number {'abcdef'[number]}\n\nProblem\n\n"
        return (
            top + "The well was dry all summer long.\n" * 9 + "\nResults\n\n" + "It rained.\n" * 5
        )

    pages = read_text("\f".join(page(n) for n in range(6)).encode(), "book.txt")
    found = find_furniture(pages)
    assert found.dropped == frozenset()
    assert found.running_heads == ()


def test_a_heading_that_recurs_within_pages_is_no_running_head_at_their_top() -> None:
    text = "The well was dry all summer long.\n" * 8
    pages = [f"Contact\n\n{text}\nContact\n\n{text}" for _ in range(5)]
    found = find_furniture(read_text("\f".join(pages).encode(), "book.txt"))
    assert found.dropped == frozenset()
