"""Answering: a request → results, over a view of an index.

In:  a view, a request.
Out: `EngineResults`. First the query's matches, then the filters; each facet is counted over what
     passes all filters but its own; the hits are cut last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from heapq import nsmallest

from search.engine import EngineHit, EngineResults, FacetCount, SearchRequest
from search.engines.facet_columns import FacetColumn, value_key
from search.engines.index_view import IndexView
from search.engines.matching import Matcher, Scores
from search.query_plan import Branch, plan_query


def answer(index: IndexView, request: SearchRequest) -> EngineResults:
    """Answer a request."""
    plan = plan_query(request.query)
    matcher = Matcher(index, request.match)
    matches = matcher.scores(plan)
    passing = _passing(index, request)
    chosen = _intersection(matches, passing.values())
    hits = tuple(
        EngineHit(
            index.columns.ids[number], matches[number], _missing(matcher, plan, number, request)
        )
        for number in _best(matches, chosen, request)
    )
    facets = {name: _count(index, name, matches, passing, request) for name in request.facets}
    return EngineResults(total=len(chosen), hits=hits, facets=facets)


def _passing(index: IndexView, request: SearchRequest) -> dict[str, set[int]]:
    """Return, for each facet with a choice, the documents that have a chosen value."""
    passing: dict[str, set[int]] = {}
    for name, values in request.filters.items():
        if values:
            column = index.columns.facets.get(name)
            passing[name] = column.having(map(value_key, values)) if column else set()
    return passing


def _intersection(matches: Scores, passing: Collection[set[int]]) -> Collection[int]:
    if not passing:
        return matches.keys()
    chosen = set.intersection(*passing)
    return [number for number in matches if number in chosen]


def _best(matches: Scores, chosen: Collection[int], request: SearchRequest) -> list[int]:
    """Return the page of hits: falling score, then book order, or book order alone."""
    offset, limit = max(0, request.offset), max(0, request.limit)
    if request.sort == "book":
        return sorted(chosen)[offset : offset + limit]
    best = nsmallest(offset + limit, ((-matches[number], number) for number in chosen))
    return [number for _, number in best[offset:]]


def _missing(
    matcher: Matcher, plan: Branch, number: int, request: SearchRequest
) -> tuple[str, ...]:
    if request.match == "all":
        return ()
    return tuple(dict.fromkeys(matcher.missing(plan, number)))


def _count(
    index: IndexView,
    name: str,
    matches: Scores,
    passing: Mapping[str, set[int]],
    request: SearchRequest,
) -> tuple[FacetCount, ...]:
    others = [numbers for other, numbers in passing.items() if other != name]
    column = index.columns.facets.get(name) or FacetColumn([()] * len(index.columns.ids))
    return column.count(_intersection(matches, others), request.filters.get(name, ()))
