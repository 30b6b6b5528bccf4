"""Matching: a plan → the documents that match it, with their scores.

In:  a view, the plan, and how wanted clauses are matched (all, any).
Out: documents in rising order and their scores. The words that a document lacks, by name.

Excluded groups exclude what has all of their words, whatever the matching, so that widening a
search never takes a document away.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from search.engine import Match
from search.query_plan import Branch, FacetLeaf, PlanNode, TextLeaf
from search.snapshot.gathering import Ints, Mask
from search.snapshot.postings import Postings
from search.snapshot.scratch import summed
from search.snapshot.view import CollectionView


class Matcher:
    """Matches one plan; remembers what each node of it matched."""

    def __init__(self, view: CollectionView, match: Match) -> None:
        self._view = view
        self._match = match
        self.cut: dict[str, None] = {}  # leaves that stand for more words than were looked up
        self._known: dict[tuple[int, Match], Postings] = {}

    def found(self, node: PlanNode) -> Postings:
        """Return the documents that match a node; facets score nothing."""
        return self._found(node, self._match)

    def missing(self, node: PlanNode, documents: Ints) -> list[dict[str, None]]:
        """Return, for each of some documents, the texts of the wanted clauses that it lacks."""
        lacking: list[dict[str, None]] = [{} for _ in range(documents.size)]
        self._note_missing(node, documents, lacking)
        return lacking

    def _note_missing(
        self, node: PlanNode, documents: Ints, lacking: list[dict[str, None]]
    ) -> None:
        if not isinstance(node, Branch):
            _note(node.text, self._has(node, documents), lacking)
            return
        for clause in (*node.must, *node.wanted):
            self._note_missing(clause, documents, lacking)
        if node.either:
            any_arm = [self._has(arm, documents) for arm in node.either]
            text = " OR ".join(arm.text for arm in node.either)
            _note(text, np.logical_or.reduce(any_arm), lacking)

    def _has(self, node: PlanNode, documents: Ints) -> Mask:
        return self.found(node).has(documents, self._view.size)

    def _found(self, node: PlanNode, match: Match) -> Postings:
        key = (id(node), match)  # the plan lives as long as its matcher
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compute(node, match)
        return known

    def _compute(self, node: PlanNode, match: Match) -> Postings:
        match node:
            case TextLeaf():
                found = self._view.matches(node)
                if found.is_cut:
                    self.cut.setdefault(node.text)
                return found
            case FacetLeaf():
                mask = self._view.column(node.field).matching(node)
                return _unscored(np.flatnonzero(mask).astype(np.int32))
            case Branch():
                return self._branch(node, match)

    def _branch(self, node: Branch, match: Match) -> Postings:
        size = self._view.size
        wanted = [self._found(inner, match) for inner in node.wanted]
        required = [self._found(inner, match) for inner in node.must]
        if match == "all":
            required += wanted
        elif wanted:
            required.append(_union(wanted, size))
        if node.either:
            required.append(_union([self._found(arm, match) for arm in node.either], size))
        found = _intersection(required, size) if required else _unscored(self._view.everything)
        for inner in node.excluded:
            excluded = self._found(inner, "all")
            if excluded.documents.size:
                found = found.passing(partial(_lacks, excluded, size), self._view.order)
        return found


def _lacks(excluded: Postings, size: int, documents: Ints) -> Mask:
    return np.logical_not(excluded.has(documents, size))


def _note(text: str, has: Mask, lacking: list[dict[str, None]]) -> None:
    for place in np.flatnonzero(~has).tolist():
        lacking[place][text] = None


def _unscored(documents: Ints) -> Postings:
    return Postings(documents, np.zeros(documents.size))


def _union(parts: Sequence[Postings], size: int) -> Postings:
    """Return the documents in any part; scores are added in the order of the parts."""
    if len(parts) == 1:
        return parts[0]
    pairs = [(part.documents, part.scores) for part in parts]
    return Postings(*summed(pairs, size, each_once=True))


def _intersection(parts: Sequence[Postings], size: int) -> Postings:
    """Return the documents in all parts; their scores are added in the order of the parts."""
    if len(parts) == 1:
        return parts[0]
    rarest, *others = sorted(parts, key=lambda part: part.documents.size)
    documents = rarest.documents
    for part in others:
        documents = documents[part.has(documents, size)]
    scores = np.zeros(documents.size)
    for part in parts:
        scores += part.scores_of(documents)
    return Postings(documents, scores)
