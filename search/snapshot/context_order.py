"""Context order: occurrences by the words before them or behind them.

In:  occurrences in book order; `left` (the last word before first) or `right`; which page.
Out: the numbers of the page's occurrences. Words are in the order of their letters' codes; the end
     of a text comes before any word; what is alike for `MOST_WORDS` words stays in book order.

Only what may stand on the page is sorted: each further word narrows that down.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.occurrences import ContextSort
from search.snapshot.occurrences import Found

MOST_WORDS = 24

Numbers = NDArray[Any]


def page_of(found: Found, sort: ContextSort, offset: int, limit: int) -> list[int]:
    """Return the numbers of the occurrences of a page."""
    low, high = min(offset, found.total), min(offset + limit, found.total)
    if sort == "book" or low == high:
        return list(range(low, high))
    chosen = np.arange(found.total)
    group = np.zeros(found.total, np.int64)
    ended = np.zeros(found.total, np.bool_)
    for distance in range(1, MOST_WORDS + 1):
        words = _words(found, sort, chosen, distance)
        words[ended] = -1
        keys = group * (found.text.word_count + 1) + words + 1
        keep, below = _around_page(keys, low, high)
        low, high = low - below, high - below
        chosen, ended = chosen[keep], words[keep] < 0
        different, group = np.unique(keys[keep], return_inverse=True)
        if different.size == chosen.size or ended.all():
            break
    order = np.lexsort((chosen, group))
    found_numbers: list[int] = chosen[order][low:high].tolist()
    return found_numbers


def _words(found: Found, sort: ContextSort, chosen: Numbers, distance: int) -> Numbers:
    near = found.first - distance if sort == "left" else found.last + distance
    return found.text.ranks_at(found.part[chosen], near[chosen])


def _around_page(keys: Numbers, low: int, high: int) -> tuple[Numbers, int]:
    """Return which keys may stand between two places in their order, and how many before them."""
    parted = np.partition(keys, [low, high - 1])
    least, most = parted[low], parted[high - 1]
    return ((keys >= least) & (keys <= most)).nonzero()[0], int((keys < least).sum())
