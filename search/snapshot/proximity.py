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

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.linguistics.word_lists import negations
from search.query_plan import TextLeaf
from search.snapshot.counting import count_fields
from search.snapshot.fields import FIELD_COUNT, FIELD_WEIGHTS
from search.snapshot.gathering import Ints, Mask
from search.snapshot.neighbours import ONE, Listed, place_count, places_of, side_by_side, stands
from search.snapshot.places import NOWHERE, among, ranges
from search.snapshot.ranking import Floats, impacts, inverse_document_frequency
from search.snapshot.segment import SegmentScope
from search.snapshot.view import CollectionView
from search.sought_words import NEGATED_ROOM

PAIR_WEIGHT = 0.15
NEGATED_WEIGHT = 0.5
_ENTRY_BYTES = 500  # that remembering a pair takes beside its documents
_NEGATION = TextLeaf("not", "exact", (negations(),))


class Pair(NamedTuple):
    """Neighbours in a question, and how telling they are; `listed` where they stand, if known."""

    first: TextLeaf
    second: TextLeaf
    idf: float
    weight: float
    room: int = 0  # words that may stand between
    listed: Listed | None = None

    @property
    def most(self) -> float:
        """Return what no document gains more than, as far as that is known."""
        return self.weight * self.idf * self.listed.most if self.listed else math.inf


def find_pairs(view: CollectionView, words: Sequence[TextLeaf]) -> list[Pair]:
    """Return the pairs of a question, but those that are known to stand nowhere."""
    found = [(*pair, _listed(view, *pair)) for pair in pairwise(words)]
    pairs = [
        Pair(first, second, _mean_idf(view, first, second), PAIR_WEIGHT, listed=listed)
        for first, second, listed in found
        if listed is None or listed.documents.size
    ]
    pairs += [
        Pair(_NEGATION, word, _mean_idf(view, word), NEGATED_WEIGHT, NEGATED_ROOM)
        for word in words
        if word.is_negated
    ]
    return pairs


def _mean_idf(view: CollectionView, *words: TextLeaf) -> float:
    telling = [inverse_document_frequency(view.count, view.matches(word).count) for word in words]
    return sum(telling) / len(telling)


def _listed(view: CollectionView, first: TextLeaf, second: TextLeaf) -> Listed | None:
    """Return where a pair stands; None where it stands in too many places to list."""
    key = first.steps, second.steps
    known = view.pairs.get(key)
    if known is None:
        known = _list(view, first, second)
        view.pairs.put(key, known, _size_bytes(known))
    return known[0]


def _list(view: CollectionView, first: TextLeaf, second: TextLeaf) -> tuple[Listed | None]:
    parts = [(part.scope, side_by_side(part.scope, first, second)) for _, part in view.parts]
    counted = [count_fields(scope.field_of(p)) for scope, p in parts if p is not None]
    if len(counted) < len(parts):
        return (None,)
    documents, times = view.put_together(counted)
    most = float(impacts(times, view.norms.take(documents)).max(initial=0.0))
    return (Listed(documents, times, most),)


def _size_bytes(known: tuple[Listed | None]) -> int:
    (listed,) = known
    return _ENTRY_BYTES + (listed.documents.nbytes + listed.times.nbytes if listed else 0)


def pair_scores(view: CollectionView, pairs: Sequence[Pair], documents: Ints) -> Floats | None:
    """Return what pairs add to the scores of some documents; None where no pair stands in any."""
    gained: Floats | None = None
    for pair, times in zip(pairs, pair_times(view, pairs, documents), strict=True):
        if times is not None:
            own = pair.weight * pair.idf * impacts(times, view.norms.take(documents))
            gained = own if gained is None else gained + own
    return gained


def pair_times(
    view: CollectionView, pairs: Sequence[Pair], documents: Ints
) -> Sequence[Floats | None]:
    """Return how often each pair stands in some documents, weighted by field; None for never."""
    found = [_times_in(pair.listed, documents) if pair.listed else None for pair in pairs]
    unlisted = [number for number, pair in enumerate(pairs) if pair.listed is None]
    for scope, places, numbers in view.in_segments(documents) if unlisted else ():
        counter = _Counter(scope, numbers)
        for number in unlisted:
            own = counter.times(pairs[number])
            if own is not None:
                times = found[number]
                times = found[number] = np.zeros(documents.size) if times is None else times
                times[places] = own
    return found


def _times_in(listed: Listed, documents: Ints) -> Floats | None:
    there = among(listed.documents, documents).nonzero()[0]
    if not there.size:
        return None
    times = np.zeros(documents.size)
    times[there] = listed.times.take(listed.documents.searchsorted(documents.take(there)))
    return times


class _Counter:
    """Counts pairs in documents of one segment."""

    def __init__(self, scope: SegmentScope, numbers: Ints) -> None:
        self._scope = scope
        self._count = numbers.size
        self._bounds = np.concatenate(scope.bounds(numbers))
        self._known: dict[tuple[frozenset[str], ...], Sequence[Ints]] = {}

    def times(self, pair: Pair) -> Floats | None:
        """Return how often a pair stands in each document, weighted by field; None for never.

        The places of its rarer word are looked beside.
        """
        first, second = self._places(pair.first), self._places(pair.second)
        if pair.room or place_count(second) < place_count(first):
            here, owners = self._within(second)
            good = self._follows(first, here, pair.room)
        else:
            here, owners = self._within(first)
            good = stands(second, here + ONE)
        at = good.nonzero()[0]
        return self._weighed(here.take(at), owners.take(at)) if at.size else None

    def _follows(self, forms: Sequence[Ints], addresses: Ints, room: int) -> Mask:
        """Tell which of some addresses a form stands right before, or so many words before."""
        if not room:
            return stands(forms, addresses - ONE)
        found = np.zeros(addresses.size, np.bool_)
        stretches = self._scope.stretch_of(addresses)
        for places in forms:
            place = places.searchsorted(addresses) - 1
            before = places.take(place, mode="clip")
            near = (place >= 0) & (addresses - before <= room + 1)
            found |= near & (self._scope.stretch_of(before) == stretches)
        return found

    def _weighed(self, addresses: Ints, owners: NDArray[np.intp]) -> Floats:
        """Return for each document the weights of the fields that its addresses stand in."""
        weights = FIELD_WEIGHTS[self._scope.stretch_of(addresses) % FIELD_COUNT]
        if self._scope.has_cases:
            weights = np.where(self._scope.counting(addresses), weights, 0.0)
        return np.bincount(owners, weights, self._count).astype(np.float64)

    def _within(self, forms: Sequence[Ints]) -> tuple[Ints, NDArray[np.intp]]:
        """Return where any of some forms stands in the documents, each place once, and in which."""
        here, owners = [NOWHERE], [np.empty(0, np.intp)]
        for places in forms:
            edges = places.searchsorted(self._bounds)
            starts, ends = edges[: self._count], edges[self._count :]
            here.append(places.take(ranges(starts, ends)))
            owners.append(np.repeat(np.arange(self._count), ends - starts))
        if len(forms) == 1:
            return here[1], owners[1]
        found, first = np.unique(np.concatenate(here), return_index=True)
        return found, np.concatenate(owners)[first]

    def _places(self, leaf: TextLeaf) -> Sequence[Ints]:
        """Return where the forms of a word stand, each by itself."""
        known = self._known.get(leaf.steps)
        if known is None:
            known = self._known[leaf.steps] = places_of(self._scope, leaf)
        return known
