"""Sequences: where words stand one after another.

In:  for each word of a phrase the positions at which it stands, in rising order.
Out: (first position, last position) of every place where all stand in order with at most `slop`
     other words between them in all: one for each first position, the tightest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence


def find_sequences(steps: Sequence[Sequence[int]], slop: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the first and last position of every match, by rising first position."""
    if len(steps) == 1:
        yield from ((position, position) for position in steps[0])
    elif slop:
        yield from _find_loose(steps, slop)
    else:
        last = len(steps) - 1
        starts = set(steps[0]).intersection(
            *({position - step for position in steps[step]} for step in range(1, last + 1))
        )
        yield from ((start, start + last) for start in sorted(starts))


def _find_loose(steps: Sequence[Sequence[int]], slop: int) -> Iterator[tuple[int, int]]:
    room = len(steps) - 1 + slop
    for first in steps[0]:
        place = first
        for positions in steps[1:]:
            # The nearest next place of each word is the tightest match from `first`.
            index = bisect_right(positions, place)
            if index == len(positions) or positions[index] > first + room:
                break
            place = positions[index]
        else:
            yield first, place
