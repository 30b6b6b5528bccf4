"""Ranking: BM25F as one field sum with one length.

In:  how often something stands in each document (weighted by field), and documents' lengths.
Out: scores. A word's family scores BM25F over its stems, plus `EXACT_BONUS` times BM25F over the
     form as typed, and where texts keep marks half of it goes to the form with the marks typed; a
     phrase or a prefix counts as one term with its own document frequency.
Source: Robertson, Zaragoza & Taylor (2004); idf as in Lucene; constants measured in
     docs/adr/0003-ranking.md.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.gathering import Documents, Ints

K1 = 1.5
B = 0.65
EXACT_BONUS = 0.15
MARKED_SHARE = 0.5  # of a word's score, where the library has it with the marks typed

_FEW = 32

Floats = NDArray[np.float64]


def inverse_document_frequency(documents: int, having: int) -> float:
    """Return how telling a term is that `having` of `documents` documents have."""
    return math.log(1 + (documents - having + 0.5) / (having + 0.5))


def length_norms(lengths: Ints, average: float) -> Floats:
    """Return what each document's frequencies are weighed against, from its length in words."""
    norms: Floats = K1 * (1 - B) + (K1 * B / (average or 1.0)) * lengths.astype(np.float64)
    return norms


def impacts(times: NDArray[Any], norms: Floats) -> Floats:
    """Return BM25 without its idf, from frequencies and the norms of the same documents."""
    found: Floats = times / (norms + times)
    return found


def best(scores: Floats, count: int, order: Documents | None) -> NDArray[np.intp]:
    """Return the indices of the `count` highest scores: falling, ties by rising `order`.

    Without `order` ties come by index.
    """
    if count <= 0:
        return np.empty(0, np.intp)
    if scores.size <= _FEW:
        return np.array(_sorted(scores, order)[:count], np.intp)
    likely = candidates(scores, count)
    ties = None if order is None else order[likely]
    found = scores[likely]
    falling: list[int] | NDArray[np.intp]
    if likely.size <= _FEW:
        falling = _sorted(found, ties)
    else:
        falling = np.argsort(-found, kind="stable") if ties is None else np.lexsort((ties, -found))
    return likely.take(falling[:count])


def candidates(scores: Floats, count: int) -> NDArray[np.intp]:
    """Return the indices of all scores that may be among the `count` highest."""
    if count >= scores.size:
        return np.arange(scores.size)
    parted, last = scores.copy(), scores.size - count
    parted.partition(last)
    found: NDArray[np.intp] = (scores >= parted[last]).nonzero()[0]
    return found


def _sorted(scores: Floats, order: Documents | None) -> list[int]:
    """Sort a few scores without numpy, whose calls cost more than the sorting."""
    listed = scores.tolist()
    places = range(len(listed)) if order is None else np.argsort(order).tolist()
    return sorted(places, key=listed.__getitem__, reverse=True)  # equals keep their order
