"""Explaining: a document that was found → what its score is made of.

In:  a view, a matcher and its plan, what the first hits were looked at for; a document.
Out: an `Explanation` whose lines add up to the score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from search.analysis import View
from search.explanation import Explanation, Kind, Line
from search.query_boosts import NO_BOOST
from search.query_plan import Branch, PlanNode, TextLeaf
from search.snapshot.feedback import term_times
from search.snapshot.fields import FIELD_COUNT, FIELD_NUMBERS, FIELD_WEIGHTS
from search.snapshot.matching import Matcher
from search.snapshot.places import find_places, read_steps
from search.snapshot.proximity import pair_times
from search.snapshot.ranking import EXACT_BONUS, MARKED_SHARE, inverse_document_frequency
from search.snapshot.reranking import Closer
from search.snapshot.view import CollectionView, as_marked


def explain(
    view: CollectionView, matcher: Matcher, plan: Branch, closer: Closer, document: int
) -> Explanation:
    """Explain the score of a document."""
    found = _Document(view, document)
    lines = [*_leaf_lines(found, matcher, plan), *_closer_lines(found, closer)]
    counted = tuple(line for line in lines if line.frequency)
    return Explanation(found.length, view.average, found.norm, counted)


class _Document:
    """A document, in its segment."""

    def __init__(self, view: CollectionView, document: int) -> None:
        self.view = view
        self.number = np.array([document], np.int32)
        ((self.scope, _, own),) = view.in_segments(self.number)
        self.norm = float(view.norms[document])
        self.length = int(self.scope.lengths[own[0]])
        (self._start,), (self._end,) = self.scope.bounds(own)

    def times(
        self, leaf: TextLeaf, view: View, steps: Sequence[frozenset[str]]
    ) -> NDArray[np.intp]:
        """Return how often a leaf, read as these steps of a view, stands in each field."""
        read = read_steps(self.scope.views[view], leaf, steps)
        places = find_places(self.scope, leaf, view, read)
        inside = places[places.searchsorted(self._start) : places.searchsorted(self._end)]
        fields = self.scope.field_of(inside) % FIELD_COUNT
        return np.bincount(fields, minlength=FIELD_COUNT)

    def score(self, frequency: float, idf: float, weight: float) -> float:
        """Return what something counts that stands here so often."""
        return weight * idf * frequency / (frequency + self.norm)


def _leaf_lines(
    found: _Document, matcher: Matcher, node: PlanNode, boost: float = NO_BOOST
) -> Iterator[Line]:
    """Yield a line for everything in a plan that counts in the document."""
    if not matcher.found(node).has(found.number)[0]:
        return
    if isinstance(node, Branch):
        for inner in (*node.must, *node.wanted, *node.either):
            yield from _leaf_lines(found, matcher, inner, boost * node.boost)
    elif isinstance(node, TextLeaf):
        boost *= node.boost
        if node.marked and found.view.read_as(*as_marked(node)).count:
            yield _leaf_line(
                found, *as_marked(node), "marks", boost * MARKED_SHARE * (1 + EXACT_BONUS)
            )
            boost *= 1 - MARKED_SHARE
        is_word = node.view == "stem" and len(node.steps) == 1
        kind: Kind = "word" if is_word else "phrase"
        yield _leaf_line(found, node, node.view, node.steps, kind, boost)
        if node.view == "stem":
            typed = [frozenset((form,)) for form in node.typed]
            yield _leaf_line(found, node, "exact", typed, "form", boost * EXACT_BONUS)


def _leaf_line(
    found: _Document,
    leaf: TextLeaf,
    view: View,
    steps: Sequence[frozenset[str]],
    kind: Kind,
    weight: float,
) -> Line:
    times = found.times(leaf, view, steps)
    having = found.view.read_as(leaf, view, steps).count
    idf = inverse_document_frequency(found.view.count, having)
    frequency = float(times @ FIELD_WEIGHTS)
    fields = {name: int(times[number]) for name, number in FIELD_NUMBERS.items() if times[number]}
    score = found.score(frequency, idf, weight)
    return Line(kind, leaf.text, fields, frequency, having, idf, weight, score)


def _closer_lines(found: _Document, closer: Closer) -> Iterator[Line]:
    """Yield a line for what the first hits were looked at for."""
    for pair, times in zip(
        closer.pairs, pair_times(found.view, closer.pairs, found.number), strict=True
    ):
        frequency = 0.0 if times is None else float(times[0])
        score = found.score(frequency, pair.idf, pair.weight)
        text = f"{pair.first.text} {pair.second.text}"
        yield Line("pair", text, {}, frequency, 0, pair.idf, pair.weight, score)
    for term, times in zip(
        closer.terms, term_times(found.view, closer.terms, found.number)[0], strict=True
    ):
        frequency, weight = float(times), closer.weight * term.weight
        score = found.score(frequency, term.idf, weight)
        yield Line("feedback", term.form, {}, frequency, term.having, term.idf, weight, score)
