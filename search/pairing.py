"""Pairing: two sequences of which most of one stand for something in the other, in its order.

In:  for every two of them, the log odds that they are the same.
Out: pairs, each member in one at most, with how sure each is.
Errors: none.
Source: Needleman & Wunsch (1970) for the order, with gaps that cost nothing.

Most pairs stand in one order on both sides; what has moved is found all the same if its odds are
good. How sure a pair is, is its share of the odds of all that its two members could be paired
with, nothing among them: a pair with a rival is doubtful, however good it looks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

IN_ORDER = 1.5  # log odds that a place in the common order adds
OUT_OF_ORDER = 2.0  # log odds that are wanted of a pair outside it
_MOST = 30.0  # log odds beyond which nothing is surer

Odds = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Paired:
    """Two places, from 0, and how sure their pair is: 0 to 1."""

    one: int
    other: int
    confidence: float


def pair(odds: Odds) -> tuple[Paired, ...]:
    """Pair what belongs together; in the order of the first sequence."""
    ordered = set(_in_order(odds))
    weighed = sorted(_weighed(odds, ordered), key=lambda found: (-found[0], found[1], found[2]))
    ones: dict[int, int] = {}
    others: set[int] = set()
    for _, one, other in weighed:
        if one not in ones and other not in others:
            ones[one] = other
            others.add(other)
    shares = _Shares(odds)
    return tuple(Paired(one, ones[one], shares.of(one, ones[one])) for one in sorted(ones))


def _weighed(odds: Odds, ordered: set[tuple[int, int]]) -> Iterator[tuple[float, int, int]]:
    """Yield what may be paired."""
    for one, row in enumerate(odds):
        for other, worth in enumerate(row):
            if (one, other) in ordered:
                yield worth + IN_ORDER, one, other
            elif worth >= OUT_OF_ORDER:
                yield worth, one, other


def _in_order(odds: Odds) -> list[tuple[int, int]]:
    """Return the pairs of most odds in all that stand in one order on both sides."""
    width = len(odds[0]) if odds else 0
    best = [[0.0] * (width + 1)]
    for row in odds:
        above, line = best[-1], [0.0]
        for other, worth in enumerate(row):
            line.append(max(above[other + 1], line[other], above[other] + worth))
        best.append(line)
    return _way_back(best, len(odds), width)


def _way_back(best: Odds, one: int, other: int) -> list[tuple[int, int]]:
    pairs = []
    while one and other:
        if best[one][other] == best[one - 1][other]:
            one -= 1
        elif best[one][other] == best[one][other - 1]:
            other -= 1
        else:
            one, other = one - 1, other - 1
            pairs.append((one, other))
    return pairs


class _Shares:
    """The share of a pair in what its members could be paired with; sums are made once."""

    def __init__(self, odds: Odds) -> None:
        self._odds = [[math.exp(min(worth, _MOST)) for worth in row] for row in odds]
        self._rows = [sum(row) for row in self._odds]
        self._columns: list[float] = [sum(column) for column in zip(*self._odds, strict=True)]

    def of(self, one: int, other: int) -> float:
        odds = self._odds[one][other]
        rivals = self._rows[one] + self._columns[other] - odds
        return odds / (1 + rivals)
