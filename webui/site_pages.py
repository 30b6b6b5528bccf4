"""Pages about the site: help, the description for browsers, the sign for crawlers.

In:  a request.
Out: pages; the OpenSearch description lets a browser search here from its address bar.
Source: OpenSearch 1.1 draft 6.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, render_template

from search.engine import TEXT_FIELDS
from search.results import FacetValue
from webui.site import open_site

MOST_FREQUENT = 4

pages = Blueprint("site", __name__)


@pages.get("/help")
def help_page() -> str:
    """How to search, with examples from this library."""
    library = open_site().library
    found = library.search("", limit=1, facets=("part", "section_kind"), passages=0)
    return render_template(
        "help.html",
        examples=open_site().overview.examples,
        filters=[(name, _typed(values)) for name, values in found.facets.items() if values],
        field_names=tuple(TEXT_FIELDS),
    )


def _typed(values: Sequence[FacetValue]) -> str:
    """Return a short one of the most frequent values, as it is typed after a field's name."""
    value = min((value.value for value in values[:MOST_FREQUENT]), key=len)
    return value if value.isalnum() else f'"{value}"'


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """The description of the search for browsers."""
    xml = render_template("opensearch.xml")
    return Response(xml, mimetype="application/opensearchdescription+xml")


@pages.get("/robots.txt")
def robots() -> Response:
    """Crawlers may read everything but the endless answers to questions."""
    return Response(render_template("robots.txt"), mimetype="text/plain")
