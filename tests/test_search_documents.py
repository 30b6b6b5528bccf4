"""Documents carry what a search may match, and every character knows its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from search.documents import document_count, documents, strands
from search.engine import FACETS, TEXT_FIELDS, Document
from search.model import Block, Section
from tests.records import make_block, make_case, make_publication, make_section

BRIDGE = "river-and-road/a-bridge-over-the-alder"


def _by_id() -> dict[str, Document]:
    return {document.id: document for document in documents(make_publication())}


def test_every_section_is_a_document() -> None:
    record = make_publication()
    ids = [document.id for document in documents(record)]
    assert ids == [f"{record.id}/{c.id}/{s.id}" for c in record.cases for s in c.sections]
    assert document_count(record) == len(ids)


def test_documents_come_in_book_order() -> None:
    sections = list(documents(make_publication()))
    assert [document.order for document in sections] == list(range(len(sections)))
    assert sections[0].id == "river-and-road/preface/lead"


def test_a_section_carries_its_case() -> None:
    document = _by_id()[f"{BRIDGE}/activity"]
    assert document.texts == {
        "title": "A Bridge over the Alder",
        "heading": "Activity",
        "organisation": "Alder Carpenters",
        "body": "The council lent a crane. Every household gave two days of\n"
        "labour until the bridge stood. Children cross it to school now.",
        "caption": "Carpenters at the north bank",
    }
    assert document.facets == {
        "part": ("North Valley",),
        "organisation": ("Alder Carpenters",),
        "section_kind": ("activity",),
        "publication": ("river-and-road",),
        "year": ("2019",),
        "language": ("en",),
    }


def test_a_section_in_another_language_says_so() -> None:
    document = _by_id()["river-and-road/an-evening-school/background"]
    assert (document.language, document.facets["language"]) == ("ru", ("ru",))


def test_front_matter_has_no_part_and_no_organisation() -> None:
    facets = _by_id()["river-and-road/preface/lead"].facets
    assert (facets["part"], facets["organisation"]) == ((), ())


def test_what_is_not_known_is_no_facet_value() -> None:
    record = make_publication(year=None, language="")
    assert all(d.facets["year"] == () for d in documents(record))


def test_every_document_has_every_field_and_facet() -> None:
    for document in documents(make_publication()):
        assert set(document.texts) == set(TEXT_FIELDS)
        assert set(document.facets) == set(FACETS)


def test_a_section_without_text_is_still_a_document() -> None:
    case = make_case("empty", "Empty", make_section("lead"))
    texts = [d.texts["body"] for d in documents(make_publication(cases=(case,)))]
    assert texts == [""]


def test_a_sentence_cut_by_a_caption_is_whole_in_the_running_text() -> None:
    body, captions = strands(make_publication().cases[1].sections[1])
    assert "two days of\nlabour until" in body.text
    assert captions.text == "Carpenters at the north bank"


def test_a_span_across_a_caption_is_two_spans_of_the_section() -> None:
    section = make_publication().cases[1].sections[1]
    body, _ = strands(section)
    start = body.text.index("days of\nlabour")
    pieces = list(body.spans_in_section(start, start + len("days of\nlabour")))
    assert [section.text[a:b] for a, b in pieces] == ["days of", "labour"]


BLOCKS = st.lists(
    st.builds(
        lambda text, caption: make_block(text, kind="caption" if caption else "paragraph"),
        st.text("abc d", max_size=6),
        st.booleans(),
    ),
    max_size=6,
)


@given(BLOCKS)
def test_every_character_knows_its_place(blocks: list[Block]) -> None:
    section: Section = make_section("activity", *blocks)
    for strand in strands(section):
        for offset, character in enumerate(strand.text):
            block = section.blocks[strand.block_at(offset) - 1]
            if character != "\n":
                assert section.text[strand.in_section(offset)] == character
                assert character in block.text


@given(BLOCKS, st.data())
def test_pieces_of_a_span_are_the_span(blocks: list[Block], data: st.DataObject) -> None:
    section = make_section("activity", *blocks)
    for strand in strands(section):
        if strand.text.strip("\n"):
            start = data.draw(st.integers(0, len(strand.text) - 1))
            end = data.draw(st.integers(start + 1, len(strand.text)))
            pieces = [section.text[a:b] for a, b in strand.spans_in_section(start, end)]
            assert "".join(pieces).replace("\n", "") == strand.text[start:end].replace("\n", "")


def test_what_stands_below_the_title_of_a_preface_is_no_organisation_to_choose() -> None:
    record = make_publication()
    titled = [structs.replace(case, organisation="Oslo 2020") for case in record.cases]
    found = list(documents(structs.replace(record, cases=tuple(titled))))
    kinds = {case.id: case.kind for case in record.cases}
    chosen = {kinds[d.id.split("/")[1]]: d.facets["organisation"] for d in found}
    assert chosen == {"front": (), "case": ("Oslo 2020",), "back": ()}
    assert all(document.texts["organisation"] == "Oslo 2020" for document in found)
