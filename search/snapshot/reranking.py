"""Re-ranking: the first hits of a question in plain words, looked at more closely.

In:  a view, the words of a question (`plain_words` of its plan), its best documents.
Out: the same documents, the first `RERANKED` in a better order: pairs of words count (`proximity`),
     and what the very first have in common (`feedback`).

Both only add to a score: a document looked at stays before all that were not, so that pages follow
one another and nothing is found that the words did not find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.query_boosts import NO_BOOST
from search.query_plan import Around, Branch, FacetLeaf, TextLeaf
from search.snapshot.feedback import Term, find_terms, term_scores
from search.snapshot.gathering import Ints
from search.snapshot.postings import Best
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


def rerank(
    view: CollectionView, words: list[TextLeaf], found: Best, *, feedback: bool
) -> tuple[Ints, Floats, Closer]:
    """Return documents and scores, the first of them re-ranked, and what was looked at."""
    documents, scores = found[0].astype(np.int32), found[1]
    pairs = find_pairs(view, words) if documents.size > 1 else []
    if not pairs:
        return documents, scores, NOTHING_CLOSER
    first = documents[:RERANKED]
    terms: list[Term] = []
    gained = pair_scores(view, pairs, first)
    is_fed_back = feedback and len({word.steps for word in words}) >= FEW_WORDS
    if gained is None and not is_fed_back:
        return documents, scores, Closer(pairs)
    head = scores[:RERANKED] if gained is None else scores[:RERANKED] + gained
    if is_fed_back:
        order = _order(view, first, head)
        terms = find_terms(view, first[order], head[order])
    if terms:
        head = head + len(words) * term_scores(view, terms, first)
    order = _order(view, first, head)
    return (
        np.concatenate([first[order], documents[RERANKED:]]),
        np.concatenate([head[order], scores[RERANKED:]]),
        Closer(pairs, terms, float(len(words))),
    )


def plain_words(plan: Branch) -> list[TextLeaf]:
    """Return the words of a question in plain words; none of one with an operator or a phrase."""
    if plan.either or plan.excluded or not _only_narrows(plan):
        return []
    words = [node for node in plan.wanted if isinstance(node, TextLeaf)]
    if len(words) < len(plan.wanted) or any(map(_is_more_than_a_word, words)):
        return []
    return [word for word in words if len(word.steps) == 1]


def _only_narrows(plan: Branch) -> bool:
    return all(isinstance(node, FacetLeaf | Around) for node in plan.must)


def _is_more_than_a_word(leaf: TextLeaf) -> bool:
    return leaf.view != "stem" or bool(leaf.field) or leaf.boost != NO_BOOST


def _order(view: CollectionView, documents: Ints, scores: Floats) -> NDArray[np.intp]:
    """Return the order of falling scores, equal ones as in the book."""
    ties = documents if view.order is None else view.order[documents]
    order: NDArray[np.intp] = np.lexsort((ties, -scores))
    return order
