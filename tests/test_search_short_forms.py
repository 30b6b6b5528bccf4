"""Short forms: abbreviations as texts introduce them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.linguistics.short_forms import find_short_forms


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("a water users association (WUA) was founded", "WUA", "water users association"),
        ("many Water Users’ Associations (WUAs)", "WUA", "Water Users’ Associations"),
        ("the WUA (water users association) met", "WUA", "water users association"),
        ("WUA – water users association\n", "WUA", "water users association"),
        ("with the Committee of the Upper Valley (CUV)", "CUV", "Committee of the Upper Valley"),
        ("a non-profit organization (NPO)", "NPO", "non-profit organization"),
        ("the Union of Craftswomen Lola (UCW Lola)", "UCW", "Union of Craftswomen"),
        ("Ассоциация водопользователей (АВП)", "АВП", "Ассоциация водопользователей"),
        ("АВП (ассоциация водопользователей)", "АВП", "ассоциация водопользователей"),
        ("Ташкилоти ғайридавлатӣ (ТҒД)", "ТҒД", "Ташкилоти ғайридавлатӣ"),
        ("magnetic resonance imaging (MRI)", "MRI", "magnetic resonance imaging"),
    ],
)
def test_an_introduced_abbreviation_is_found(text: str, short: str, long: str) -> None:
    assert set(find_short_forms(text)) == {(short, long)}


@pytest.mark.parametrize(
    "text",
    [
        "the bank (see below) lends",
        "the bank (ADB) lends",
        "three kinds of seed (IT)",
        "water (H) and salt (N)",
        "WUA – they met in spring",
        "it was so. Water users (AB)",
        "()",
        "( )",
        "(WUA)",
        "NGO (2005)",
    ],
)
def test_brackets_that_introduce_nothing_are_passed_over(text: str) -> None:
    assert list(find_short_forms(text)) == []


@given(st.text(st.sampled_from("abAB (-)–\n.,'ЖжN0"), max_size=60) | st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    for short, long in find_short_forms(text):
        assert short in text
        assert long in text
