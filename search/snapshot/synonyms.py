"""Synonyms: other spellings of a word, ranked behind the one typed.

In:  the documents that have the word as typed, those that have each of its other spellings.
Out: all of them. What has the word as typed keeps the score that it would have without the others,
     or gains; the others score as one word would that all spellings were, times `DISCOUNT`, and
     never more than the least of those as typed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.snapshot.postings import Postings
from search.snapshot.ranking import inverse_document_frequency
from search.snapshot.scratch import summed

DISCOUNT = 0.5


def with_other_spellings(
    typed: Postings, others: Sequence[Postings], count: int, size: int
) -> Postings:
    """Add other spellings; `count` is the number of living documents, `size` that of numbers."""
    there = [other for other in others if other.documents.size]
    if not there:
        return typed
    lists = [typed.documents, *(other.documents for other in there)]
    together = np.unique(np.concatenate(lists)).size
    shared = DISCOUNT * inverse_document_frequency(count, together)
    pairs = [
        (
            other.documents,
            other.scores * (shared / inverse_document_frequency(count, other.documents.size)),
        )
        for other in there
    ]
    documents, scores = summed(pairs, size, each_once=True)
    if typed.documents.size:
        scores *= min(1.0, 0.99*typed.scores.min() / scores.max())
    return Postings(*summed([(typed.documents, typed.scores), (documents, scores)], size, each_once=True))
