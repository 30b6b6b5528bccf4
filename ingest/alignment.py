"""Alignment: pair promised titles with lines of the text, keeping both in order.

In:  for every promise (by its rank) the places where its title may stand, with a score each.
Out: at most one place a promise, places rising with the ranks, the sum of scores largest.
Source: heaviest increasing subsequence with a Fenwick tree of prefix maxima, O(n log n).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placing:
    """Promise `rank` may stand on the lines [start, end), as likely as `score` says."""

    rank: int
    start: int
    end: int
    score: float


def heaviest_in_order(placings: Iterable[Placing]) -> list[Placing]:
    """Choose the heaviest set whose ranks and lines both rise strictly, without overlap."""
    ordered = sorted(placings, key=lambda p: (p.rank, -p.start))
    if not ordered:
        return []
    best = _PrefixBest(max(p.end for p in ordered) + 1)
    chains: list[tuple[float, int | None]] = []
    at = 0
    while at < len(ordered):
        same_rank = _same_rank(ordered, at)
        for k in same_rank:
            weight, before = best.up_to(ordered[k].start)
            chains.append((weight + ordered[k].score, before))
        for k in same_rank:
            best.put(ordered[k].end, chains[k][0], k)
        at = same_rank[-1] + 1
    chosen: list[Placing] = []
    last: int | None = max(range(len(chains)), key=lambda k: chains[k][0])
    while last is not None:
        chosen.append(ordered[last])
        last = chains[last][1]
    return chosen[::-1]


class _PrefixBest:
    """The heaviest chain that ends at or before a line."""

    def __init__(self, size: int) -> None:
        self.tree: list[tuple[float, int | None]] = [(0.0, None)] * (size + 2)

    def up_to(self, line: int) -> tuple[float, int | None]:
        found: tuple[float, int | None] = (0.0, None)
        at = line + 1
        while at > 0:
            found = max(found, self.tree[at], key=lambda chain: chain[0])
            at -= at & -at
        return found

    def put(self, line: int, weight: float, chain: int) -> None:
        at = line + 1
        while at < len(self.tree):
            if weight > self.tree[at][0]:
                self.tree[at] = (weight, chain)
            at += at & -at


def _same_rank(ordered: list[Placing], at: int) -> list[int]:
    end = at
    while end < len(ordered) and ordered[end].rank == ordered[at].rank:
        end += 1
    return list(range(at, end))
