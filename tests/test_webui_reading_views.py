"""A case made ready for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from flask import Flask
from msgspec.structs import replace

from search.model import Block, LineSpan, Section
from search.results import Highlight
from tests.records import make_block, make_case, make_publication, make_section
from tests.sites import make_library
from webui.app import create_app
from webui.reading_views import CaseView, Marks, citation, read_case


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with make_library(tmp_path_factory.mktemp("site")) as library:
        yield create_app(library)


def read(app: Flask, *sections: Section, marks: Sequence[Highlight] = ()) -> CaseView:
    case = make_case("case", "Case", *sections)
    with app.test_request_context():
        found = Marks(lambda _: marks, lambda _text, _field: ())
        return read_case(make_publication(cases=(case,)), case, found)


def test_a_mark_across_two_blocks_is_one_hit(app: Flask) -> None:
    view = read(app, make_section("lead", "clean", "water"), marks=[Highlight("text", 2, 8)])
    segments = [s for flow in view.sections[0].flows for s in flow.blocks[0].segments]
    assert [(s.text, s.hit, s.opens) for s in segments] == [
        ("cl", 0, False),
        ("ean", 1, True),
        ("wa", 1, False),
        ("ter", 0, False),
    ]
    assert view.hits == 1


def test_hits_are_counted_through_headings_and_sections(app: Flask) -> None:
    section = make_section("lead", "one two", heading="One")
    marks = [Highlight("heading", 0, 3), Highlight("text", 0, 3), Highlight("text", 4, 7)]
    view = read(app, section, replace(section, id="other"), marks=marks)
    assert view.hits == 6
    assert [s.hits for s in view.sections] == [3, 3]
    assert view.sections[1].heading[0].hit == 4


@pytest.mark.parametrize(
    ("text", "sign", "rest"),
    [
        ("• a pump", "•", "a pump"),
        ("12. a pump", "12.", "a pump"),
        ("(3) a pump", "(3)", "a pump"),
        ("а) насос", "а)", "насос"),
        ("– a pump", "–", "a pump"),
        ("a pump", "", "a pump"),
        ("-5 degrees", "", "-5 degrees"),
        ("2004 was dry", "", "2004 was dry"),
    ],
)
def test_an_item_keeps_its_sign_beside_its_text(
    app: Flask, text: str, sign: str, rest: str
) -> None:
    view = read(app, make_section("lead", make_block(text, kind="item")))
    block = view.sections[0].flows[0].blocks[0]
    assert (block.sign, "".join(s.text for s in block.segments)) == (sign, rest)


def test_marks_behind_a_sign_stand_where_they_should(app: Flask) -> None:
    section = make_section("lead", make_block("• a pump", kind="item"))
    view = read(app, section, marks=[Highlight("text", 4, 8)])
    assert [s.text for s in view.sections[0].flows[0].blocks[0].segments if s.hit] == ["pump"]


def test_items_that_stand_together_are_one_list(app: Flask) -> None:
    item = make_block("a pump", kind="item")
    view = read(app, make_section("lead", item, item, "A paragraph.", item))
    assert [(f.kind, len(f.blocks)) for f in view.sections[0].flows] == [
        ("item", 2),
        ("paragraph", 1),
        ("item", 1),
    ]


def test_a_page_begins_once_though_a_caption_stands_out_of_order(app: Flask) -> None:
    lines = (LineSpan(0, 3, 2, 0), LineSpan(4, 7, 3, 0))
    section = make_section(
        "lead",
        Block("paragraph", "one two", lines),
        make_block("A caption", kind="caption", page=2),
        make_block("three", page=3),
    )
    view = read(app, section)
    pages = [s.page for f in view.sections[0].flows for b in f.blocks for s in b.segments if s.page]
    assert [page.number for page in pages] == [2, 3]


def test_a_citation_names_what_is_known() -> None:
    full = replace(make_publication(), authors=("Rahim N.",), place="Alderton")
    bare = replace(make_publication(), publisher="", year=None, pages=())
    case = replace(full.cases[1], first_page=0)
    assert citation(full, full.cases[1]) == (
        "Rahim N. “A Bridge over the Alder”. In: ",
        "River and Road",
        ". Alderton: Alder Press, 2019, pp. 2–3.",
    )
    assert citation(bare, case) == ("“A Bridge over the Alder”. In: ", "River and Road", ".")


@pytest.mark.parametrize(("heading", "levels"), [("Activity", [3, 4]), ("", [2, 3])])
def test_headings_leave_out_no_level(app: Flask, heading: str, levels: list[int]) -> None:
    blocks = [replace(make_block(f"On {n}", kind="heading"), level=n) for n in (1, 2)]
    view = read(app, make_section("lead", *blocks, heading=heading))
    assert [flow.blocks[0].level for flow in view.sections[0].flows] == levels
