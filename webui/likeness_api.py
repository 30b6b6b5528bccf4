"""The JSON API of likeness: completions of a question, what is like a text, topics of a case.

In:  `q`, what has been typed, or an `address`; `limit`. A page of the site also says in which
     `state` of the library it was made: a browser may keep what it is told of that one.
Out: JSON named as that of `casebook similar --json`; where each suggestion leads.
Errors: `{"error": sentence}` with the status of the page that would be shown.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from search.completions import Completion
from webui.json_answers import json_answer
from webui.questions import BLANK, Question, clean, with_values
from webui.site import open_site
from webui.urls import search_url

pages = Blueprint("likeness", __name__, url_prefix="/api")

DAY_S = 24 * 60 * 60
SUGGESTED, SIMILAR = 8, 10


@pages.get("/suggest")
def suggest() -> Response:
    """What a reader who has typed this may be about to ask, or to look for."""
    site = open_site()
    found = site.library.suggest(clean(request.args.get("q", "")), limit=_limit(SUGGESTED))
    response = json_answer({"suggestions": [_entry(suggestion) for suggestion in found]})
    if request.args.get("state") == site.state:
        response.cache_control.private = True
        response.cache_control.max_age = DAY_S
    return response


@pages.get("/similar")
def similar() -> Response:
    """What is like a case or a section."""
    address = clean(request.args.get("address", ""))
    return json_answer(open_site().library.more_like(address, limit=_limit(SIMILAR)))


@pages.get("/topics")
def topics() -> Response:
    """What a case is about."""
    address = clean(request.args.get("address", ""))
    return json_answer({"topics": open_site().library.topics(address)})


def _entry(suggestion: Completion) -> dict[str, object]:
    return {
        "kind": suggestion.kind,
        "text": suggestion.text,
        "url": _address(suggestion),
        "count": suggestion.count,
    }


def _address(suggestion: Completion) -> str:
    if suggestion.url:
        return request.script_root + suggestion.url
    if suggestion.kind == "word":
        return search_url(Question(suggestion.text))
    return search_url(with_values(BLANK, suggestion.kind, (suggestion.text,)))


def _limit(default: int) -> int:
    wanted = request.args.get("limit", default, type=int)
    return max(wanted, 0)
