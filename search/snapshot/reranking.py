"""Re-ranking: the first hits of a question in plain words, looked at more closely.

In:  a view, the words of a question (`planned`), its best documents.
Out: the same documents, the first `RERANKED` in a better order: pairs of words count (`proximity`),
     and what the very first have in common (`feedback`).

Both only add to a score: a document looked at stays before all that were not, so that pages follow
one another and nothing is found that the words did not find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.query import Query
from search.query_boosts import NO_BOOST
from search.query_plan import Around, Branch, FacetLeaf, TextLeaf, plan_query
from search.snapshot.feedback import Term, find_terms, term_scores
from search.snapshot.gathering import Documents, Ints
from search.snapshot.postings import Best, Postings
from search.snapshot.proximity import Pair, find_pairs, pair_scores
from search.snapshot.ranking import Floats
from search.snapshot.view import CollectionView

RERANKED = 100
FEW_WORDS = 4  # a question of fewer names what it seeks: nothing is read into it


@dataclass(frozen=True, slots=True)
class Closer:
    """What is looked at beside the words; `weight` is how much the terms count in all."""

    pairs: Sequence[Pair] = ()
    terms: Sequence[Term] = ()
    weight: float = 0.0


NOTHING_CLOSER = Closer()


def ranked_closely(
    view: CollectionView, words: Sequence[TextLeaf], found: Postings, count: int, *, feedback: bool
) -> tuple[Best, Closer]:
    """Return the best documents and their scores, re-ranked, and what was looked at.

    No more than these are ranked if no pair stands anywhere.
    """
    if found.count < 2:  # noqa: PLR2004 - nothing to put before another
        return found.top(count, view.order), NOTHING_CLOSER
    pairs = find_pairs(view, words)
    if feedback and len(words) >= FEW_WORDS <= len({word.steps for word in words}):
        best = found.top(max(count, RERANKED), view.order)
        return _fed_back(view, len(words), pairs, best)
    if not pairs:
        return found.top(count, view.order), NOTHING_CLOSER
    margin = sum([pair.most for pair in pairs])
    best = found.near_top(count, max(count, RERANKED), margin, view.order)
    gained = pair_scores(view, pairs, _first(best))
    if gained is not None:
        best = _in_order(view, best, best[1][:RERANKED] + gained)
    return best, Closer(pairs)


def _fed_back(
    view: CollectionView, words: int, pairs: Sequence[Pair], best: Best
) -> tuple[Best, Closer]:
    """Rank documents by pairs, and then by what the first of them have in common."""
    first, head = _first(best), best[1][:RERANKED]
    gained = pair_scores(view, pairs, first)
    if gained is not None:
        head = head + gained
    order = _order(view, first, head)
    terms = find_terms(view, first[order], head[order])
    if terms:
        head = head + words * term_scores(view, terms, first)
    return _in_order(view, best, head), Closer(pairs, terms, float(words))


def _first(best: Best) -> Ints:
    return best[0][:RERANKED].astype(np.int32)


def _in_order(view: CollectionView, best: Best, head: Floats) -> Best:
    """Put the first documents in the order of other scores."""
    documents, scores = best
    order = _order(view, documents[:RERANKED], head)
    first = documents[order], head[order]
    if documents.size <= RERANKED:
        return first
    return (
        np.concatenate([first[0], documents[RERANKED:]]),
        np.concatenate([first[1], scores[RERANKED:]]),
    )


@lru_cache(maxsize=1024)
def planned(query: Query, languages: frozenset[str]) -> tuple[Branch, Sequence[TextLeaf]]:
    """Return the plan of a question, and its words that are to be looked at more closely.

    There are none in a question with an operator or a phrase, and in one of a single word, unless
    it is negated.
    """
    plan = plan_query(query, languages)
    return plan, _words_with_pairs(plan)


def _words_with_pairs(plan: Branch) -> Sequence[TextLeaf]:
    if plan.either or plan.excluded or not _only_narrows(plan):
        return ()
    words = [node for node in plan.wanted if isinstance(node, TextLeaf)]
    if len(words) < len(plan.wanted) or any(map(_is_more_than_a_word, words)):
        return ()
    plain = tuple(word for word in words if len(word.steps) == 1)
    return plain if len(plain) > 1 or any(word.is_negated for word in plain) else ()


def _only_narrows(plan: Branch) -> bool:
    return all(isinstance(node, FacetLeaf | Around) for node in plan.must)


def _is_more_than_a_word(leaf: TextLeaf) -> bool:
    return leaf.view != "stem" or bool(leaf.field) or leaf.boost != NO_BOOST


def _order(view: CollectionView, documents: Documents, scores: Floats) -> NDArray[np.intp]:
    """Return the order of falling scores, equal ones as in the book."""
    ties = documents if view.order is None else view.order[documents]
    order: NDArray[np.intp] = np.lexsort((ties, -scores))
    return order
