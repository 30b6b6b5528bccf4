"""Hit views: hits → what the search page shows of them.

In:  a question and its `Results`; what pages are called.
Out: hits grouped by case, texts with their marks, words for the count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from typing import NamedTuple

from markupsafe import Markup

from search.highlights import Marker, Span
from search.permalinks import permalink
from search.query import Query
from search.results import Hit, Passage, Results
from webui.escaping import escape
from webui.marked_text import marked
from webui.names import counted, shorten
from webui.questions import Question
from webui.urls import ReadingUrls, with_question
from webui.urls import anchor as anchor_of

QUERY_SHOWN = 80
FIRST_MATCH = "hit-1"  # its anchor on the page of a case
# What a hit says of itself beside its passages, and the fields that these texts are in the index.
TITLES = {"case_title": "title", "organisation": "organisation", "heading": "heading"}

PageNames = Callable[[Hit, int], str]  # a hit and a place in its file → what that page is called


class PassageView(NamedTuple):
    """A passage with its marks, the name of its page, and its paragraph's place on its case's."""

    text: str
    page: str
    anchor: str


class HitView(NamedTuple):
    """A hit, its heading with marks, the name of its page, its passages.

    `anchor` is its place on its case's page. `is_marked` tells whether what was asked stands in its
    own heading or text.
    """

    hit: Hit
    anchor: str
    heading: str
    page: str
    passages: Sequence[PassageView]
    is_marked: bool


class HitGroup(NamedTuple):
    """The hits of one case on this page; the best one gives the group its place.

    `hits` are shown whole, in the order of the list. `others` match by their case's title or
    organisation alone: their first sentences would say nothing, so they are only named. The
    addresses of all begin with `url`, which has been escaped.
    """

    url: Markup
    title: str
    language: str
    organisation: str
    part: str
    publication: str
    publication_url: str
    hits: Sequence[HitView]
    others: Sequence[HitView]


class _Answer:
    """What every hit of one answer is shown with."""

    def __init__(
        self, question: Question, query: Query, hits: Sequence[Hit], name_page: PageNames
    ) -> None:
        self._urls, self._name_page = ReadingUrls(question), name_page
        self._spans = _spans_of_titles(query, hits)
        self._shows_all = query.is_empty
        self._asked = with_question("", Question(question.text, question.filters))

    def group(self, hits: Sequence[Hit]) -> HitGroup:
        first = hits[0]
        views = [self._view(hit) for hit in hits]
        shown = [self._shows_all or view.is_marked for view in views]
        shown[0] = shown[0] or not any(shown)
        return HitGroup(
            url=Markup(escape(self._urls.case(first.publication, first.case))),  # noqa: S704
            title=marked(first.case_title, self._spans_in(first, "case_title")),
            language=first.language,
            organisation=marked(first.organisation, self._spans_in(first, "organisation")),
            part=first.part,
            publication=first.publication_title,
            publication_url=f"{self._urls.root}{permalink(first.publication)}{self._asked}",
            hits=list(compress(views, shown)),
            others=[v for v, is_shown in zip(views, shown, strict=True) if not is_shown],
        )

    def _view(self, hit: Hit) -> HitView:
        """A section's hit leads to its paragraph; a whole case's to its first match."""
        spans, page = self._spans_in(hit, "heading"), self._name_page(hit, hit.page)
        passages = [self._passage(passage, hit, page) for passage in hit.passages]
        return HitView(
            hit=hit,
            anchor=hit.section or FIRST_MATCH,
            heading=marked(hit.heading, spans),
            page=page,
            passages=passages,
            is_marked=bool(spans) or any(passage.highlights for passage in hit.passages),
        )

    def _passage(self, passage: Passage, hit: Hit, page: str) -> PassageView:
        return PassageView(
            marked(passage.text, passage.highlights),
            page if passage.page == hit.page else self._name_page(hit, passage.page),
            anchor_of(hit.section, passage.paragraph) if hit.section else FIRST_MATCH,
        )

    def _spans_in(self, hit: Hit, attribute: str) -> Sequence[Span]:
        return self._spans[attribute, hit.language].get(getattr(hit, attribute), ())


def _spans_of_titles(
    query: Query, hits: Sequence[Hit]
) -> dict[tuple[str, str], dict[str, tuple[Span, ...]]]:
    """Return what a question matches in the titles of hits: by attribute and language, by text."""
    marker, spans = Marker(query), {}
    for language in {hit.language for hit in hits}:
        for attribute, field in TITLES.items():
            texts = {getattr(hit, attribute) for hit in hits if hit.language == language}
            spans[attribute, language] = marker.spans_in(texts, language=language, field=field)
    return spans


def group_hits(
    results: Results, question: Question, query: Query, name_page: PageNames
) -> list[HitGroup]:
    """Group hits by case; a group stands where its best hit stood."""
    groups: dict[tuple[str, str], list[Hit]] = {}
    for hit in results.hits:
        groups.setdefault((hit.publication, hit.case), []).append(hit)
    answer = _Answer(question, query, results.hits, name_page)
    return [answer.group(hits) for hits in groups.values()]


def count_words(results: Results) -> str:
    """Say how much was found: `37 sections`, `14 sections in 9 cases`."""
    if results.scope == "cases":
        return counted(results.total, "case")
    words = counted(results.total, "section")
    if not results.total or results.total > len(results.hits):
        return words
    cases = len({(hit.publication, hit.case) for hit in results.hits})
    return f"{words} in {counted(cases, 'case')}"


def quoted(question: Question) -> str:
    """Write the question for a heading: in quotation marks, cut when long; "" without words."""
    text = shorten(question.text, QUERY_SHOWN)
    own_marks = len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == len('""')
    return f"“{text[1:-1] if own_marks else text}”" if text else ""
