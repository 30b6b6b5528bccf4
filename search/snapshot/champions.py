"""Champions: which documents of one list may be among its best, told by frequencies alone.

In:  how often something stands in each document of a list; how many documents are wanted.
Out: places in the list, rising; all that score no less than the last of the best are among them.

A score rises with the frequency and falls with the length. So a look at the documents with the
highest frequencies tells what the best have at least, and none has that whose frequency would not
do even if there was no other word in it. For the other documents, which are most of a frequent
word's, nothing is worked out.
"""

from __future__ import annotations

import math
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from search.snapshot.places import numbers_of
from search.snapshot.ranking import Floats

_READ, _LEAST_READ = 2, 512  # of those with the highest frequencies: times as many as are wanted
_SPARED = 4  # times as many there must be for it to be worth the while
_GUESSED = 32  # one in so many is looked at first
_ROUNDING = 1e-9  # of a score

Places = NDArray[np.intp]


class Frequent(Protocol):
    """A list whose documents can be told by how often something stands in them."""

    def frequent(self, count: int) -> Places | None:
        """Return so many documents or some more, those with the highest frequencies."""

    def reaching(self, least: float) -> Places:
        """Return all documents that may score so much, as far as their frequencies tell."""

    def scores_at(self, places: Places) -> Floats:
        """Return the scores of the documents at some places of the list."""


def champions(part: Frequent, count: int) -> tuple[Places, Floats] | None:
    """Return documents among which the `count` best are, with their scores; None where all may be.

    All that have as much as the last of these are among them.
    """
    places = part.frequent(count)
    if places is None:
        return None
    scores = part.scores_at(places)
    least = float(np.partition(scores, scores.size - count)[scores.size - count])
    others = part.reaching(least)
    if others.size > places.size:
        places, scores = others, part.scores_at(others)
    good = (scores >= least).nonzero()[0]
    return places.take(good), scores.take(good)


def most_frequent(times: NDArray[Any], count: int) -> Places | None:
    """Return where the highest frequencies stand: so many at least; None where most would do.

    How high they are is guessed from a few. Of equal ones all are taken.
    """
    wanted = max(_READ * count, _LEAST_READ)
    if not 0 < wanted * _SPARED <= times.size:
        return None
    few = np.sort(times[::_GUESSED])
    there = times >= few[-1 - wanted // _GUESSED]
    found = np.count_nonzero(there)
    return numbers_of(there) if count <= found < times.size // 2 else None


def at_least(times: NDArray[Any], share: float, norm: float) -> Places:
    """Return where frequencies stand that give such a share of the highest score with a norm."""
    share *= 1 - _ROUNDING
    least = share * norm / (1 - share)
    return numbers_of(times >= (math.ceil(least) if times.dtype.kind == "u" else least))
