"""Timings: samples → percentiles, and how one engine's compare with another's.

In:  seconds.
Out: percentiles as numpy's and R's default has them (linear between neighbours); ratios.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import NamedTuple


class Percentiles(NamedTuple):
    """Of some samples, in their unit."""

    p50: float
    p95: float
    p99: float


def percentile(samples: Sequence[float], share: float) -> float:
    """Return the value below which this share of the samples lies; 0 where there is none."""
    if not samples:
        return 0.0
    ordered = sorted(samples)
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def percentiles(samples: Sequence[float]) -> Percentiles:
    """Return median, 95th and 99th percentile."""
    return Percentiles(*(percentile(samples, share) for share in (0.5, 0.95, 0.99)))


def ratio(theirs: Sequence[float], ours: Sequence[float]) -> float | None:
    """Return how many times our median theirs is: above 1 we are faster; None without samples."""
    median = percentile(ours, 0.5)
    return percentile(theirs, 0.5) / median if theirs and median else None


def times(value: float | None) -> str:
    """Return a ratio as text."""
    return "–" if value is None else f"{value:.2g} ×" if value < 10 else f"{value:.0f} ×"  # noqa: PLR2004


def milliseconds(seconds: float) -> str:
    """Return a duration in milliseconds, three digits of it."""
    value = seconds * 1000
    if not value:
        return "–"
    digits = 3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0  # noqa: PLR2004
    return f"{value:.{digits}f}"
