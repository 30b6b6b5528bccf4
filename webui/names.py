"""Names: the words of the interface for what the data calls by keys, and small phrases.

In:  keys, counts, pages.
Out: words. The templates know these functions by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Flask

from search.facet_labels import label_of
from search.model import Case, PageLabel, Publication

FACET_TITLES: Mapping[str, str] = {
    "part": "Part",
    "organisation": "Organisation",
    "section_kind": "Kind of section",
    "publication": "Publication",
    "topic": "Topic",
    "year": "Year",
    "language": "Language",
}
SCOPES: Mapping[str, str] = {"sections": "Sections", "cases": "Whole cases"}
ORDERS: Mapping[str, str] = {"relevance": "Best first", "book": "Book order"}
# What a page without a printed label is a page of; imported lines say what is printed.
FILES: Mapping[str, str] = {"pdf": "PDF ", "text": "file "}
MOST_SHOWN = 120


def install(app: Flask) -> None:
    """Let the templates use these words."""
    app.jinja_env.filters.update(counted=counted, shorten=shorten, number=spaced)
    app.jinja_env.globals.update(
        facet_title=facet_title,
        page_name=page_name,
        language_name=language_name,
        page_title=page_title,
        section_name=section_name,
    )


def facet_title(name: str) -> str:
    """Return what a reader calls a facet."""
    return FACET_TITLES.get(name, name.replace("_", " ").capitalize())


def language_name(code: str) -> str:
    """Return a language's English name, or its code."""
    return label_of("language", code)


def section_name(heading: str, kind: str) -> str:
    """Return what a section is called: its heading, or where it has none its kind."""
    return heading or label_of("section_kind", kind)


def extent(cases: Iterable[Case]) -> tuple[int, int]:
    """Count cases and their sections, as every list does: front and back matter are left out."""
    counts = [len(case.sections) for case in cases if case.kind == "case"]
    return len(counts), sum(counts)


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
    if not number:
        return ""
    label = _label(publication, number)
    return printed_page(label) if label else f"{FILES.get(publication.source.media, '')}p. {number}"


def printed_page(label: str) -> str:
    """Name a page by what is printed on it."""
    return f"p. {label}"


def page_title(publication: Publication, page: PageLabel) -> str:
    """Name a page in full: what is printed on it, and its place in the file where that differs."""
    words = page_range(publication, page.number, page.number).replace("p. ", "page ")
    return f"{words[:1].upper()}{words[1:]}"


def page_range(publication: Publication, first: int, last: int) -> str:
    """Name a range of pages: `pp. 12–14`, and in brackets the PDF's where they differ."""
    if not first:
        return ""
    ends = _label(publication, first), _label(publication, last)
    numbers = _range(str(first), str(last))
    if not all(ends):
        return f"{FILES.get(publication.source.media, '')}{numbers}"
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
