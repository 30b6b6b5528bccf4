from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from search.comparison import Stretch, compare, compare_words
from search.model import Publication, Retired
from tests.records import make_case, make_publication, make_section

WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", "river", "\n"]), max_size=30).map(" ".join)


def book(*names: str, edition: int = 1) -> Publication:
    """A book of one case whose sections have these ids; a section says its name."""
    sections = [make_section(name, f"About {name}.", heading=name.title()) for name in names]
    record = make_publication("book", cases=(make_case("case", "Case", *sections),))
    return replace(record, edition=edition)


def kinds(before: Publication, after: Publication) -> list[tuple[str, str]]:
    changes = compare(before, after).changes
    places = [(change.kind, change.after or change.before) for change in changes]
    return [(kind, place.address.partition("/")[2]) for kind, place in places if place]


def test_the_same_state_has_no_changes() -> None:
    found = compare(book("a", "b"), book("a", "b", edition=2))
    assert (found.changes, found.unchanged) == ((), 2)
    assert (found.before, found.after) == (1, 2)


def test_sections_come_and_go() -> None:
    assert kinds(book("a", "b", "c"), book("a", "c", "d")) == [("removed", "b"), ("added", "d")]


def test_of_sections_that_changed_places_the_fewest_have_moved() -> None:
    assert kinds(book("a", "b", "c", "d"), book("b", "c", "d", "a")) == [("moved", "a")]
    assert kinds(book("a", "b", "c"), book("c", "a", "b")) == [("moved", "c")]


def test_a_section_that_was_inserted_moves_none() -> None:
    assert kinds(book("a", "b"), book("new", "a", "b")) == [("added", "new")]


def test_a_former_address_leads_to_what_moved() -> None:
    before = book("a", "b")
    moved = make_case("other", "Other", make_section("c", "About b.", heading="B"))
    retired = (Retired("case/b", "other/c"),)
    after = replace(book("a"), cases=(*book("a").cases, moved), retired=retired)
    (change,) = compare(before, after).changes
    assert change.kind == "moved"
    assert (change.before and change.before.address, change.after and change.after.address) == (
        "case/b",
        "other/c",
    )
    assert change.stretches == ()


def test_words_that_changed_are_named_with_what_stayed_around_them() -> None:
    section = make_section("a", "The old bridge fell.", heading="A")
    after = make_publication("book", cases=(make_case("case", "Case", section),))
    (change,) = compare(book("a"), after).changes
    assert change.kind == "changed"
    assert change.titles == ()
    kept = "".join(s.text for s in change.stretches if s.kind != "removed")
    assert kept.split() == section.text.split()


def test_a_new_title_is_told_once_with_the_first_section() -> None:
    after = make_publication(
        "book", cases=(make_case("case", "Renamed", *book("a", "b").cases[0].sections),)
    )
    comparison = compare(book("a", "b"), after)
    (change,) = comparison.changes
    assert (change.kind, change.stretches) == ("changed", ())
    assert Stretch("removed", "Case\n") in change.titles
    assert comparison.unchanged == 1


@given(before=WORDS, after=WORDS)
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(
    before: str, after: str
) -> None:
    stretches = compare_words(before, after)
    old = "".join(s.text for s in stretches if s.kind != "added")
    new = "".join(s.text for s in stretches if s.kind != "removed")
    assert old.split() == before.split()
    assert new.split() == after.split()


@given(before=st.permutations("abcdef"), after=st.permutations("abcdef"))
def test_what_is_said_not_to_have_moved_stands_in_the_same_order(
    before: list[str], after: list[str]
) -> None:
    moved = {name for kind, name in kinds(book(*before), book(*after)) if kind == "moved"}
    assert [x for x in before if x not in moved] == [x for x in after if x not in moved]
