"""Answering: a request → results, over a view of a committed state.

In:  a view, a request.
Out: `EngineResults`. First the query's matches, then the filters; each facet is counted over what
     passes all filters but its own; the hits are cut last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat

import numpy as np

from search.deferred import Deferred
from search.engine import EngineHit, EngineResults, SearchRequest
from search.explanation import Explanation
from search.query_plan import Branch, plan_query
from search.results import FacetValue
from search.snapshot.explaining import explain
from search.snapshot.gathering import Documents, Mask
from search.snapshot.matching import Matcher
from search.snapshot.postings import Best, Postings
from search.snapshot.reranking import (
    NOTHING_CLOSER,
    RERANKED,
    Closer,
    ranked_closely,
    words_with_pairs,
)
from search.snapshot.showing import show_hits
from search.snapshot.view import CollectionView

Masks = Mapping[str, Mask]


def answer(view: CollectionView, request: SearchRequest) -> EngineResults:
    """Answer a request."""
    plan = plan_query(request.query, view.languages)
    matcher = Matcher(view, request.match)
    matches = matcher.found(plan)
    masks: Masks = {}
    chosen = matches
    if request.filters:
        masks = {name: view.column(name).having(v) for name, v in request.filters.items() if v}
        chosen = _passing(view, matches, masks)
    best, closer = _page(view, chosen, request)
    missing = Deferred(partial(_missing, matcher, plan, best[0]))
    notes: Sequence[Explanation | None] = (None,) * best[0].size
    if request.explain:
        closely = max(0, RERANKED - max(0, request.offset))  # so many of the page were looked at
        notes = Deferred(partial(_explained, view, matcher, plan, best[0], closer, closely))
    return EngineResults(
        total=chosen.count,
        hits=Deferred(partial(_hits, view, best, missing, notes)),
        cut=tuple(matcher.cut),
        facets=_facets(view, matches, chosen, masks, request) if request.facets else {},
        show=partial(show_hits, view, best, missing, notes),
    )


def _passing(view: CollectionView, found: Postings, masks: Masks) -> Postings:
    if not masks:
        return found
    mask, *others = masks.values()
    for other in others:
        mask = mask & other
    return found.within(mask, view.order)


def _page(view: CollectionView, chosen: Postings, request: SearchRequest) -> tuple[Best, Closer]:
    """Return the page of hits: falling score, then book order, or book order alone."""
    offset, limit = max(0, request.offset), max(0, request.limit)
    if not limit:  # only the number is wanted: nothing is ranked
        return (np.empty(0, np.intp), np.empty(0)), NOTHING_CLOSER
    if request.sort == "book":
        documents = chosen.documents
        if view.order is not None:
            documents = documents[np.argsort(view.order[documents])]
        documents = documents[offset : offset + limit]
        return (documents, chosen.scores_of(documents)), NOTHING_CLOSER
    words = words_with_pairs(request.query, view.languages)
    if not words:
        documents, scores = chosen.top(offset + limit, view.order)
        return (documents[offset:], scores[offset:]), NOTHING_CLOSER
    (documents, scores), closer = ranked_closely(
        view, words, chosen, offset + limit, feedback=request.feedback
    )
    return (documents[offset : offset + limit], scores[offset : offset + limit]), closer


def _hits(
    view: CollectionView,
    best: Best,
    missing: Iterable[tuple[str, ...]],
    notes: Iterable[Explanation | None],
) -> Iterator[EngineHit]:
    ids, scores = map(view.document_id, best[0].tolist()), best[1].tolist()
    return map(EngineHit, ids, scores, missing, notes)


def _missing(matcher: Matcher, plan: Branch, documents: Documents) -> Iterable[tuple[str, ...]]:
    """Return the wanted words that each of some documents lacks."""
    if matcher.match == "all":
        return repeat((), documents.size)
    return map(tuple, matcher.missing(plan, documents))


def _explained(
    view: CollectionView,
    matcher: Matcher,
    plan: Branch,
    documents: Documents,
    closer: Closer,
    closely: int,
) -> Iterator[Explanation]:
    """Say of each hit what its score is made of; the first ones were looked at more closely."""
    for place, document in enumerate(documents.tolist()):
        looked_at = closer if place < closely else NOTHING_CLOSER
        yield explain(view, matcher, plan, looked_at, document)


def _facets(
    view: CollectionView,
    matches: Postings,
    chosen: Postings,
    masks: Masks,
    request: SearchRequest,
) -> dict[str, Sequence[FacetValue]]:
    """Count the values of each facet, over what passes all filters but its own."""
    names = tuple([name for name in request.facets if name not in masks])
    found = _values(view, chosen, names) if names else {}
    for name in request.facets:
        if name in masks:
            others = {other: mask for other, mask in masks.items() if other != name}
            values = _values(view, _passing(view, matches, others), (name,))[name]
            found[name] = view.column(name).with_chosen(values, request.filters[name])
    return {name: found[name] for name in request.facets} if masks else found


def _values(
    view: CollectionView, found: Postings, names: tuple[str, ...]
) -> dict[str, Sequence[FacetValue]]:
    table = view.table(names)
    return table.values(found.ranked(table))
