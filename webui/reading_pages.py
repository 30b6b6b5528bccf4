"""Reading pages: a case, and every permalink below a publication.

In:  a request for an address.
Out: the case's page; a redirect from a section, paragraph or printed page to its place there,
     and from an address that has moved; a page that says what happened to one that is gone.
Errors: NotFoundError for an address that was never given out.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from search.editions import former_edition
from search.errors import CasebookError, NotFoundError
from search.highlights import Marker, highlights_in
from search.likeness_index import SimilarHit, Topic
from search.model import Case, Publication, Section
from search.permalinks import find_case, find_page, resolve_in, url_of
from search.results import Highlight
from search.translation_links import Counterpart
from webui import hit_views, reading_views, urls
from webui.questions import Question, read_question
from webui.site import open_site

pages = Blueprint("reading", __name__)

T = TypeVar("T")

MOST_SIMILAR = 4


@pages.get("/p/<publication>/<case>")
def case(publication: str, case: str) -> Response:
    """A case, with the question's words marked."""
    found = find_asked(publication)
    story = find_case(found, case) if found else None
    if found is None or story is None:
        return follow(f"{publication}/{case}", found)
    return make_response(_case_page(found, story, read_question(request.args)))


@pages.get("/p/<publication>/<case>/<section>")
@pages.get("/p/<publication>/<case>/<section>/<paragraph>")
def place(publication: str, case: str, section: str, paragraph: str = "") -> Response:
    """A section or paragraph: its place on the case's page."""
    address = "/".join(filter(None, (publication, case, section, paragraph)))
    return follow(address, find_asked(publication))


@pages.get("/p/<publication>/page/<path:name>")
def page(publication: str, name: str) -> Response:
    """A printed page: the paragraph that it begins with."""
    found = find_standing(publication)
    if found is None:
        return follow(publication)
    known = find_page(found, name)
    if known is None:
        raise NotFoundError(f"there is no page {name[:20]} in “{found.title}”")
    case, anchor = _page_start(found, known.number)
    return redirect(urls.case_url(found.id, case, anchor, read_question(request.args)))


def find_standing(publication: str) -> Publication | None:
    """Return a publication, None where its id leads nowhere (any more)."""
    try:
        return open_site().library.publication(publication)
    except NotFoundError:
        return None


def find_asked(publication: str) -> Publication | None:
    """Return a publication in the edition that the request names (`?edition=2`), or as it is."""
    found = find_standing(publication)
    number = request.args.get("edition", type=int)
    if found is None or number is None or number == found.edition:
        return found
    return former_edition(open_site().library.path, publication, number)


def is_former(publication: Publication) -> bool:
    """Tell whether a publication is shown as it was."""
    return request.args.get("edition", type=int) == publication.edition and (
        (present := find_standing(publication.id)) is None or present.edition != publication.edition
    )


def follow(address: str, within: Publication | None = None) -> Response:
    """Go where an address leads (in a former edition: led), or say what happened to it."""
    was = within is not None and is_former(within)
    resolution = (
        resolve_in(within, address) if within and was else open_site().library.resolve(address)
    )
    if resolution.outcome == "gone":
        publication = find_standing(address.partition("/")[0])
        near = resolution.address if publication else ""
        page = render_template(
            "gone.html", note=resolution.note, publication=publication, near=near and url_of(near)
        )
        return make_response(page, HTTPStatus.GONE)
    if resolution.outcome == "never":
        raise NotFoundError("there is nothing at this address, and there never was")
    parts = [*resolution.address.split("/"), "", "", ""]
    permanent = resolution.outcome == "moved" and not was
    code = HTTPStatus.MOVED_PERMANENTLY if permanent else HTTPStatus.FOUND
    return redirect(_reading_address(parts), code)


def _reading_address(parts: list[str]) -> str:
    publication, case, section, paragraph, *_ = parts
    question = read_question(request.args)
    if not case:
        return urls.permalink(publication)
    number = int(paragraph[1:]) if paragraph else 0
    return urls.case_url(publication, case, urls.anchor(section, number), question)


def _case_page(publication: Publication, story: Case, question: Question) -> str:
    view = reading_views.read_case(publication, story, _marks(publication, question))
    return render_template(
        "case.html",
        publication=publication,
        view=view,
        question=question,
        question_words=hit_views.quoted(question),
        citation=reading_views.citation(publication, story),
        similar=_similar(publication, story),
        topics=_topics(publication, story),
        counterparts=_counterparts(publication, story),
        case_count=sum(other.kind == "case" for other in publication.cases),
        is_former=is_former(publication),
    )


def _similar(publication: Publication, story: Case) -> tuple[SimilarHit, ...]:
    """Return cases like this one; none of front and back matter, nor where the index has none."""
    if story.kind != "case" or is_former(publication):
        return ()
    address, library = f"{publication.id}/{story.id}", open_site().library
    return _or_nothing(lambda: library.more_like(address, limit=MOST_SIMILAR).hits)


def _counterparts(publication: Publication, story: Case) -> tuple[Counterpart, ...]:
    """Return this case in other languages; of a former edition nothing is known."""
    if is_former(publication):
        return ()
    links = open_site().library.translations
    return _or_nothing(lambda: links.counterparts(publication.id, story.id))


def _topics(publication: Publication, story: Case) -> tuple[Topic, ...]:
    """Return what a case is about; nothing where the index cannot be asked, or not yet."""
    if is_former(publication) or not open_site().shows_topics:
        return ()
    library = open_site().library
    return _or_nothing(lambda: library.topics(f"{publication.id}/{story.id}"))


def _or_nothing(ask: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
    """Ask the index; return nothing where it cannot: the text can be read all the same."""
    try:
        return ask()
    except CasebookError:
        return ()


def _marks(publication: Publication, question: Question) -> reading_views.Marks:
    query = open_site().library.read_query(question.text, spelling=question.spelling)
    marker = Marker(query)

    def in_section(section: Section) -> tuple[Highlight, ...]:
        return tuple(highlights_in(query, publication, section)) if question.text else ()

    def in_line(text: str, field: str) -> tuple[tuple[int, int], ...]:
        return marker.spans(text, language=publication.language, field=field)

    return reading_views.Marks(in_section, in_line)


def _page_start(publication: Publication, number: int) -> tuple[str, str]:
    """Return the case and the anchor of the first thing on a page, or on the next with text."""
    for case in publication.cases:
        if any(line.page >= number for line in case.title_lines[:1]):
            return case.id, ""
        if anchor := _anchor_in(case, number):
            return case.id, anchor
    return publication.cases[-1].id, ""


def _anchor_in(case: Case, number: int) -> str:
    for section in case.sections:
        if any(line.page >= number for line in section.heading_lines[:1]):
            return section.id
        for at, block in zip(section.anchors, section.blocks, strict=True):
            if any(line.page >= number for line in block.lines):
                return urls.anchor(section.id, at)
    return ""
