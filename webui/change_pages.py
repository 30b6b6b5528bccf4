"""Change pages: what changed between two editions of a publication, and its former editions.

In:  a request: two numbers of editions in its address; without them the last two.
Out: a page with the sections that came, went, moved and changed, and the words within them.
Errors: NotFoundError for a publication or an edition that is not there.
"""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from search.comparison import compare
from search.editions import former_edition, kept_editions
from search.errors import NotFoundError
from search.model import Publication
from webui.reading_pages import find_standing, follow
from webui.site import open_site

pages = Blueprint("changes", __name__)


@pages.get("/changes/<publication>")
def changes(publication: str) -> Response:
    """What changed from one edition to another."""
    found = find_standing(publication)
    if found is None:
        return follow(publication)
    former = kept_editions(open_site().library.path, publication)
    if not former:
        raise NotFoundError(f"“{found.title}” has only had one edition; nothing has changed")
    before = _edition(found, request.args.get("from", type=int) or former[-1])
    after = _edition(found, request.args.get("to", type=int) or found.edition)
    page = render_template(
        "changes.html",
        publication=found,
        comparison=compare(before, after),
        editions=(*former, found.edition),
    )
    return make_response(page)


def _edition(present: Publication, number: int) -> Publication:
    if number == present.edition:
        return present
    return former_edition(open_site().library.path, present.id, number)
