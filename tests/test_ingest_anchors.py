from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ingest.anchors import keep_anchors
from search.model import Publication
from search.permalinks import resolve_in
from tests.records import make_case, make_publication, make_section

SENTENCES = [
    "The well was dug by twelve families in the spring.",
    "A pump came from the district town in May.",
    "Children carry the water home after school.",
    "The council pays for repairs from a small fee.",
    "Two engineers visit every second month.",
    "Next year a second well is to follow.",
]


def book(*sections: list[str]) -> Publication:
    made = [make_section(f"s{n}", *texts, heading=f"S{n}") for n, texts in enumerate(sections, 1)]
    return make_publication("book", cases=(make_case("case", "Case", *made),))


def texts(record: Publication) -> dict[str, str]:
    return {
        f"{case.id}/{section.id}/p{number}": block.text
        for case in record.cases
        for section in case.sections
        for number, block in zip(section.anchors, section.blocks, strict=True)
    }


def test_a_paragraph_keeps_its_number_when_one_is_put_before_it() -> None:
    first = book(SENTENCES[:2])
    second = keep_anchors(book([SENTENCES[4], *SENTENCES[:2]]), first)
    assert texts(second)["case/s1/p1"] == SENTENCES[0]
    assert texts(second)["case/s1/p2"] == SENTENCES[1]
    assert texts(second)["case/s1/p3"] == SENTENCES[4]
    assert second.retired == ()


def test_a_revised_paragraph_keeps_its_number() -> None:
    revised = SENTENCES[1].replace("May", "June, with a mechanic")
    second = keep_anchors(book([SENTENCES[0], revised]), book(SENTENCES[:2]))
    assert texts(second)["case/s1/p2"] == revised


def test_a_paragraph_that_went_to_another_section_is_followed_there() -> None:
    second = keep_anchors(book(SENTENCES[:1], SENTENCES[1:3]), book(SENTENCES[:2], SENTENCES[2:3]))
    found = resolve_in(second, "book/case/s1/p2")
    assert found.outcome == "moved"
    assert texts(second)[found.address.removeprefix("book/")] == SENTENCES[1]


def test_a_paragraph_that_was_joined_to_its_neighbour_leads_to_both() -> None:
    second = keep_anchors(book([" ".join(SENTENCES[:2])]), book(SENTENCES[:2]))
    for number in (1, 2):
        found = resolve_in(second, f"book/case/s1/p{number}")
        assert SENTENCES[number - 1] in texts(second)[found.address.removeprefix("book/")]


def test_a_paragraph_that_is_gone_says_so_and_a_lookalike_is_not_taken_for_it() -> None:
    double = "The council pays for repairs from a fee."
    first = book(SENTENCES[:1], [SENTENCES[3]], [double])
    second = keep_anchors(book(SENTENCES[:1], [SENTENCES[4]], [double]), first)
    found = resolve_in(second, "book/case/s2/p1")
    assert (found.outcome, found.address) == ("gone", "book/case/s2")
    assert found.note


def test_a_number_is_never_given_to_another_paragraph_later() -> None:
    first = book(SENTENCES[:3])
    second = keep_anchors(book(SENTENCES[:2]), first)
    third = keep_anchors(book([*SENTENCES[:2], SENTENCES[5]]), second)
    assert "case/s1/p3" not in texts(third)
    assert texts(third)["case/s1/p4"] == SENTENCES[5]


@st.composite
def shelves(draw: st.DrawFn) -> Publication:
    """The sentences, some of them, in any order, over two sections."""
    chosen = draw(st.lists(st.sampled_from(SENTENCES), unique=True, max_size=6))
    cut = draw(st.integers(0, len(chosen)))
    return book(chosen[:cut], chosen[cut:])


@given(editions=st.lists(shelves(), min_size=2, max_size=4))
def test_through_any_editions_an_address_names_one_text_or_says_that_it_is_gone(
    editions: list[Publication],
) -> None:
    now = keep_anchors(editions[0], editions[0])
    named = texts(now)
    for new in editions[1:]:
        now = keep_anchors(replace(new, retired=now.retired), now)
        living = texts(now)
        assert len(living) == sum(len(s.blocks) for s in now.cases[0].sections)
        for address, text in named.items():
            found = resolve_in(now, f"book/{address}")
            if text in living.values() and found.outcome in {"found", "moved"}:
                assert living[found.address.removeprefix("book/")] == text
            if text not in living.values():
                assert found.outcome == "gone"
        named |= {address: text for address, text in living.items() if address not in named}
