"""Neighbours: where two words stand side by side in a segment.

In:  a segment's scope; two words of a plan.
Out: the addresses of the first, in rising order, each once; None where listing them takes too long.

A word of few places is looked beside. Of two with many the forms are looked up in the order of the
words behind words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.query_plan import TextLeaf
from search.snapshot.gathering import Documents, Ints, Mask
from search.snapshot.places import NOWHERE, among, unique
from search.snapshot.segment import SegmentScope


class Listed(NamedTuple):
    """The documents that a pair stands in, how often, and what BM25 makes of it at most."""

    documents: Documents
    times: NDArray[Any]
    most: float


ONE = np.int32(1)
_FEW = 512  # places that are looked beside
_MOST_LISTED = 2_048  # places that a pair may have


def side_by_side(scope: SegmentScope, first: TextLeaf, second: TextLeaf) -> Ints | None:
    """Return where a word stands that another follows."""
    here, there = places_of(scope, first), places_of(scope, second)
    sizes = place_count(here), place_count(there)
    if not min(sizes):
        return NOWHERE
    if min(sizes) > _FEW:
        starts = _in_order(scope, first, second)
        if starts is None:
            return None
        return starts[stands(here, starts) & stands(there, starts + ONE)]
    if sizes[0] <= sizes[1]:
        starts = unique(np.concatenate(here))
        return starts[stands(there, starts + ONE)]
    starts = unique(np.concatenate(there)) - ONE
    return starts[stands(here, starts)]


def places_of(scope: SegmentScope, leaf: TextLeaf) -> Sequence[Ints]:
    """Return where the forms of a word stand, each by itself."""
    words = scope.views[leaf.view]
    return [words.places(word) for word in words.numbers(leaf.steps[0])]


def place_count(forms: Sequence[Ints]) -> int:
    """Return how often some forms stand anywhere."""
    return sum([places.size for places in forms])


def stands(forms: Sequence[Ints], addresses: Ints) -> Mask:
    """Tell at which addresses any of some forms stands."""
    found = [among(places, addresses) for places in forms if places.size]
    if len(found) == 1:
        return found[0]
    there: Mask = np.logical_or.reduce(found) if found else np.zeros(addresses.size, np.bool_)
    return there


def _in_order(scope: SegmentScope, first: TextLeaf, second: TextLeaf) -> Ints | None:
    """Return where any form of a word stands and something between two forms of another follows."""
    behind = _forms(scope, second)
    words = scope.views["exact"]
    found = [
        words.places_before_any(form, int(behind[0]), int(behind[-1]))
        for form in _forms(scope, first).tolist()
    ]
    return unique(np.concatenate(found)) if place_count(found) <= _MOST_LISTED else None


def _forms(scope: SegmentScope, leaf: TextLeaf) -> Ints:
    """Return the words that the array of words by address has where a word stands."""
    stems = scope.views["stem"]
    return unique(np.concatenate(list(map(stems.forms_of, stems.numbers(leaf.steps[0])))))
