"""Documents to publish and questions to ask, for the contract suites of the engines."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict, Unpack

from search.engine import Document, Engine, EngineResults, Match, Scope, SearchRequest, Sort
from search.query_parser import parse_query
from search.snapshot.building import IndexedPublication, build
from search.snapshot.gathering import Gatherer
from search.snapshot.segment import Segment


class Options(TypedDict, total=False):
    """What a request may say beside its question."""

    scope: Scope
    match: Match
    filters: Mapping[str, tuple[str, ...]]
    sort: Sort
    offset: int
    limit: int
    facets: tuple[str, ...]


def document(
    name: str,
    body: str,
    *,
    order: int = 0,
    language: str = "en",
    **texts: str,
) -> Document:
    publication = name.partition("/")[0]
    return Document(
        id=name,
        publication=publication,
        order=order,
        language=language,
        texts={"body": body, **texts},
        facets={"publication": (publication,), "language": (language,)},
    )


def with_facets(base: Document, **facets: tuple[str, ...]) -> Document:
    return replace(base, facets={**base.facets, **facets})


def segment_of(*documents: Document) -> Segment:
    """Build a segment of documents of one publication, in memory."""
    gatherer = Gatherer()
    for each in documents:
        gatherer.add(each)
    publications = dict.fromkeys(each.publication for each in documents) or {"p": None}
    built = build([IndexedPublication(p, "digest") for p in publications], [gatherer.batch()])
    return Segment("one", built.arrays, built.about)


def publish(engine: Engine, *documents: Document) -> None:
    engine.publish(documents, digests={d.publication: "digest" for d in documents})


def ask(engine: Engine, text: str, **options: Unpack[Options]) -> EngineResults:
    return engine.search(SearchRequest(parse_query(text), **options))


def found(engine: Engine, text: str, **options: Unpack[Options]) -> list[str]:
    return [hit.id for hit in ask(engine, text, **options).hits]


def wait_for_threads(name: str) -> bool:
    """Wait until no thread of this name is at work; tell whether one was."""
    threads = [thread for thread in threading.enumerate() if thread.name == name]
    for thread in threads:
        thread.join(30)
    return bool(threads)


def counts(results: EngineResults, facet: str) -> dict[str, int]:
    return {count.value: count.count for count in results.facets[facet]}
