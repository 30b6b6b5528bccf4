"""Answering: a request → results, over a view of a committed state.

In:  a view, a request.
Out: `EngineResults`. First the query's matches, then the filters; each facet is counted over what
     passes all filters but its own; the hits are cut last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, repeat

import numpy as np
from msgspec import Struct

from search.deferred import Deferred
from search.engine import EngineHit, EngineResults, SearchRequest
from search.explanation import Explanation
from search.query import Query
from search.query_plan import Branch, TextLeaf
from search.results import FacetValue, Hit
from search.snapshot.explaining import explain
from search.snapshot.gathering import Mask
from search.snapshot.matching import Matcher
from search.snapshot.postings import Best, Postings
from search.snapshot.reranking import (
    NOTHING_CLOSER,
    RERANKED,
    Closer,
    planned,
    ranked_closely,
)
from search.snapshot.showing import show_hits
from search.snapshot.view import CollectionView

Masks = Mapping[str, Mask]


class _Page(Struct, frozen=True):
    """The best documents of an answer, and what is asked about each once hits are looked at."""

    view: CollectionView
    matcher: Matcher
    plan: Branch
    request: SearchRequest
    best: Best
    closer: Closer

    def hits(self) -> Iterator[EngineHit]:
        """Return the hits."""
        documents, scores = self.best
        ids = map(self.view.document_id, documents.tolist())
        return map(EngineHit, ids, scores.tolist(), self._missing(), self._notes())

    def show(self, query: Query, passages: int) -> list[Hit]:
        """Return the hits as readers see them."""
        return show_hits(self.view, self.best, self._missing(), self._notes(), query, passages)

    def _missing(self) -> Iterable[tuple[str, ...]]:
        """Return the wanted words that each document lacks."""
        documents, matcher = self.best[0], self.matcher
        if matcher.match == "all":
            return repeat((), documents.size)
        return map(tuple, matcher.missing(self.plan, documents))

    def _notes(self) -> Iterable[Explanation | None]:
        """Say of each hit what its score is made of, if that was asked for."""
        if not self.request.explain:
            return repeat(None, self.best[0].size)
        return map(self._explained, count(), self.best[0].tolist())

    def _explained(self, place: int, document: int) -> Explanation:
        closely = max(0, RERANKED - max(0, self.request.offset))  # so many were looked at
        closer = self.closer if place < closely else NOTHING_CLOSER
        return explain(self.view, self.matcher, self.plan, closer, document)


def answer(view: CollectionView, request: SearchRequest) -> EngineResults:
    """Answer a request."""
    plan, words = planned(request.query, view.languages)
    matcher = Matcher(view, request.match)
    chosen = matches = matcher.found(plan)
    masks: Masks = {}
    if request.filters:
        masks = {name: view.column(name).having(v) for name, v in request.filters.items() if v}
        chosen = _passing(view, matches, masks)
    best, closer = _best(view, chosen, words, request)
    page = _Page(view, matcher, plan, request, best, closer)
    return EngineResults(
        total=chosen.count,
        hits=Deferred(page.hits),
        cut=tuple(matcher.cut),
        facets=_facets(view, matches, chosen, masks, request) if request.facets else {},
        show=page.show,
    )


def _passing(view: CollectionView, found: Postings, masks: Masks) -> Postings:
    if not masks:
        return found
    mask, *others = masks.values()
    for other in others:
        mask = mask & other
    return found.within(mask, view.order)


def _best(
    view: CollectionView, chosen: Postings, words: Sequence[TextLeaf], request: SearchRequest
) -> tuple[Best, Closer]:
    """Return the page of documents: falling score, then book order, or book order alone."""
    offset, limit = max(0, request.offset), max(0, request.limit)
    if not limit:  # only the number is wanted: nothing is ranked
        return (np.empty(0, np.intp), np.empty(0)), NOTHING_CLOSER
    if request.sort == "book":
        documents = chosen.documents
        if view.order is not None:
            documents = documents[np.argsort(view.order[documents])]
        documents = documents[offset : offset + limit]
        return (documents, chosen.scores_of(documents)), NOTHING_CLOSER
    closer = NOTHING_CLOSER
    if words:
        best, closer = ranked_closely(
            view, words, chosen, offset + limit, feedback=request.feedback
        )
    else:
        best = chosen.top(offset + limit, view.order)
    documents, scores = best
    return (documents[offset : offset + limit], scores[offset : offset + limit]), closer


def _facets(
    view: CollectionView,
    matches: Postings,
    chosen: Postings,
    masks: Masks,
    request: SearchRequest,
) -> dict[str, Sequence[FacetValue]]:
    """Count the values of each facet, over what passes all filters but its own."""
    if not masks:
        return _values(view, chosen, request.facets)
    names = tuple([name for name in request.facets if name not in masks])
    found = _values(view, chosen, names) if names else {}
    for name in request.facets:
        if name in masks:
            others = {other: mask for other, mask in masks.items() if other != name}
            values = _values(view, _passing(view, matches, others), (name,))[name]
            found[name] = view.column(name).with_chosen(values, request.filters[name])
    return {name: found[name] for name in request.facets}


def _values(
    view: CollectionView, found: Postings, names: tuple[str, ...]
) -> dict[str, Sequence[FacetValue]]:
    table = view.table(names)
    return table.values(found.ranked(table))
