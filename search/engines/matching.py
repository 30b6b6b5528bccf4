"""Matching: a plan → the documents that match it, with their scores.

In:  a view of an index, the plan, and how wanted clauses are matched (all, any).
Out: document number → score. The words that a document lacks, by name.

Excluded groups exclude what has all of their words, whatever the matching, so that widening a
search never takes a document away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.analysis import View
from search.engine import Match
from search.engines.index_view import FIELD_BITS, FIELD_NUMBERS, IndexView, first_position
from search.engines.ranking import EXACT_BONUS, bm25, weighted_frequency
from search.query_plan import Branch, FacetLeaf, PlanNode, TextLeaf
from search.sequences import find_sequences

Scores = Mapping[int, float]


class Matcher:
    """Matches one plan; remembers what each node of it matched."""

    def __init__(self, index: IndexView, match: Match) -> None:
        self._index = index
        self._match = match
        self._known: dict[tuple[PlanNode, Match], Scores] = {}

    def scores(self, node: PlanNode) -> Scores:
        """Return the documents that match a node and their scores; facets score nothing."""
        return self._scores(node, self._match)

    def missing(self, node: PlanNode, number: int) -> Iterator[str]:
        """Yield the texts of the wanted clauses that a document does not match."""
        if isinstance(node, Branch):
            for clause in (*node.must, *node.wanted):
                yield from self.missing(clause, number)
            if node.either and not any(number in self.scores(arm) for arm in node.either):
                yield " OR ".join(arm.text for arm in node.either)
        elif number not in self.scores(node):
            yield node.text

    def _scores(self, node: PlanNode, match: Match) -> Scores:
        key = (node, match)
        if key not in self._known:
            self._known[key] = self._compute(node, match)
        return self._known[key]

    def _compute(self, node: PlanNode, match: Match) -> Scores:
        match node:
            case TextLeaf():
                return leaf_scores(self._index, node)
            case FacetLeaf():
                column = self._index.columns.facets.get(node.field)
                return dict.fromkeys(column.matching(node) if column else (), 0.0)
            case Branch():
                return self._branch(node, match)

    def _branch(self, node: Branch, match: Match) -> Scores:
        wanted = [self._scores(inner, match) for inner in node.wanted]
        required = [self._scores(inner, match) for inner in node.must]
        if match == "all":
            required += wanted
        elif wanted:
            required.append(_union(wanted))
        if node.either:
            required.append(_union([self._scores(arm, match) for arm in node.either]))
        found = _intersection(required) if required else self._everything()
        excluded = [self._scores(inner, "all") for inner in node.excluded]
        if not excluded:
            return found
        return {n: s for n, s in found.items() if not any(n in scores for scores in excluded)}

    def _everything(self) -> Scores:
        return dict.fromkeys(range(len(self._index.columns.ids)), 0.0)


def _union(parts: Sequence[Scores]) -> Scores:
    if len(parts) == 1:
        return parts[0]
    total = dict(parts[0])
    for scores in parts[1:]:
        for number, score in scores.items():
            total[number] = total.get(number, 0.0) + score
    return total


def _intersection(parts: Sequence[Scores]) -> Scores:
    """Return the documents in all parts; their scores are added in the order of the parts."""
    if len(parts) == 1:
        return parts[0]
    smallest = min(parts, key=len)
    numbers: Iterable[int] = smallest
    for scores in parts:
        if scores is not smallest:
            numbers = [number for number in numbers if number in scores]
    return {number: sum(scores[number] for scores in parts) for number in numbers}


def leaf_scores(index: IndexView, leaf: TextLeaf) -> Scores:
    """Return the documents that one leaf matches and their scores."""
    norms = index.columns.norms
    scores = bm25(_frequencies(index, leaf, leaf.view, leaf.steps), norms)
    if leaf.view == "stem":
        typed = tuple(frozenset((form,)) for form in leaf.typed)
        bonus = bm25(_frequencies(index, leaf, "exact", typed), norms, weight=EXACT_BONUS)
        scores = {number: score + bonus.get(number, 0.0) for number, score in scores.items()}
    return scores


def _frequencies(
    index: IndexView, leaf: TextLeaf, view: View, steps: tuple[frozenset[str], ...]
) -> dict[int, float]:
    """Return how often a leaf matches in each document: the first positions of its matches."""
    last = len(steps) - 1
    columns = [
        _positions(index, view, step, leaf.is_prefix and number == last)
        for number, step in enumerate(steps)
    ]
    found = columns[0] if last == 0 else _sequences(columns, leaf.slop)
    if leaf.whole and view == leaf.view:
        found = _merged([found, _positions(index, view, leaf.whole, leaf.is_prefix)])
    if leaf.field:
        found = _within(found, leaf.field)
    return {number: weighted_frequency(positions) for number, positions in found.items()}


Positions = Mapping[int, Sequence[int]]


def _positions(index: IndexView, view: View, forms: frozenset[str], is_prefix: bool) -> Positions:  # noqa: FBT001
    if is_prefix:
        forms = frozenset(form for start in forms for form in index.forms_beginning(view, start))
    lists = [positions for form in sorted(forms) if (positions := index.postings(view, form))]
    return _merged(lists)


def _merged(lists: Sequence[Positions]) -> Positions:
    """Return where any of several things stands."""
    if len(lists) < 2:  # noqa: PLR2004 - nothing to merge
        return lists[0] if lists else {}
    merged: dict[int, Sequence[int]] = dict(lists[0])
    shared: dict[int, set[int]] = {}
    for positions in lists[1:]:
        for number, places in positions.items():
            if number in shared:
                shared[number].update(places)
            elif number in merged:
                shared[number] = {*merged[number], *places}
            else:
                merged[number] = places
    merged.update((number, sorted(places)) for number, places in shared.items())
    return merged


def _sequences(columns: Sequence[Positions], slop: int) -> Positions:
    smallest = min(columns, key=len)
    numbers = [n for n in smallest if all(n in column for column in columns)]
    found: dict[int, Sequence[int]] = {}
    for number in numbers:
        steps = [column[number] for column in columns]
        if starts := [first for first, _ in find_sequences(steps, slop)]:
            found[number] = starts
    return found


def _within(found: Positions, field: str) -> Positions:
    low = first_position(field) if field in FIELD_NUMBERS else -1
    high = low + (1 << FIELD_BITS)
    inside = {n: [p for p in places if low <= p < high] for n, places in found.items()}
    return {number: places for number, places in inside.items() if places}
