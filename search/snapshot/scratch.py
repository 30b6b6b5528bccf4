"""Scratch: sums over documents, in arrays that a thread keeps and leaves empty.

In:  documents and what is to be added to each; a document may come more than once.
Out: the documents that came, in rising order, and their sums.

An array for all documents costs more to make than to use: a thread makes one for the largest
collection that it sees, and uses the beginning of it for smaller ones.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.gathering import Documents, Mask
from search.snapshot.places import unique
from search.snapshot.ranking import Floats

_FEW = 32  # fewer documents than one in so many are sorted


class _Kept(threading.local):
    def __init__(self) -> None:
        self.sums, self.there = np.zeros(0), np.zeros(0, np.bool_)


_KEPT = _Kept()


def summed(
    parts: Sequence[tuple[Documents, NDArray[Any]]],
    size: int,
    *,
    each_once: bool,
    among: Documents | None = None,
) -> tuple[Documents, Floats]:
    """Add up parts; `each_once` tells that no part has a document twice.

    `among` are the documents of all parts in rising order, where they are known.
    """
    sums, _ = _arrays(size)
    for documents, amounts in parts:
        if each_once:
            sums[documents] += amounts
        else:
            # These types alone take its short road: a nanosecond each, not ten.
            np.add.at(sums, documents.astype(np.intp), amounts.astype(np.float64))
    found = together([documents for documents, _ in parts], size) if among is None else among
    totals = sums[found]
    sums[found] = 0.0
    return found, totals


def together(lists: Sequence[Documents], size: int) -> Documents:
    """Return the documents in any list: few are sorted, of many each is ticked off."""
    if sum([documents.size for documents in lists]) * _FEW < size:
        return unique(np.concatenate(lists))
    _, there = _arrays(size)
    for documents in lists:
        there[documents] = True
    found = there.nonzero()[0]
    there[found] = False
    return found


def _arrays(size: int) -> tuple[Floats, Mask]:
    kept = _KEPT
    if kept.sums.size < size:
        kept.sums, kept.there = np.zeros(size), np.zeros(size, np.bool_)
    return kept.sums[:size], kept.there[:size]
