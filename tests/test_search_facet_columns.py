"""Facet columns: keys, labels, counts, words of values."""

from __future__ import annotations

import pytest

from search.engine import FacetCount
from search.engines.facet_columns import FacetColumn, value_key, value_matches
from search.query_plan import FacetLeaf

COLUMN = FacetColumn([("North",), ("north", "South"), (), ("North", "NORTH"), ("Юг",)])


def test_values_are_compared_whole_and_without_regard_to_case() -> None:
    assert COLUMN.having([value_key("NORTH")]) == {0, 1, 3}
    assert COLUMN.having([value_key("юг")]) == {4}
    assert COLUMN.having(["nor"]) == set()
    assert value_key("е\u0308") == value_key("Ё")


def test_a_value_is_shown_as_most_documents_spell_it() -> None:
    assert COLUMN.labels == {"north": "North", "south": "South", "юг": "Юг"}


def test_counts_fall_then_go_by_value_and_choices_stay() -> None:
    assert COLUMN.count([1, 3, 4], ["south", "None"]) == (
        FacetCount("North", 2),
        FacetCount("South", 1, selected=True),
        FacetCount("Юг", 1),
        FacetCount("None", 0, selected=True),
    )


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (FacetLeaf("", "part", ("bank",)), True),
        (FacetLeaf("", "part", ("west", "bank")), True),
        (FacetLeaf("", "part", ("bank", "west")), False),
        (FacetLeaf("", "part", ("west", "x"), is_prefix=True), False),
        (FacetLeaf("", "part", ("the", "ba"), is_prefix=True), False),
        (FacetLeaf("", "part", ("west", "ba"), is_prefix=True), True),
        (FacetLeaf("", "part", ("west", "river"), slop=2), True),
        (FacetLeaf("", "part", low="the"), True),
        (FacetLeaf("", "part", low="2005"), False),
    ],
)
def test_words_of_a_value_are_found_in_a_row(leaf: FacetLeaf, expected: bool) -> None:  # noqa: FBT001
    assert value_matches("The West Bank (river)", leaf) is expected
