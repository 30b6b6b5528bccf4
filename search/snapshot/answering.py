"""Answering: a request → results, over a view of a committed state.

In:  a view, a request.
Out: `EngineResults`. First the query's matches, then the filters; each facet is counted over what
     passes all filters but its own; the hits are cut last.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
from msgspec import structs

from search.engine import EngineHit, EngineResults, FacetCount, SearchRequest
from search.query_plan import Branch, plan_query
from search.snapshot.explaining import explain
from search.snapshot.gathering import Ints, Mask
from search.snapshot.matching import Matcher
from search.snapshot.postings import Postings
from search.snapshot.ranking import Floats
from search.snapshot.reranking import RERANKED, Closer, rerank
from search.snapshot.showing import show_hits
from search.snapshot.view import CollectionView

_LONG = 200  # documents from which on a word's tallies are kept


def answer(view: CollectionView, request: SearchRequest) -> EngineResults:
    """Answer a request."""
    plan = plan_query(request.query, view.languages)
    matcher = Matcher(view, request.match)
    matches = matcher.found(plan)
    masks = {
        name: view.column(name).having(values) for name, values in request.filters.items() if values
    }
    chosen = _passing(view, matches, masks)
    documents, scores, closer = _page(view, chosen, plan, request)
    numbers = documents.tolist()
    hits = [
        EngineHit(view.document_id(document), score)
        for document, score in zip(numbers, scores.tolist(), strict=True)
    ]
    if request.match == "any":
        lacking = matcher.missing(plan, documents)
        hits = [
            EngineHit(hit.id, hit.score, tuple(texts))
            for hit, texts in zip(hits, lacking, strict=True)
        ]
    if request.explain:
        rest = max(0, RERANKED - max(0, request.offset))  # of the page, looked at more closely
        closers = [closer if place < rest else Closer() for place in range(documents.size)]
        hits = [
            structs.replace(hit, explanation=explain(view, matcher, plan, close, document))
            for hit, close, document in zip(hits, closers, numbers, strict=True)
        ]
    return EngineResults(
        total=chosen.documents.size,
        hits=tuple(hits),
        cut=tuple(matcher.cut),
        facets={name: _counts(view, name, matches, masks, request) for name in request.facets},
        show=partial(show_hits, view, numbers, hits),
    )


def _passing(view: CollectionView, found: Postings, masks: Mapping[str, Mask]) -> Postings:
    for mask in masks.values():
        found = found.passing(mask.__getitem__, view.order)
    return found


def _page(
    view: CollectionView, chosen: Postings, plan: Branch, request: SearchRequest
) -> tuple[Ints, Floats, Closer]:
    """Return the page of hits: falling score, then book order, or book order alone."""
    offset, limit = max(0, request.offset), max(0, request.limit)
    if request.sort == "book":
        documents = _by_book(view, chosen.documents)[offset : offset + limit]
        return documents, chosen.scores_of(documents), Closer()
    if not limit:
        return chosen.documents[:0], np.empty(0), Closer()
    top = chosen.top(max(offset + limit, RERANKED), view.order)
    documents, scores, closer = rerank(view, plan, top, feedback=request.feedback)
    return documents[offset : offset + limit], scores[offset : offset + limit], closer


def _by_book(view: CollectionView, documents: Ints) -> Ints:
    if view.order is None:
        return documents
    return documents[np.argsort(view.order[documents])]


def _counts(
    view: CollectionView,
    name: str,
    matches: Postings,
    masks: Mapping[str, Mask],
    request: SearchRequest,
) -> tuple[FacetCount, ...]:
    column = view.column(name)
    wanted = request.filters.get(name, ())
    others = [mask for other, mask in masks.items() if other != name]
    if not others and matches.is_kept and matches.documents.size > _LONG:
        if name not in matches.tallies:
            matches.tallies[name] = column.tally(matches.documents)
        return column.counts(matches.tallies[name], wanted)
    documents = matches.documents
    for mask in others:
        documents = documents[mask[documents]]
    return column.counts_of(documents, wanted)
