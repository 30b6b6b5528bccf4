"""Matching: a plan → the documents that match it, with their scores.

In:  a view, the plan, and how wanted clauses are matched (all, any).
Out: documents in rising order and their scores. The words that a document lacks, by name.

Excluded groups exclude what has all of their words, whatever the matching, so that widening a
search never takes a document away.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from search.engine import Match
from search.query_boosts import NO_BOOST
from search.query_plan import Around, Branch, FacetLeaf, PlanNode, TextLeaf
from search.snapshot.gathering import Documents, Mask
from search.snapshot.joining import intersection, union
from search.snapshot.places import numbers_of
from search.snapshot.postings import Boosted, Narrowed, Postings
from search.snapshot.view import CollectionView

_FEW = 1_000  # documents that are looked up one by one


class Matcher:
    """Matches one plan; remembers what each node of it matched."""

    def __init__(self, view: CollectionView, match: Match) -> None:
        self._view = view
        self.match = match
        self.cut: dict[str, None] = {}  # leaves that stand for more words than were looked up
        self._known: dict[tuple[int, Match], Postings] = {}

    def found(self, node: PlanNode, match: Match | None = None) -> Postings:
        """Return the documents that match a node; facets score nothing."""
        match = match or self.match
        if isinstance(node, TextLeaf) and node.is_word and node.boost == NO_BOOST:
            return self._view.matches(node)  # which remembers it
        key = (id(node), match)  # the plan lives as long as its matcher
        known = self._known.get(key)
        if known is None:
            known = self._branch(node, match) if isinstance(node, Branch) else self._compute(node)
            if isinstance(node, TextLeaf | Branch) and node.boost != NO_BOOST:
                known = Boosted(known, node.boost)
            self._known[key] = known
        return known

    def missing(self, node: PlanNode, documents: Documents) -> list[dict[str, None]]:
        """Return, for each of some documents, the texts of the wanted clauses that it lacks."""
        lacking: list[dict[str, None]] = [{} for _ in range(documents.size)]
        self._note_missing(node, documents, lacking)
        return lacking

    def _note_missing(
        self, node: PlanNode, documents: Documents, lacking: list[dict[str, None]]
    ) -> None:
        if not isinstance(node, Branch):
            _note(node.text, self.found(node).has(documents), lacking)
            return
        for clause in (*node.must, *node.wanted):
            self._note_missing(clause, documents, lacking)
        if node.either:
            any_arm = [self.found(arm).has(documents) for arm in node.either]
            text = " OR ".join([arm.text for arm in node.either])
            _note(text, np.logical_or.reduce(any_arm), lacking)

    def _compute(self, node: TextLeaf | FacetLeaf | Around) -> Postings:
        if isinstance(node, FacetLeaf):
            return Postings(numbers_of(self._view.column(node.field).matching(node)))
        if isinstance(node, Around):
            return self._around(node)
        found = self._view.matches(node)
        if found.is_cut:
            self.cut.setdefault(node.text)
        return found

    def _around(self, node: Around) -> Postings:
        """Match the documents in a case, or those with a section, that has all of something."""
        other = self._view.beside(node.scope)
        matcher = Matcher(other, "all")
        found = matcher.found(node.inner).documents
        self.cut |= matcher.cut
        return Postings(self._view.around(found, node.scope))

    def _branch(self, node: Branch, match: Match) -> Postings:
        size = self._view.size
        required = [self.found(inner, match) for inner in node.must]
        wanted = [self.found(inner, match) for inner in node.wanted]
        if match == "all":
            required += wanted
        elif wanted:
            required.append(union(wanted, size))
        if node.either:
            required.append(union([self.found(arm, match) for arm in node.either], size))
        found = intersection(required, size) if required else Postings(self._view.everything)
        for inner in node.excluded:
            found = self._without(found, self.found(inner, "all"))
        return found

    def _without(self, found: Postings, excluded: Postings) -> Postings:
        if not (found.count and excluded.count):
            return found
        if found.count < _FEW:
            return found.passing(lambda these: ~excluded.has(these), self._view.order)
        row = excluded.row()
        if row is None:
            lacks = np.ones(self._view.size, np.bool_)
            lacks[excluded.documents.astype(np.intp)] = False
        else:
            lacks = np.equal(row, 0)
        left = found.within(lacks, self._view.order)
        if isinstance(left, Narrowed):
            left.failing = partial(intersection, (found, excluded), self._view.size)
        return left


def _note(text: str, has: Mask, lacking: list[dict[str, None]]) -> None:
    if has.all():
        return
    for place in np.flatnonzero(~has).tolist():
        lacking[place][text] = None
