"""Spelling links: what may have been meant, as links of the search page.

In:  an answer and its question.
Out: links with their counts, in the order of the answer; by the reason for offering them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.results import Results
from webui.questions import Question
from webui.urls import search_url

REASONS = {
    "spelling": "Did you mean",
    "layout": "In another keyboard layout",
    "phrase": "The phrase is also spelt",
}


@dataclass(frozen=True, slots=True)
class SuggestionLink:
    """Another question, where it leads, how much it finds."""

    text: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """Links that are offered for one reason."""

    words: str
    links: tuple[SuggestionLink, ...]


def suggestion_links(found: Results, question: Question) -> tuple[Suggested, ...]:
    """Return what an answer suggests."""
    links: dict[str, list[SuggestionLink]] = {}
    for each in found.suggestions:
        url = search_url(replace(question, text=each.query, page=1))
        links.setdefault(each.reason, []).append(SuggestionLink(each.query, url, each.count))
    return tuple(Suggested(REASONS[reason], tuple(found)) for reason, found in links.items())
