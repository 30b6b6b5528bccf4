"""Layouts: what the same keys give on another keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.linguistics.layouts import other_layouts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("djlf", "вода"),
        ("Ntgkjcnfywbz", "Теплостанция"),
        ("[jpzqcndj", "хозяйство"),
        ("цфеук", "water"),
        ("ЦФЕУК ГЫУКЫ", "WATER USERS"),
        ("wbikjw", "қишлоқ"),
        ("qfvjfn", "йамоат"),
        ("sfvjfn", "ҷамоат"),
    ],
)
def test_keys_are_read_in_the_other_layouts(typed: str, meant: str) -> None:
    assert meant in other_layouts(typed)


@pytest.mark.parametrize("typed", ["", "2005", "vода", "水"])
def test_what_mixes_scripts_or_has_no_letters_was_not_mistyped(typed: str) -> None:
    assert other_layouts(typed) == ()


@given(st.text(max_size=30))
def test_nothing_is_offered_twice_or_unchanged(typed: str) -> None:
    found = other_layouts(typed)
    assert typed not in found
    assert len(set(found)) == len(found)
