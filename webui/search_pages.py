"""Search pages: the question, its answer, all values of a facet.

In:  a request; the question is all in its address.
Out: pages. A question that says nothing shows the front page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from time import perf_counter

from flask import Blueprint, render_template, request

from search.absence import what_was_searched
from search.engine import ALL_FACETS, FACETS, TOPIC
from search.errors import CasebookError
from search.model import Publication
from search.query import Query
from search.results import FacetValue, Hit, Results
from webui import facet_views, hit_views, pager, spelling_links
from webui.names import counted, page_name, printed_page
from webui.questions import Question, read_question
from webui.search_urls import SearchUrls
from webui.site import open_site
from webui.switches import switches
from webui.urls import question_url
from webui.way_links import way_links

pages = Blueprint("search", __name__)

BROWSED = ("part", "section_kind", "organisation")
MOST_BROWSED = 8
PASSAGES = 3


@pages.get("/")
def home() -> str:
    """The front page: the box, what the library holds, ways in."""
    return _front(read_question(request.args))


@pages.get("/search")
def results() -> str:
    """The answer to a question."""
    question = read_question(request.args)
    return _front(question) if question.is_blank else _answer(question)


@pages.get("/search/facet/<name>")
def facet(name: str) -> str:
    """All values of one facet, by name."""
    question = read_question(request.args)
    found = _ask(replace(question, page=1, per_page=1), facets=(name,), passages=0)
    values, links = sorted(found.facets.get(name, ()), key=_by_label), SearchUrls(question)
    return render_template(
        "facet.html",
        question=question,
        question_words=hit_views.quoted(question),
        facet=facet_views.facet_view(values, links, name),
        values=facet_views.value_views(values, links, name),
        counted_values=counted(len(values), "value"),
    )


@pages.get("/search/absence")
def absence() -> str:
    """What was searched without finding anything: proof of an absence, to cite or print."""
    question = read_question(request.args)
    found = _ask(
        replace(question, page=1, per_page=1), facets=tuple(dict(question.filters)), passages=0
    )
    return render_template(
        "absence.html",
        question=question,
        question_words=hit_views.quoted(question),
        results=found,
        searched=what_was_searched(open_site().library, dict(question.filters)),
        chips=facet_views.chips(found, SearchUrls(question)),
        today=datetime.now().astimezone().date(),
    )


def ask_page(question: Question, *, explain: bool = False) -> tuple[Results, Question]:
    """Answer a question; past the end the library gives the last page, and says so."""
    facets = ALL_FACETS if open_site().shows_topics or question.chosen(TOPIC) else FACETS
    found = _ask(question, facets=facets, explain=explain)
    return found, replace(question, page=found.offset // question.per_page + 1)


def _ask(
    question: Question,
    *,
    facets: Sequence[str],
    passages: int = PASSAGES,
    explain: bool = False,
) -> Results:
    return open_site().library.search(
        question.text,
        filters=dict(question.filters),
        scope=question.scope,
        match=question.match,
        sort=question.sort,
        spelling=question.spelling,
        offset=(question.page - 1) * question.per_page,
        limit=question.per_page,
        facets=facets,
        passages=passages,
        explain=explain,
    )


def _by_label(value: FacetValue) -> tuple[bool, str]:
    return not value.selected, (value.label or value.value).casefold()


def _front(question: Question) -> str:
    overview = open_site().overview
    found = _ask(replace(question, page=1, per_page=1), facets=BROWSED, passages=0)
    links = SearchUrls(question)
    return render_template(
        "home.html",
        question=question,
        publications=[entry.publication for entry in overview.entries],
        case_count=overview.case_count,
        section_count=overview.section_count,
        examples=overview.examples,
        facets=[
            facet_views.facet_view(found.facets.get(name, ()), links, name) for name in BROWSED
        ],
        most_browsed=MOST_BROWSED,
    )


def _answer(question: Question) -> str:
    started = perf_counter()
    found, question = ask_page(question)
    seconds = perf_counter() - started
    last, links = pager.count_pages(found), SearchUrls(question)
    return render_template(
        "search.html",
        question=question,
        question_words=hit_views.quoted(question),
        results=found,
        count_words=hit_views.count_words(found),
        seconds=seconds,
        notices=(*question.notices, *found.notices),
        groups=hit_views.group_hits(found, question, _query(question), _page_names()),
        facets=facet_views.facet_views(found, links),
        chips=facet_views.chips(found, links),
        start_over=facet_views.start_over(question),
        page_links=pager.page_links(links, last),
        last_page=last,
        previous_page=pager.page_url(links, question.page - 1),
        next_page=pager.page_url(links, question.page + 1),
        switches=switches(links),
        matching_url=_other_matching(links, found),
        spelling_url=_other_spelling(links, found),
        suggested=spelling_links.suggestion_links(found, question),
        several_publications=len(found.facets.get("publication", ())) > 1,
        **_ways_out(question, found),
    )


def _query(question: Question) -> Query:
    return open_site().library.read_query(question.text, spelling=question.spelling)


def _ways_out(question: Question, found: Results) -> dict[str, object]:
    """What to offer where nothing was found, or too little; worked out only then."""
    library = open_site().library
    is_widened = question.match == "auto" and found.match == "any"
    ways = way_links(library, question) if is_widened or not found.total else ()
    if found.total:
        return {"ways_out": ways, "examples": (), "absence": ""}
    examples = open_site().overview.examples.texts()
    return {
        "ways_out": ways,
        "examples": examples,
        "absence": question_url("search.absence", question),
    }


def _page_names() -> hit_views.PageNames:
    """Name pages for one answer; a publication is asked for once, where its hit does not say."""
    library = open_site().library

    @cache
    def find(publication: str) -> Publication | None:
        try:
            return library.imprint(publication)
        except CasebookError:  # its record is damaged or missing: what was indexed can be shown
            return None

    def name(hit: Hit, page: int) -> str:
        if page == hit.page and hit.page_label:
            return printed_page(hit.page_label)
        record = find(hit.publication)
        return page_name(record, page) if record else ""

    return name


def _other_matching(links: SearchUrls, found: Results) -> str:
    """The address that undoes a widening, or a matching that was asked for; "" for neither."""
    if links.question.match != "auto":
        return links.setting("match", "auto")
    return links.setting("match", "all") if found.match == "any" else ""


def _other_spelling(links: SearchUrls, found: Results) -> str:
    """The address that leaves other spellings out, or takes them in again; "" for neither."""
    if links.question.spelling == "typed":
        return links.setting("spelling", "any")
    return links.setting("spelling", "typed") if found.spellings else ""
