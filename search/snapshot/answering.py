"""Answering: a request → results, over a view of a committed state.

In:  a view, a request.
Out: `EngineResults`. First the query's matches, then the filters; each facet is counted over what
     passes all filters but its own; the hits are cut last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from search.engine import EngineHit, EngineResults, FacetCount, SearchRequest
from search.query_plan import Branch, plan_query
from search.snapshot.gathering import Ints, Mask
from search.snapshot.matching import Found, Matcher
from search.snapshot.ranking import best
from search.snapshot.view import CollectionView


def answer(view: CollectionView, request: SearchRequest) -> EngineResults:
    """Answer a request."""
    plan = plan_query(request.query)
    matcher = Matcher(view, request.match)
    matches = matcher.found(plan)
    passing = {
        name: view.column(name).having(values) for name, values in request.filters.items() if values
    }
    chosen = _passing(matches, passing.values())
    hits = tuple(
        EngineHit(view.document_id(document), score, _missing(matcher, plan, document, request))
        for document, score in _page(view, chosen, request)
    )
    facets = {name: _counts(view, name, matches, passing, request) for name in request.facets}
    return EngineResults(total=chosen.documents.size, hits=hits, facets=facets)


def _passing(found: Found, masks: Iterable[Mask]) -> Found:
    for mask in masks:
        keep = mask[found.documents]
        found = Found(found.documents[keep], found.scores[keep])
    return found


def _page(
    view: CollectionView, chosen: Found, request: SearchRequest
) -> Iterable[tuple[int, float]]:
    """Return the page of hits: falling score, then book order, or book order alone."""
    offset, limit = max(0, request.offset), max(0, request.limit)
    if request.sort == "book":
        places = _by_book(view, chosen.documents)
    else:
        order = None if view.order is None else view.order[chosen.documents]
        places = best(chosen.scores, offset + limit, order)
    page = places[offset : offset + limit]
    return zip(chosen.documents[page].tolist(), chosen.scores[page].tolist(), strict=True)


def _by_book(view: CollectionView, documents: Ints) -> np.ndarray:
    if view.order is None:
        return np.arange(documents.size)
    return np.argsort(view.order[documents])


def _missing(
    matcher: Matcher, plan: Branch, document: int, request: SearchRequest
) -> tuple[str, ...]:
    if request.match == "all":
        return ()
    return tuple(dict.fromkeys(matcher.missing(plan, document)))


def _counts(
    view: CollectionView,
    name: str,
    matches: Found,
    passing: Mapping[str, Mask],
    request: SearchRequest,
) -> tuple[FacetCount, ...]:
    documents = matches.documents
    for other, mask in passing.items():
        if other != name:
            documents = documents[mask[documents]]
    column = view.column(name)
    return column.counts(column.tally(documents), request.filters.get(name, ()))
