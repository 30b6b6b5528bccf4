"""Sequences: where words stand one after another."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.sequences import find_sequences


@pytest.mark.parametrize(
    ("steps", "slop", "expected"),
    [
        ([[1, 4], [2, 9]], 0, [(1, 2)]),
        ([[1, 4], [3, 6]], 1, [(1, 3), (4, 6)]),
        ([[3], [1]], 5, []),
        ([[1, 2]], 0, [(1, 1), (2, 2)]),
        ([[1], []], 3, []),
        ([[0, 1], [1, 2], [2, 3]], 0, [(0, 2), (1, 3)]),
    ],
)
def test_sequences(steps: list[list[int]], slop: int, expected: list[tuple[int, int]]) -> None:
    assert list(find_sequences(steps, slop)) == expected


positions = st.lists(st.integers(0, 12), max_size=6, unique=True).map(sorted)


@given(st.lists(positions, min_size=2, max_size=4), st.integers(0, 4))
def test_every_start_that_can_be_completed_is_found(steps: list[list[int]], slop: int) -> None:
    room = len(steps) - 1 + slop
    ways = [
        way for way in product(*steps) if list(way) == sorted(set(way)) and way[-1] - way[0] <= room
    ]
    tightest = {
        start: min(way[-1] for way in ways if way[0] == start) for start in {w[0] for w in ways}
    }
    assert list(find_sequences(steps, slop)) == sorted(tightest.items())
