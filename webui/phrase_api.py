"""The JSON API about words and phrases: what their pages show, for programs.

In:  a request with the parameters of the page of the same name; `limit` and `offset` as well.
Out: JSON named as that of the command of the same name.
Errors: `{"error": sentence}` with the status of the page that would be shown.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec
from flask import Blueprint, Response, request

from search.group_results import CollocationList, SharedPhraseList
from search.phrase_results import Concordance, PhraseCounts, Profile
from webui.json_answers import json_answer
from webui.phrase_pages import ask_collocations
from webui.phrase_questions import PhraseQuestion, read_phrase_question
from webui.questions import clean, read_number
from webui.site import open_site

pages = Blueprint("phrase_api", __name__, url_prefix="/api")

MOST_AT_ONCE = 1_000
MOST_BYTES = 400_000

Told = Concordance | Profile | CollocationList | SharedPhraseList | PhraseCounts


@pages.get("/concordance")
def concordance() -> Response:
    """Every occurrence of a word or phrase."""
    question, offset, limit = _asked()
    found = open_site().library.concordance(
        question.text,
        filters=dict(question.filters),
        sort=question.sort,
        offset=offset,
        limit=limit,
    )
    return _json(found, question)


@pages.get("/profile")
def profile() -> Response:
    """How often a word or phrase occurs."""
    question, _, _ = _asked()
    found = open_site().library.profile(question.text, filters=dict(question.filters))
    return _json(found, question)


@pages.get("/collocations")
def collocations() -> Response:
    """The words that go with a word or phrase."""
    question, _, limit = _asked()
    return _json(ask_collocations(question, limit), question)


@pages.get("/shared-phrases")
def shared_phrases() -> Response:
    """Longer phrases that recur in different cases."""
    question, offset, limit = _asked()
    found = open_site().library.shared_phrases(
        filters=dict(question.filters), words=question.words, offset=offset, limit=limit
    )
    return _json(found, question)


@pages.route("/count", methods=["GET", "POST"])
def count() -> Response:
    """Counts of the phrases given, by region and case: `phrase` repeated, or a list posted."""
    request.max_content_length = MOST_BYTES
    question, _, _ = _asked()
    listed = [*request.args.getlist("phrase"), *request.form.get("phrases", "").splitlines()]
    found = open_site().library.count_phrases(map(clean, listed), filters=dict(question.filters))
    return _json(found, question)


def _asked() -> tuple[PhraseQuestion, int, int]:
    """Return the question, and which lines are wanted: by `offset` and `limit`, or by page."""
    arguments = request.args.copy()
    limit, offset = (arguments.poplist(name) for name in ("limit", "offset"))
    arguments.poplist("phrase")
    question = read_phrase_question(arguments)
    notices: list[str] = []
    wanted = question.per_page
    if limit:
        wanted = min(read_number(request.args, "limit", wanted, notices), MOST_AT_ONCE)
    start = (question.page - 1) * wanted
    if offset and offset[0].strip() != "0":
        start = read_number(request.args, "offset", 0, notices)
    return replace(question, notices=(*question.notices, *notices)), start, wanted


def _json(found: Told, question: PhraseQuestion) -> Response:
    told = msgspec.structs.replace(found, notices=(*question.notices, *found.notices))
    return json_answer(told)
