from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.console import RenderableType

from casebook.terminal import show
from casebook.tree_text import case_text, page_range, publication_text, section_text
from search.model import PageLabel
from tests.records import make_block, make_case, make_publication, make_section

RECORD = make_publication()
BRIDGE = RECORD.cases[1]


def shown(text: RenderableType, capsys: pytest.CaptureFixture[str]) -> str:
    show(text)
    return capsys.readouterr().out


def test_a_publication_shows_its_facts_and_its_tree(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(publication_text(RECORD), capsys)
    assert text.startswith("River and Road\nAlder Press · 2019\n")
    assert "river-and-road.txt · 6 pages · en" in text
    lines = [line.strip(" │├└─") for line in text.splitlines()]
    assert lines[lines.index("North Valley") :][:3] == [
        "North Valley",
        "1. A Bridge over the Alder  a-bridge-over-the-alder, p. 2–3",
        "summary  summary, p. 2",
    ]


def test_a_case_is_read_from_its_title_to_its_last_section(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = shown(case_text(RECORD, BRIDGE), capsys)
    assert text.startswith("1. A Bridge over the Alder\nAlder Carpenters · North Valley")
    assert text.index("Activity") < text.index("crane") < text.index("555 0142")


def test_a_section_shows_items_as_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(section_text(RECORD, RECORD.cases[2].sections[1]), capsys)
    assert text.startswith("Activity  p. 4\n")
    assert "\n\n • buy a motor for the pump\n • train two" in text


def test_an_item_that_brings_its_own_sign_gets_no_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    items = (make_block("• a pump", kind="item"), make_block("2) a road", kind="item"))
    text = shown(section_text(RECORD, make_section("plans", *items)), capsys)
    assert " • a pump\n 2) a road" in text


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(0, 0, ""), (2, 2, "p. 2"), (2, 3, "p. 2–3"), (1, 1, "PDF p. 1"), (1, 2, "PDF p. 1–2")],
)
def test_printed_pages_go_before_places_in_the_file(first: int, last: int, expected: str) -> None:
    assert page_range(RECORD, first, last) == expected


def test_nothing_of_a_record_reaches_the_terminal_raw(capsys: pytest.CaptureFixture[str]) -> None:
    nasty = "\x1b[2J\x07"
    case = make_case("c", nasty, make_section("lead", nasty, heading=nasty), by=nasty)
    record = replace(
        make_publication(title=nasty, cases=(case,)),
        subtitle=nasty,
        notes=(nasty,),
        pages=(PageLabel(1, nasty),),
    )
    for text in (publication_text(record), case_text(record, record.cases[0])):
        assert not {"\x1b", "\x07"} & set(shown(text, capsys))
