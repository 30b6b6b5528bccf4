"""The JSON API: what the pages show, for programs.

In:  a request with the parameters of the search page; `limit` may stand for `per_page`, and
     `explain=1` asks what the score of each hit is made of.
Out: JSON named as that of `casebook search --json` and `casebook list --json`.
Errors: `{"error": sentence}` with the status of the page that would be shown.
"""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from webui.json_answers import json_answer
from webui.overview import Entry
from webui.questions import read_question
from webui.search_pages import ask_page
from webui.site import open_site

pages = Blueprint("api", __name__, url_prefix="/api")


@pages.get("/search")
def search() -> Response:
    """Answer a question."""
    arguments = _as_on_the_page(request.args)
    explain = arguments.pop("explain", "") not in {"", "0"}
    results, question = ask_page(read_question(arguments), explain=explain)
    notices = (*question.notices, *results.notices)
    return json_answer(msgspec.structs.replace(results, notices=notices))


@pages.get("/publications")
def publications() -> Response:
    """List the publications."""
    return json_answer({"publications": list(map(_entry, open_site().overview.entries))})


def _as_on_the_page(arguments: MultiDict[str, str]) -> MultiDict[str, str]:
    """Take the command line's word for how many hits are wanted as well."""
    taken = MultiDict(arguments)
    if sizes := taken.poplist("limit"):
        taken.setdefault("per_page", sizes[0])
    return taken


def _entry(entry: Entry) -> dict[str, object]:
    publication = entry.publication
    return {
        "id": publication.id,
        "title": publication.title,
        "year": publication.year,
        "language": publication.language,
        "pages": len(publication.pages),
        "cases": entry.cases,
        "sections": entry.sections,
    }
