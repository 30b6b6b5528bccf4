"""Way links: the ways out of a poor answer as links of the search page.

In:  the library and the question.
Out: links with exact counts, the smallest change first; a change that finds nothing is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.searcher import Library
from search.ways_out import Looser, WayOut, find_ways_out
from webui.questions import BLANK, Question
from webui.urls import search_url


@dataclass(frozen=True, slots=True)
class WayLink:
    """A change to the question, where it leads, how much it finds and of what."""

    words: str
    url: str
    count: int
    unit: str


def way_links(library: Library, question: Question) -> tuple[WayLink, ...]:
    """Return the ways out of a question."""
    asked = Looser(
        question.text, dict(question.filters), question.scope, question.match, question.spelling
    )
    return tuple(_link(way, question) for way in find_ways_out(library, asked))


def _link(way: WayOut, question: Question) -> WayLink:
    looser = way.question
    changed = replace(
        question,
        text=looser.query,
        filters=tuple(looser.filters.items()),
        scope=looser.scope,
        match=looser.match,
        page=BLANK.page,
    )
    return WayLink(way.said, search_url(changed), way.total, looser.scope.rstrip("s"))
