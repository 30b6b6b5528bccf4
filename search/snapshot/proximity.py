"""Proximity: words that a question has side by side, side by side in a text.

In:  a view; the bare words of a plan in the order typed; some documents.
Out: what each document gains. A pair of neighbouring words is a term of its own: its frequency is
     how often the second stands right behind the first, its idf the mean of theirs (so that no
     document need be looked at but those asked for), its weight `PAIR_WEIGHT`. A word that the
     question negates makes a pair with any negation shortly before it, which counts for more
     (`NEGATED_WEIGHT`): “not registered” is no mere kind of “registered”.
Source: the sequential dependence of Metzler & Croft (2005), ordered pairs alone;
     docs/adr/0012-relevance.md has what it gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from search.linguistics.word_lists import negations
from search.query_plan import NEGATED_ROOM, TextLeaf
from search.snapshot.fields import FIELD_COUNT, FIELD_WEIGHTS
from search.snapshot.gathering import Ints
from search.snapshot.places import NOWHERE, ranges, unique
from search.snapshot.ranking import Floats, impacts, inverse_document_frequency
from search.snapshot.segment import SegmentScope, Words
from search.snapshot.view import CollectionView

PAIR_WEIGHT = 0.15
NEGATED_WEIGHT = 0.5
_NEGATION = TextLeaf("not", "exact", (negations(),))


class Pair(NamedTuple):
    """Neighbours in a question, and how telling they are."""

    first: TextLeaf
    second: TextLeaf
    idf: float
    room: int = 0  # words that may stand between
    weight: float = PAIR_WEIGHT


def find_pairs(view: CollectionView, words: Sequence[TextLeaf]) -> list[Pair]:
    """Return the pairs of a question."""
    telling = [inverse_document_frequency(view.count, view.matches(word).count) for word in words]
    pairs = [
        Pair(first, second, (one + other) / 2)
        for (first, one), (second, other) in pairwise(zip(words, telling, strict=True))
    ]
    pairs += [
        Pair(_NEGATION, word, idf, NEGATED_ROOM, NEGATED_WEIGHT)
        for word, idf in zip(words, telling, strict=True)
        if word.is_negated
    ]
    return pairs


def pair_scores(view: CollectionView, pairs: Sequence[Pair], documents: Ints) -> Floats:
    """Return what pairs add to the scores of some documents."""
    gained = np.zeros(documents.size)
    norms = view.norms[documents]
    for pair, times in zip(pairs, pair_times(view, pairs, documents), strict=True):
        gained += pair.weight * pair.idf * impacts(times, norms)
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
        together = self._behind(first, second, pair.room)
        owners, fields = np.divmod(self._scope.field_of(together), FIELD_COUNT)
        weights, owner = FIELD_WEIGHTS[fields], self._numbers.searchsorted(owners)
        return np.bincount(owner, weights, self._starts.size).astype(np.float64)

    def _behind(self, first: Ints, second: Ints, room: int) -> Ints:
        """Return where the second word stands right behind the first, or so many words on."""
        place = first.searchsorted(second) - 1
        before = first.take(place, mode="clip")
        near = (place >= 0) & (second - before <= room + 1)
        second, before = second[near], before[near]
        if not room:  # neighbours stand in one field
            return second
        stretch = self._scope.stretch_of
        found: Ints = second[stretch(second) == stretch(before)]
        return found

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
