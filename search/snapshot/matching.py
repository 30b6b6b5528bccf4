"""Matching: a plan → the documents that match it, with their scores.

In:  a view, the plan, and how wanted clauses are matched (all, any).
Out: documents in rising order and their scores. The words that a document lacks, by name.

Excluded groups exclude what has all of their words, whatever the matching, so that widening a
search never takes a document away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from search.engine import Match
from search.query_plan import Branch, FacetLeaf, PlanNode, TextLeaf
from search.snapshot.gathering import Ints, Mask
from search.snapshot.ranking import EXACT_BONUS, Floats, inverse_document_frequency
from search.snapshot.view import CollectionView, Postings


class Found(NamedTuple):
    """Documents in rising order, each once, and their scores."""

    documents: Ints
    scores: Floats


class Matcher:
    """Matches one plan; remembers what each node of it matched."""

    def __init__(self, view: CollectionView, match: Match) -> None:
        self._view = view
        self._match = match
        self._known: dict[tuple[int, Match], Found] = {}

    def found(self, node: PlanNode) -> Found:
        """Return the documents that match a node and their scores; facets score nothing."""
        return self._found(node, self._match)

    def missing(self, node: PlanNode, document: int) -> Iterator[str]:
        """Yield the texts of the wanted clauses that a document does not match."""
        if isinstance(node, Branch):
            for clause in (*node.must, *node.wanted):
                yield from self.missing(clause, document)
            if node.either and not any(self._has(arm, document) for arm in node.either):
                yield " OR ".join(arm.text for arm in node.either)
        elif not self._has(node, document):
            yield node.text

    def _has(self, node: PlanNode, document: int) -> bool:
        documents = self.found(node).documents
        place = int(np.searchsorted(documents, document))
        return place < documents.size and bool(documents[place] == document)

    def _found(self, node: PlanNode, match: Match) -> Found:
        key = (id(node), match)  # the plan lives as long as its matcher
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compute(node, match)
        return known

    def _compute(self, node: PlanNode, match: Match) -> Found:
        match node:
            case TextLeaf():
                return leaf_found(self._view, node)
            case FacetLeaf():
                return self._unscored(self._view.column(node.field).matching(node))
            case Branch():
                return self._branch(node, match)

    def _unscored(self, mask: Mask) -> Found:
        documents = np.flatnonzero(mask).astype(np.int32)
        return Found(documents, np.zeros(documents.size))

    def _branch(self, node: Branch, match: Match) -> Found:
        wanted = [self._found(inner, match) for inner in node.wanted]
        required = [self._found(inner, match) for inner in node.must]
        if match == "all":
            required += wanted
        elif wanted:
            required.append(_union(wanted, self._view.size))
        if node.either:
            arms = [self._found(arm, match) for arm in node.either]
            required.append(_union(arms, self._view.size))
        found = _intersection(required) if required else self._everything()
        for inner in node.excluded:
            excluded = self._found(inner, "all").documents
            found = _without(found, excluded)
        return found

    def _everything(self) -> Found:
        documents = self._view.everything
        return Found(documents, np.zeros(documents.size))


def leaf_found(view: CollectionView, leaf: TextLeaf) -> Found:
    """Return the documents that one leaf matches and their scores."""
    postings = _postings(view, leaf, leaf.steps)
    scores = _idf(view, postings) * postings.impacts
    if leaf.view == "stem" and postings.documents.size:
        typed = _typed_postings(view, leaf)
        bonus = (EXACT_BONUS * _idf(view, typed)) * typed.impacts
        _add(scores, postings.documents, typed.documents, bonus)
    return Found(postings.documents, scores)


def _idf(view: CollectionView, postings: Postings) -> float:
    return inverse_document_frequency(view.count, postings.documents.size)


def _postings(view: CollectionView, leaf: TextLeaf, steps: Sequence[frozenset[str]]) -> Postings:
    if len(steps) == 1 and not (leaf.field or leaf.is_prefix or leaf.whole):
        there = [found for form in steps[0] if (found := view.word(leaf.view, form)).documents.size]
        if len(there) < 2:  # noqa: PLR2004 - nothing to put together
            return there[0] if there else view.word(leaf.view, next(iter(steps[0])))
    return view.matches(leaf, leaf.view, steps)


def _typed_postings(view: CollectionView, leaf: TextLeaf) -> Postings:
    if len(leaf.typed) == 1 and not leaf.field:
        return view.word("exact", leaf.typed[0])
    return view.matches(leaf, "exact", [frozenset((form,)) for form in leaf.typed])


def _add(scores: Floats, documents: Ints, others: Ints, more: Floats) -> None:
    """Add what other documents score to these, where they are the same."""
    if others.size == documents.size and np.array_equal(others, documents):
        scores += more
        return
    place = np.searchsorted(documents, others)
    same = np.take(documents, place, mode="clip") == others
    scores[place[same]] += more[same]


def _union(parts: Sequence[Found], size: int) -> Found:
    """Return the documents in any part; scores are added in the order of the parts."""
    if len(parts) == 1:
        return parts[0]
    total = np.zeros(size)
    there = np.zeros(size, np.bool_)
    for part in parts:
        total[part.documents] += part.scores
        there[part.documents] = True
    documents = np.flatnonzero(there).astype(np.int32)
    return Found(documents, total[documents])


def _intersection(parts: Sequence[Found]) -> Found:
    """Return the documents in all parts; their scores are added in the order of the parts."""
    if len(parts) == 1:
        return parts[0]
    rising = sorted(parts, key=lambda part: part.documents.size)
    documents = rising[0].documents
    for part in rising[1:]:
        place = np.searchsorted(part.documents, documents)
        documents = (
            documents[np.take(part.documents, place, mode="clip") == documents]
            if (part.documents.size)
            else part.documents
        )
    scores = np.zeros(documents.size)
    for part in parts:
        scores += part.scores[np.searchsorted(part.documents, documents)]
    return Found(documents, scores)


def _without(found: Found, excluded: Ints) -> Found:
    if not excluded.size:
        return found
    place = np.searchsorted(excluded, found.documents)
    keep = np.take(excluded, place, mode="clip") != found.documents
    return Found(found.documents[keep], found.scores[keep])
