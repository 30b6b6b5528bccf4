"""Names: the words of the interface for what the data calls by keys, and small phrases.

In:  keys, counts, pages.
Out: words. The templates know these functions by name.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from search.facet_labels import label_of
from search.model import PageLabel, Publication

FACET_TITLES: Mapping[str, str] = {
    "part": "Part",
    "organisation": "Organisation",
    "section_kind": "Kind of section",
    "publication": "Publication",
    "year": "Year",
    "language": "Language",
}
SCOPES: Mapping[str, str] = {"sections": "Sections", "cases": "Whole cases"}
ORDERS: Mapping[str, str] = {"relevance": "Best first", "book": "Book order"}
NO_HEADING = "Opening"
MOST_SHOWN = 120


def install(app: Flask) -> None:
    """Let the templates use these words."""
    app.jinja_env.filters.update(counted=counted, shorten=shorten, number=spaced)
    app.jinja_env.globals.update(
        facet_title=facet_title,
        page_name=page_name,
        language_name=language_name,
        no_heading=NO_HEADING,
        order_names=ORDERS,
        page_title=page_title,
        scope_names=SCOPES,
    )


def facet_title(name: str) -> str:
    """Return what a reader calls a facet."""
    return FACET_TITLES.get(name, name.replace("_", " ").capitalize())


def language_name(code: str) -> str:
    """Return a language's English name, or its code."""
    return label_of("language", code)


def spaced(count: int) -> str:
    """Write a number with its thousands apart."""
    return f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """Write a number of things: `1 case`, `2 cases`."""
    return f"{spaced(count)} {one if count == 1 else many or f'{one}s'}"


def shorten(text: str, longest: int = MOST_SHOWN) -> str:
    """Cut a text that is too long to be shown whole."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def page_name(publication: Publication, number: int) -> str:
    """Name a page for a reader, what is printed on it first; "" where nothing is known."""
    return page_range(publication, number, number).partition(" (")[0]


def page_title(page: PageLabel) -> str:
    """Say which page begins here, and its place in the file where that differs."""
    if not page.label:
        return f"Page {page.number} of the file begins here"
    place = "" if page.label == str(page.number) else f" ({page.number} of the file)"
    return f"Page {page.label}{place} begins here"


def page_range(publication: Publication, first: int, last: int) -> str:
    """Name a range of pages: `pp. 12–14`, and in brackets the PDF's where they differ."""
    if not first:
        return ""
    ends = _label(publication, first), _label(publication, last)
    numbers = _range(str(first), str(last))
    if not all(ends):
        return f"{'PDF' if publication.source.media == 'pdf' else 'file'} {numbers}"
    printed = _range(*ends)
    differs = printed != numbers and publication.source.media == "pdf"
    return f"{printed} (PDF {numbers})" if differs else printed


def _label(publication: Publication, number: int) -> str:
    """Return what is printed on a page: nearly always the page stands at its own number."""
    pages = publication.pages
    if 0 < number <= len(pages) and pages[number - 1].number == number:
        return pages[number - 1].label
    return next((page.label for page in pages if page.number == number), "")


def _range(first: str, last: str) -> str:
    return f"p. {first}" if first == last else f"pp. {first}–{last}"
