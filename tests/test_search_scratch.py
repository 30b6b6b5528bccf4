"""Scratch: sums as by hand, whatever was there before and in however many threads."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.snapshot.scratch import counted, summed

amounts = st.lists(st.tuples(st.integers(0, 299), st.integers(1, 200)), max_size=60)


@given(st.lists(amounts, min_size=1, max_size=3))
def test_sums_are_those_of_adding_by_hand(parts: list[list[tuple[int, int]]]) -> None:
    once = [dict(part) for part in parts]
    expected: Counter[int] = Counter()
    for part in once:
        expected.update(part)
    arrays = [(np.array([*p], np.int32), np.array([*p.values()], np.float64)) for p in once]
    documents, sums = summed(arrays, 300)
    assert dict(zip(documents.tolist(), sums.tolist(), strict=True)) == expected
    assert documents.tolist() == sorted(expected)


@pytest.mark.parametrize("size", [300, 30_000])
@given(amounts)
def test_counts_are_those_of_counting_by_hand(size: int, told: list[tuple[int, int]]) -> None:
    expected: Counter[int] = Counter()
    for document, times in told:
        expected[document] += times
    documents = np.array([document for document, _ in told], np.int32)
    found, counts = counted(documents, np.array([times for _, times in told], np.uint8), size)
    assert dict(zip(found.tolist(), counts.tolist(), strict=True)) == expected
    assert found.tolist() == sorted(expected)
