"""Pairs: one order, what moved, and how sure each is."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from search.pairing import pair

odds = st.floats(-8, 12)
matrices = st.tuples(st.integers(0, 6), st.integers(0, 6)).flatmap(
    lambda size: st.lists(
        st.lists(odds, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def places(matrix: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    return [(found.one, found.other) for found in pair(matrix)]


@given(matrices)
def test_nothing_is_paired_twice_and_every_confidence_is_a_share(
    matrix: list[list[float]],
) -> None:
    found = pair(matrix)
    assert len({each.one for each in found}) == len({each.other for each in found}) == len(found)
    assert all(0 < each.confidence < 1 for each in found)


def test_what_is_missing_on_one_side_is_passed_over() -> None:
    assert places([[4, -3], [-3, -3], [-3, 4]]) == [(0, 0), (2, 1)]


def test_what_has_moved_is_found() -> None:
    moved = [[-3, -3, 6], [5, -3, -3], [-3, 5, -3]]
    assert places(moved) == [(0, 2), (1, 0), (2, 1)]


def test_nothing_weak_is_paired_out_of_order() -> None:
    assert places([[-3, -3, 1], [5, -3, -3], [-3, 5, -3]]) == [(1, 0), (2, 1)]


def test_nothing_unlikely_is_paired_at_all() -> None:
    assert places([[-1, -2], [-3, -1]]) == []


def test_a_rival_makes_a_pair_doubtful() -> None:
    alone, beside_a_rival = pair([[4, -5]]), pair([[4, 3.9]])
    assert alone[0].confidence > 0.9
    assert beside_a_rival[0].confidence < 0.6
