"""Pruning: which documents of several lists may be among the best, their scores added up.

In:  lists of which the best documents are known; how many documents are wanted.
Out: documents among which the best are, in rising order; None where all may be.

Of the best documents of all lists so many have `least` in all, so that no list matters whose best
score, and those of all more frequent ones, do not add up to that. A document is looked for in the
rarest list that has it; from there on it is enough to know in which others it stands.
Source: Turtle & Flood (1995), MaxScore.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from search.snapshot.gathering import Documents, Ints
from search.snapshot.places import unique
from search.snapshot.postings import Postings
from search.snapshot.ranking import Floats
from search.snapshot.terms import MOST_SCORED

_READ = 4  # times as many as are wanted, of the best documents of each list
_ROUNDING = 1e-9  # of a sum


class _List(NamedTuple):
    """A list, its best documents as far as they are known, and their scores."""

    part: Postings
    documents: Documents
    scores: Floats

    @property
    def best(self) -> float:
        return float(self.scores[0])

    def known_to(self, least: float, order: Ints | None) -> Documents | None:
        """Return the documents that have so much; None where they are not known so far down."""
        documents, scores = self.documents, self.scores
        if scores[-1] >= least and (first := self.part.best(order)):
            documents, scores = first
        is_known = scores[-1] < least or documents.size == self.part.count
        return documents[scores >= least] if is_known else None


def likely(
    whole: Postings, parts: Sequence[Postings], count: int, order: Ints | None, margin: float = 0.0
) -> Documents | None:
    """Return documents of a union of some parts among which the `count` best are.

    With a margin, also those that score so much less than these.
    """
    found = [(part, part.best(order, _READ * count)) for part in parts]
    lists = [_List(part, *first) for part, first in found if first is not None and first[0].size]
    if count <= 0 or len(lists) < len(parts):
        return None
    least = _least(whole, lists, count)
    return None if least is None else _reaching(sorted(lists, key=_count), least - margin, order)


def _least(whole: Postings, lists: Sequence[_List], count: int) -> float | None:
    """Return what `count` documents have at least; None where too few are known."""
    known = unique(np.concatenate([each.documents[: _READ * count] for each in lists]))
    if known.size < count:
        return None
    return float(-np.partition(-whole.scores_of(known), count - 1)[count - 1])


def _reaching(lists: Sequence[_List], least: float, order: Ints | None) -> Documents | None:
    """Return the documents that may have so much in all lists, which come by rising length."""
    rests = [*accumulate([each.best for each in lists[::-1]], initial=0.0)][::-1]
    least -= _ROUNDING * rests[0]
    found: list[Documents] = []
    for place, (each, rest) in enumerate(zip(lists, rests[1:], strict=True)):
        if each.best + rest < least:
            continue
        known = each.known_to(least - rest, order)
        if known is not None:
            found.append(known)
        elif place + 1 == len(lists):
            return None
        else:
            found.append(_joined(each, lists[place + 1 :], least))
    return unique(np.concatenate(found))


def _joined(each: _List, others: Sequence[_List], least: float) -> Documents:
    """Return the documents of a list that may have so much, by the others that they stand in."""
    documents = each.part.documents
    is_short = documents.size <= MOST_SCORED
    most = each.part.scores().copy() if is_short else np.full(documents.size, each.best)
    for other in others:
        most += other.part.has(documents) * other.best
    good = most >= least
    documents = documents.compress(good)
    if documents.size <= MOST_SCORED or is_short:
        return documents
    own = each.part.scores_of(documents)
    return documents.compress(most.compress(good) - each.best + own >= least)


def _count(each: _List) -> int:
    return each.part.count
