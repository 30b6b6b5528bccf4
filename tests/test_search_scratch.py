"""Scratch: sums as by hand, whatever was there before and in however many threads."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.snapshot.scratch import summed

amounts = st.lists(st.tuples(st.integers(0, 299), st.integers(1, 200)), max_size=60)


@pytest.mark.parametrize("each_once", [False, True])
@given(st.lists(amounts, min_size=1, max_size=3))
def test_sums_are_those_of_counting_by_hand(
    each_once: bool,  # noqa: FBT001
    parts: list[list[tuple[int, int]]],
) -> None:
    if each_once:
        parts = [list(dict(part).items()) for part in parts]
    expected: Counter[int] = Counter()
    for part in parts:
        for document, amount in part:
            expected[document] += amount
    arrays = [
        (np.array([d for d, _ in part], np.int32), np.array([a for _, a in part], np.uint8))
        for part in parts
    ]
    documents, sums = summed(arrays, 300, each_once=each_once)
    assert dict(zip(documents.tolist(), sums.tolist(), strict=True)) == expected
    assert documents.tolist() == sorted(expected)
