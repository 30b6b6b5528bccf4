"""Texts cut at highlights and page starts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.model import PageLabel
from webui.segments import Mark, cut, number_marks

texts = st.text(max_size=40)
spans = st.lists(st.tuples(st.integers(-3, 50), st.integers(-3, 50)), max_size=8)


@given(texts, spans, st.lists(st.integers(0, 50), max_size=4))
def test_no_character_is_lost_or_doubled(
    text: str, found: list[tuple[int, int]], starts: list[int]
) -> None:
    pages = {at: PageLabel(at + 1, "") for at in starts}
    segments = cut(text, number_marks(found), pages=pages)
    assert "".join(segment.text for segment in segments) == text


@given(texts, spans)
def test_what_is_marked_lies_within_a_span(text: str, found: list[tuple[int, int]]) -> None:
    inside = {at for start, end in found for at in range(start, end)}
    place = 0
    for segment in cut(text, number_marks(found)):
        covered = set(range(place, place + len(segment.text)))
        assert covered <= inside if segment.hit else not (covered & inside)
        place += len(segment.text)


@given(texts, spans)
def test_a_hit_opens_once(text: str, found: list[tuple[int, int]]) -> None:
    opened = [segment.hit for segment in cut(text, number_marks(found)) if segment.opens]
    assert len(opened) == len(set(opened))


def test_marks_are_exact_beyond_the_basic_plane() -> None:
    segments = cut("😀 вода!", number_marks([(2, 6)]))
    assert [(s.text, s.hit) for s in segments] == [("😀 ", 0), ("вода", 1), ("!", 0)]


def test_a_page_that_begins_inside_a_mark_cuts_it_without_opening_it_again() -> None:
    segments = cut("clean water", [Mark(0, 11, 1)], pages={6: PageLabel(3, "1")})
    assert [(s.hit, s.opens, s.page is not None) for s in segments] == [
        (1, True, False),
        (1, False, True),
    ]


def test_a_hit_that_began_in_an_earlier_text_does_not_open_again() -> None:
    assert [s.opens for s in cut("ab", [Mark(0, 1, 4)], begun=4)] == [False, False]
