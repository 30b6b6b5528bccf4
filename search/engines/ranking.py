"""Ranking: BM25F as one field sum with one length.

In:  how often something stands in each document (weighted by field), and documents' lengths.
Out: scores. A word's family scores BM25F over its stems, plus `EXACT_BONUS` times BM25F over the
     form as typed; a phrase or a prefix counts as one term with its own document frequency.
Source: Robertson, Zaragoza & Taylor (2004); idf as in Lucene; constants measured in
     docs/adr/0003-ranking.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from search.engine import TEXT_FIELDS
from search.engines.index_view import FIELD_BITS

K1 = 1.5
B = 0.65
EXACT_BONUS = 0.15

_WEIGHTS = tuple(TEXT_FIELDS.values())
# Fields from this one on weigh 1: most positions need no look at their field.
_PLAIN_FROM = max((n + 1 for n, weight in enumerate(_WEIGHTS) if weight != 1.0), default=0)
_PLAIN_POSITION = _PLAIN_FROM << FIELD_BITS


def weighted_frequency(positions: Sequence[int]) -> float:
    """Return how often something occurs, each occurrence weighted by its field.

    `positions` are in rising order and none occurs twice.
    """
    if positions[0] >= _PLAIN_POSITION:
        return len(positions)
    return sum(_WEIGHTS[position >> FIELD_BITS] for position in positions)


def inverse_document_frequency(documents: int, having: int) -> float:
    """Return how telling a term is that `having` of `documents` documents have."""
    return math.log(1 + (documents - having + 0.5) / (having + 0.5))


def length_norms(lengths: Sequence[int]) -> list[float]:
    """Return what each document's frequencies are weighed against, from its length in words."""
    average = sum(lengths) / len(lengths) if lengths else 0.0
    by_length = K1 * B / (average or 1.0)
    return [K1 * (1 - B) + by_length * length for length in lengths]


def bm25(
    frequencies: Mapping[int, float], norms: Sequence[float], *, weight: float = 1.0
) -> dict[int, float]:
    """Return each document's score for one term that the documents have so often."""
    idf = weight * inverse_document_frequency(len(norms), len(frequencies))
    return {number: idf * tf / (tf + norms[number]) for number, tf in frequencies.items()}
