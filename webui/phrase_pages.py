"""Pages about words and phrases: concordance, frequencies, neighbours, shared phrases, counts.

In:  a request; what is asked is all in its address, but for a list of phrases, which is posted.
Out: pages, and each page's list as a table for a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from flask import Blueprint, Response, render_template, request

from search.csv_cells import Row
from search.csv_tables import (
    collocation_rows,
    concordance_rows,
    count_rows,
    csv_text,
    profile_rows,
    shared_phrase_rows,
)
from search.group_results import CollocationList
from search.phrase_counts import MOST_PHRASES
from search.phrase_results import PhraseCounts
from search.word_groups import Measure
from webui import phrase_views
from webui.hit_views import quoted
from webui.phrase_questions import MEASURES, SORTS, PhraseQuestion, read_phrase_question
from webui.questions import BLANK, clean, read_filters
from webui.site import open_site

pages = Blueprint("phrases", __name__)

STRIPS = 3
STRIP_BINS = 200
MOST_LINES = 10_000  # of a table for a spreadsheet
MOST_LIST = 100_000  # characters of a posted list
COLLOCATES = 50
MEASURE_NAMES: Mapping[Measure, str] = {"likelihood": "Likelihood", "pmi": "Mutual information"}


@pages.get("/concordance")
def concordance() -> str:
    """Every occurrence of a word or phrase; without one, what these pages are for."""
    question = read_phrase_question(request.args)
    if not question.text:
        return _page("phrases.html", question, notices=question.notices)
    library, filters = open_site().library, dict(question.filters)
    found = library.concordance(
        question.text,
        filters=filters,
        sort=question.sort,
        offset=question.offset,
        limit=question.per_page,
        width=120,
    )
    strips = library.strips(question.text, filters=filters, limit=STRIPS, bins=STRIP_BINS)
    return _page(
        "concordance.html",
        question,
        found=found,
        notices=(*question.notices, *found.notices),
        groups=phrase_views.case_lines(found, question),
        strips=[phrase_views.strip_view(strip, question.text) for strip in strips],
        page_number=found.offset // max(found.limit, 1) + 1,
        last_page=max(1, ceil(found.total / max(found.limit, 1))),
        sorts=SORTS,
    )


@pages.get("/concordance.csv")
def concordance_table() -> Response:
    """The lines of a concordance for a spreadsheet."""
    question = read_phrase_question(request.args)
    found = open_site().library.concordance(
        question.text,
        filters=dict(question.filters),
        sort=question.sort,
        limit=MOST_LINES,
        width=200,
        cases=0,
    )
    return _table("concordance", concordance_rows(found))


@pages.get("/profile")
def profile() -> str:
    """How often a word or phrase occurs, by region, organisation, kind of section and year."""
    question = read_phrase_question(request.args)
    found = open_site().library.profile(question.text, filters=dict(question.filters))
    return _page(
        "profile.html",
        question,
        found=found,
        notices=(*question.notices, *found.notices),
        facets=tuple(phrase_views.facet_bars(found, question)),
    )


@pages.get("/profile.csv")
def profile_table() -> Response:
    """The counts of a profile for a spreadsheet."""
    question = read_phrase_question(request.args)
    found = open_site().library.profile(
        question.text, filters=dict(question.filters), values=MOST_LINES
    )
    return _table("profile", profile_rows(found))


@pages.get("/collocations")
def collocations() -> str:
    """The words that go with a word or phrase; without one, pairs that go together."""
    question = read_phrase_question(request.args)
    found = ask_collocations(question, COLLOCATES)
    return _page(
        "collocations.html",
        question,
        found=found,
        notices=(*question.notices, *found.notices),
        strongest=max((each.score for each in found.collocates), default=0.0) or 1.0,
        measures=MEASURES,
        measure_names=MEASURE_NAMES,
    )


def ask_collocations(question: PhraseQuestion, limit: int) -> CollocationList:
    """Ask the library for so many of the collocations that a question is about."""
    return open_site().library.collocations(
        question.text,
        filters=dict(question.filters),
        measure=question.measure,
        window=question.window,
        least=question.least,
        limit=limit,
    )


@pages.get("/collocations.csv")
def collocations_table() -> Response:
    """The collocations for a spreadsheet."""
    question = read_phrase_question(request.args)
    found = ask_collocations(question, MOST_LINES)
    return _table("collocations", collocation_rows(found))


@pages.get("/shared-phrases")
def shared_phrases() -> str:
    """Longer phrases that recur in different cases."""
    question = read_phrase_question(request.args)
    found = open_site().library.shared_phrases(
        filters=dict(question.filters),
        words=question.words,
        offset=question.offset,
        limit=question.per_page,
        places=10,
    )
    return _page(
        "shared_phrases.html",
        question,
        found=found,
        notices=(*question.notices, *found.notices),
        page_number=question.page,
        last_page=max(1, ceil(found.total / max(found.limit, 1))),
    )


@pages.get("/shared-phrases.csv")
def shared_phrases_table() -> Response:
    """The shared phrases for a spreadsheet."""
    question = read_phrase_question(request.args)
    found = open_site().library.shared_phrases(
        filters=dict(question.filters), words=question.words, limit=MOST_LINES
    )
    return _table("shared-phrases", shared_phrase_rows(found))


@pages.route("/count", methods=["GET", "POST"])
def count() -> Response | str:
    """A list of phrases in, their counts by region and case out."""
    request.max_content_length = 4 * MOST_LIST
    given = request.form if request.method == "POST" else request.args
    listed = given.get("phrases", "")[:MOST_LIST]
    notices: list[str] = []
    filters = read_filters(request.args, notices, ("phrases", "by", "form"))
    phrases = [clean(line) for line in listed.splitlines()]
    found = open_site().library.count_phrases(phrases, filters=dict(filters))
    form, by = given.get("form", ""), given.get("by", "")
    if form in {"csv", "excel"} and found.phrases:
        rows = count_rows(found, "case" if by == "case" else "region")
        return _table("counts", rows, for_excel=form == "excel")
    return _count_page(found, listed, PhraseQuestion(filters=filters), notices)


def _count_page(
    found: PhraseCounts, listed: str, question: PhraseQuestion, notices: Iterable[str]
) -> str:
    told = [f"{each.phrase}: {notice}" for each in found.phrases for notice in each.notices]
    return _page(
        "count.html",
        question,
        found=found,
        listed=listed,
        most=MOST_PHRASES,
        notices=(*notices, *found.notices, *told),
    )


def _page(template: str, question: PhraseQuestion, **values: object) -> str:
    page = request.endpoint.partition(".")[2] if request.endpoint else ""
    return render_template(
        template,
        question=question,
        page=page,
        question_words=quoted(question.search),
        chips=phrase_views.chips(page, question),
        blank=BLANK,
        **values,
    )


def _table(name: str, rows: Iterable[Row], *, for_excel: bool | None = None) -> Response:
    """Send rows as a file; a form may ask for Excel's mark."""
    marked = request.args.get("form") == "excel" if for_excel is None else for_excel
    response = Response(csv_text(rows, for_excel=marked), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
