"""Feedback: what the first hits have in common tells more about the question.

In:  a view; the first hits, best first, with their scores.
Out: telling words of the best `READ` of them, with weights that sum to 1; what any document gains
     by these words.

Each hit counts by its score, sharply (`SHARPNESS`), so that the words are mostly those of the very
first; a word counts in it by BM25 and by its idf. Of the `TERMS` weightiest fall those that more
than `COMMON` of all documents have. Words are the forms that stand in the
texts; of a hyphenated word, its parts.
Source: the relevance models RM3 of Lavrenko & Croft (2001) as Anserini has them, here only to
     re-rank; docs/adr/0012-relevance.md has what was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.snapshot.fields import FIELD_COUNT, FIELD_WEIGHTS
from search.snapshot.gathering import Ints
from search.snapshot.places import ranges
from search.snapshot.ranking import Floats, impacts, inverse_document_frequency
from search.snapshot.segment import SegmentScope
from search.snapshot.view import CollectionView

READ = 10
SHARPNESS = 16
TERMS = 100
COMMON = 0.25

_DIGITS = 12  # of weights that are compared: the same sum may come out in two ways


class Term(NamedTuple):
    """A word that the first hits share: its weight, how telling it is, how many have it."""

    form: str
    weight: float
    idf: float
    having: int


def find_terms(view: CollectionView, documents: Ints, scores: Floats) -> list[Term]:
    """Return the words of the first hits that tell most."""
    documents, scores = documents[:READ], scores[:READ]
    shares = (scores / scores[0]) ** SHARPNESS
    found = [
        term
        for form, weight in islice(_weighty_words(view, documents, shares), TERMS)
        if (term := _term(view, form, weight))
    ]
    whole = sum(term.weight for term in found)
    return [term._replace(weight=term.weight / whole) for term in found]


def _term(view: CollectionView, form: str, weight: float) -> Term | None:
    having = view.document_count("exact", form)
    if having >= COMMON * view.count:
        return None
    idf = inverse_document_frequency(view.count, having)
    return Term(form, weight * idf, idf, having)


def _weighty_words(
    view: CollectionView, documents: Ints, shares: Floats
) -> Iterator[tuple[str, float]]:
    """Yield the words of documents with what they weigh, the weightiest first."""
    parts = [
        (scope.views["exact"], *_weights(view, scope, numbers, documents[places], shares[places]))
        for scope, places, numbers in view.in_segments(documents)
    ]
    if len(parts) == 1:  # words are numbered as they are sorted: few need be read
        words, known, weights = parts[0]
        first = np.lexsort((known, -weights.round(_DIGITS)))[:TERMS]
        yield from zip(words.forms(known[first].tolist()), weights[first].tolist(), strict=True)
        return
    found: dict[str, float] = {}
    for words, known, weights in parts:
        for word, weight in zip(known.tolist(), weights.tolist(), strict=True):
            form = words.text(word).decode()
            found[form] = found.get(form, 0.0) + weight
    yield from sorted(found.items(), key=lambda each: (-round(each[1], _DIGITS), each[0]))


def term_scores(view: CollectionView, terms: Sequence[Term], documents: Ints) -> Floats:
    """Return what terms add to the scores of some documents."""
    weights = np.array([term.weight * term.idf for term in terms])
    times = term_times(view, terms, documents)
    gained: Floats = impacts(times, view.norms[documents][:, np.newaxis]) @ weights
    return gained


def term_times(view: CollectionView, terms: Sequence[Term], documents: Ints) -> Floats:
    """Return how often each term stands in each document, weighted by field."""
    found = np.zeros((documents.size, len(terms)))
    for scope, places, numbers in view.in_segments(documents):
        words = scope.views["exact"]
        column = np.full(words.count + 1, -1, np.int16)  # the last is for places without a word
        known = [words.find(term.form.encode()) for term in terms]
        there = [number for number, word in enumerate(known) if word >= 0]
        column[[known[number] for number in there]] = there
        text = _Text(scope, numbers)
        columns = column[text.words]
        kept = np.flatnonzero(columns >= 0)
        cells = text.owners[kept] * len(terms) + columns[kept]
        counted = np.bincount(cells, text.weights(kept), numbers.size * len(terms))
        found[places] = counted.reshape(numbers.size, len(terms))
    return found


class _Text:
    """The words of some documents of a segment, one after another."""

    def __init__(self, scope: SegmentScope, numbers: Ints) -> None:
        starts, ends = scope.bounds(numbers)
        addresses, owners = ranges(starts, ends), np.repeat(np.arange(numbers.size), ends - starts)
        if scope.has_cases:
            kept = scope.counting(addresses)
            addresses, owners = addresses[kept], owners[kept]
        forward = scope.views["exact"].forward
        self._scope, self._addresses, self.owners = scope, addresses, owners
        self.words = np.zeros(0, np.int32) if forward is None else forward[addresses]

    def weights(self, kept: NDArray[np.intp]) -> Floats:
        """Return the weights of the fields that some of the words stand in."""
        fields = self._scope.stretch_of(self._addresses[kept].astype(np.int32))
        found: Floats = FIELD_WEIGHTS[fields % FIELD_COUNT]
        return found


def _weights(
    view: CollectionView, scope: SegmentScope, numbers: Ints, documents: Ints, shares: Floats
) -> tuple[Ints, Floats]:
    """Return the words of some documents of a segment, and what they weigh."""
    count = scope.views["exact"].count
    text = _Text(scope, numbers)
    kept = np.flatnonzero(text.words >= 0)
    keys = text.owners[kept] * count + text.words[kept]
    order = np.argsort(keys, kind="stable")
    steps = np.flatnonzero(np.diff(keys[order], prepend=-1))
    times = np.add.reduceat(text.weights(kept)[order], steps) if steps.size else np.zeros(0)
    owners, words = np.divmod(keys[order][steps], count)
    amounts = impacts(times, view.norms[documents[owners]])
    wholes = np.bincount(owners, amounts, numbers.size)
    amounts *= (shares / np.maximum(wholes, np.finfo(float).tiny))[owners]
    by_word = np.argsort(words, kind="stable")
    steps = np.flatnonzero(np.diff(words[by_word], prepend=-1))
    weights = np.add.reduceat(amounts[by_word], steps) if steps.size else amounts
    return words[by_word][steps], weights
