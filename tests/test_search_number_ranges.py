"""Ranges: numbers as numbers, other ends as text."""

from __future__ import annotations

import pytest

from search.snapshot.number_ranges import lies_between


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        ("2005", "2005", "2009", True),
        ("2010", "2005", "2009", False),
        ("999", "1000", None, False),
        ("10000", "9", None, True),
        ("2005", None, "2005", True),
        ("n.d.", "2005", None, False),
        ("n.d.", None, "z", True),
        ("Khatlon", "k", "l", True),
        ("Sughd", "k", "l", False),
        ("²", "1", "3", False),
    ],
)
def test_a_value_lies_between_two_ends(
    value: str, low: str | None, high: str | None, *, expected: bool
) -> None:
    assert lies_between(value, low, high) is expected
