"""Proximity: words that a question has side by side, side by side in a text.

In:  a view; the bare words of a plan in the order typed; some documents.
Out: what each document gains. A pair of neighbouring words is a term of its own: its frequency is
     how often the second stands right behind the first, its idf the mean of theirs (so that no
     document need be looked at but those asked for), its weight `PAIR_WEIGHT`.
Source: the sequential dependence of Metzler & Croft (2005), ordered pairs alone;
     docs/adr/0012-relevance.md has what it gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.query_plan import TextLeaf
from search.snapshot.fields import FIELD_COUNT, FIELD_WEIGHTS
from search.snapshot.gathering import Ints
from search.snapshot.places import NOWHERE, ranges, unique
from search.snapshot.ranking import Floats, impacts, inverse_document_frequency
from search.snapshot.segment import SegmentScope, Words
from search.snapshot.view import CollectionView

PAIR_WEIGHT = 0.15


class Pair(NamedTuple):
    """Neighbours in a question, and how telling they are."""

    first: TextLeaf
    second: TextLeaf
    idf: float


def find_pairs(view: CollectionView, words: Sequence[TextLeaf]) -> list[Pair]:
    """Return the pairs of a question."""
    telling = [inverse_document_frequency(view.count, view.matches(word).count) for word in words]
    return [
        Pair(first, second, (one + other) / 2)
        for (first, one), (second, other) in pairwise(zip(words, telling, strict=True))
    ]


def pair_scores(view: CollectionView, pairs: Sequence[Pair], documents: Ints) -> Floats:
    """Return what pairs add to the scores of some documents."""
    gained = np.zeros(documents.size)
    norms = view.norms[documents]
    for pair, times in zip(pairs, pair_times(view, pairs, documents), strict=True):
        gained += PAIR_WEIGHT * pair.idf * impacts(times, norms)
    return gained


def pair_times(view: CollectionView, pairs: Sequence[Pair], documents: Ints) -> list[Floats]:
    """Return how often each pair stands in some documents, weighted by field."""
    found = [np.zeros(documents.size) for _ in pairs]
    for scope, places, numbers in view.in_segments(documents):
        rising = np.argsort(numbers)
        counter = _Counter(scope, numbers[rising])
        for times, pair in zip(found, pairs, strict=True):
            times[places[rising]] = counter.times(pair)
    return found


class _Counter:
    """Counts pairs in documents of one segment, which come in rising order."""

    def __init__(self, scope: SegmentScope, numbers: Ints) -> None:
        self._scope = scope
        self._numbers = numbers
        self._starts, self._ends = scope.bounds(numbers)
        self._known: dict[tuple[frozenset[str], ...], Ints] = {}

    def times(self, pair: Pair) -> Floats:
        """Return how often a pair stands in each document, weighted by field."""
        first, second = self._places(pair.first), self._places(pair.second)
        if not (first.size and second.size):
            return np.zeros(self._starts.size)
        following = first + np.int32(1)
        place = second.searchsorted(following)
        together = first[second.take(place, mode="clip") == following]
        owners, fields = np.divmod(self._scope.field_of(together), FIELD_COUNT)
        weights, owner = FIELD_WEIGHTS[fields], self._numbers.searchsorted(owners)
        return np.bincount(owner, weights, self._starts.size).astype(np.float64)

    def _places(self, leaf: TextLeaf) -> Ints:
        known = self._known.get(leaf.steps)
        if known is None:
            words = self._scope.views[leaf.view]
            found = [self._within(words, form) for form in sorted(leaf.steps[0])]
            there = [places for places in found if places.size]
            known = there[0] if len(there) == 1 else unique(np.concatenate([NOWHERE, *there]))
            self._known[leaf.steps] = known
        return known

    def _within(self, words: Words, form: str) -> Ints:
        """Return where a form stands in the documents."""
        word = words.find(form.encode())
        if word < 0:
            return NOWHERE
        places = words.places(word)
        return places[ranges(places.searchsorted(self._starts), places.searchsorted(self._ends))]
