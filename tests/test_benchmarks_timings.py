"""Percentiles and ratios are the textbook's."""

from __future__ import annotations

from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.timings import milliseconds, percentile, percentiles, ratio, times

samples = st.lists(st.floats(0, 1e3), min_size=2, max_size=50)


def test_percentiles_lie_between_neighbours() -> None:
    assert percentiles([4.0, 1.0, 3.0, 2.0]) == pytest.approx((2.5, 3.85, 3.97))


def test_one_sample_is_every_percentile() -> None:
    assert percentiles([7.0]) == (7.0, 7.0, 7.0)


def test_no_samples_have_no_percentile() -> None:
    assert percentiles([]) == (0.0, 0.0, 0.0)


@given(samples)
def test_the_half_is_the_median(values: list[float]) -> None:
    assert percentile(values, 0.5) == pytest.approx(median(values))


@given(samples)
def test_the_others_are_those_of_the_standard_library(values: list[float]) -> None:
    expected = quantiles(values, n=100, method="inclusive")
    assert percentile(values, 0.95) == pytest.approx(expected[94])
    assert percentile(values, 0.99) == pytest.approx(expected[98])


def test_a_ratio_says_how_many_times_ours_theirs_is() -> None:
    assert ratio([2.0, 4.0, 6.0], [1.0, 2.0, 90.0]) == 2.0


def test_there_is_no_ratio_without_samples() -> None:
    assert ratio([], [1.0]) is None
    assert ratio([1.0], []) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (0.123, "0.12 ×"), (1.96, "2 ×"), (9.96, "10 ×"), (137.4, "137 ×")],
)
def test_a_ratio_is_shown_with_two_digits(value: float | None, shown: str) -> None:
    assert times(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.0, "–"), (0.000_045_6, "0.046"), (0.001_234, "1.23"), (0.0456, "45.6"), (1.5, "1500")],
)
def test_a_duration_is_shown_in_milliseconds(seconds: float, shown: str) -> None:
    assert milliseconds(seconds) == shown
