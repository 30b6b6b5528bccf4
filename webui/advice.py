"""Advice: ways to loosen a question that found nothing, with what each would find.

In:  the library and the question.
Out: links with exact counts, the smallest change first; a change that finds nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.searcher import Library
from webui.names import facet_title, shorten
from webui.questions import Question, without_facet
from webui.urls import search_url

MOST_TRIED = 8


@dataclass(frozen=True, slots=True)
class Advice:
    """A change to the question, where it leads, how much it finds and of what."""

    words: str
    url: str
    count: int
    unit: str


def find_advice(library: Library, question: Question) -> tuple[Advice, ...]:
    """Try each way to loosen the question and keep those that find something."""
    changes = [*dict(_changes(replace(question, page=1))).items()][:MOST_TRIED]
    tried = (
        Advice(words, search_url(change), count_hits(library, change), change.scope.rstrip("s"))
        for change, words in changes
    )
    return tuple(advice for advice in tried if advice.count)


def count_hits(library: Library, question: Question) -> int:
    """Return how much a question finds; nothing but the count is worked out."""
    return library.search(
        question.text,
        filters=dict(question.filters),
        scope=question.scope,
        match=question.match,
        limit=1,
        facets=(),
        passages=0,
    ).total


def _changes(question: Question) -> Iterator[tuple[Question, str]]:
    for name, values in question.filters:
        chosen = ", ".join(shorten(value, 40) for value in values)
        yield without_facet(question, name), f"without {facet_title(name).lower()}: {chosen}"
    if len(question.filters) > 1:
        yield replace(question, filters=()), "without any filter"
    if '"' in question.text:
        words = " ".join(question.text.replace('"', " ").split())
        yield replace(question, text=words), "without quotation marks"
    several = len(question.text.split()) > 1
    if several and question.match != "any":
        yield replace(question, match="any"), "with any of the words"
    if question.text and question.scope == "sections":
        yield replace(question, scope="cases"), "the words anywhere in a whole case"
    if several and question.filters:
        yield replace(question, filters=(), match="any"), "any of the words, without filters"
    if question.text and question.filters:
        yield replace(question, text=""), "everything under these filters"
