"""Synonyms: other spellings of a word, ranked behind the one typed.

In:  the documents that have the word as typed, those that have each of its other spellings.
Out: all of them. What has the word as typed scores as if there were no other spelling; the others
     score as one word would that all spellings were, times `DISCOUNT`, and less than any that has
     the word as typed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.snapshot.postings import Listed, Postings
from search.snapshot.ranking import inverse_document_frequency as _idf
from search.snapshot.scratch import summed

DISCOUNT = 0.5
BELOW = 0.99  # of the least score of the word as typed
DIGITS = 12  # what differs by less came from the same numbers, and must stay in book order


def with_other_spellings(
    typed: Postings, others: Sequence[Postings], count: int, size: int
) -> Postings:
    """Add other spellings; `count` is the number of living documents, `size` that of numbers."""
    there = [other for other in others if other.count]
    if not there:
        return typed
    lists = [typed.documents, *(other.documents for other in there)]
    shared = DISCOUNT * _idf(count, np.unique(np.concatenate(lists)).size)
    documents, scores = summed(
        [(each.documents, each.scores() * (shared / _idf(count, each.count))) for each in there],
        size,
        each_once=True,
    )
    scores = scores.round(DIGITS)
    if typed.count:
        lacking = ~typed.has(documents)
        documents, scores = documents[lacking], scores[lacking]
        if documents.size:
            scores *= min(1.0, BELOW * typed.scores().min() / scores.max())
    both = [(typed.documents, typed.scores()), (documents, scores)]
    return Listed(*summed(both, size, each_once=True))
