"""Columns: keys, labels, counts, words of values."""

from __future__ import annotations

import numpy as np
import pytest

from search.query_plan import FacetLeaf
from search.snapshot.columns import Column, ColumnPart
from search.snapshot.facet_tables import FacetTable
from search.snapshot.facet_values import value_key, value_matches
from search.snapshot.segment import FacetValues


def _part(*values: tuple[str, ...], lives: tuple[bool, ...] | None = None) -> ColumnPart:
    names = tuple(sorted({name for each in values for name in each}))
    return ColumnPart(
        FacetValues(
            names,
            np.array([names.index(name) for each in values for name in each], np.int32),
            np.cumsum([0, *map(len, values)], dtype=np.int32),
        ),
        len(values),
        None if lives is None else np.array(lives),
    )


FIRST = _part(("North",), ("north", "South"), ())
SECOND = _part(("North", "NORTH"), ("Юг",), ("East",), lives=(True, True, False))
COLUMN = Column([FIRST, SECOND])
SINGLE = Column([_part(("North",), ("south",)), _part(("south",), ())])


def _having(column: Column, *values: str) -> list[int]:
    return np.flatnonzero(column.having(values)).tolist()


def test_values_are_compared_whole_and_without_regard_to_case() -> None:
    assert _having(COLUMN, "NORTH") == [0, 1, 3]
    assert _having(COLUMN, "юг", "none") == [4]
    assert _having(COLUMN, "nor") == []
    assert value_key("е\u0308") == value_key("Ё")


def test_a_value_is_shown_as_most_living_documents_spell_it() -> None:
    assert COLUMN.labels == ["North", "South", "Юг"]


@pytest.mark.parametrize(
    ("column", "documents", "chosen", "expected"),
    [
        (COLUMN, [1, 3, 4], ["south", "None"], "North 2, South 1*, Юг 1, None 0*"),
        (COLUMN, [2], [], ""),
        (SINGLE, [0, 1, 2, 3], ["NORTH"], "south 2, North 1*"),
    ],
)
def test_counts_fall_then_go_by_value_and_choices_stay(
    column: Column, documents: list[int], chosen: list[str], expected: str
) -> None:
    table = FacetTable({"part": column}, column.size)
    tally = table.tally(np.array(documents, np.int32))
    counted = table.values(table.ranked(tally))["part"]
    counts = column.with_chosen(counted, chosen)
    found = [f"{c.value} {c.count}{'*' * c.selected}" for c in counts]
    assert ", ".join(found) == expected


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
