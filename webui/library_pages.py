"""Library pages: all publications, one publication, its source.

In:  a request.
Out: pages; the source file where the rights allow it.
Errors: NotFoundError for a publication that is not there or a source that is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from search.editions import kept_editions
from search.errors import NotFoundError
from search.model import Case, Publication
from search.phrase_results import Strip
from webui.names import extent, page_range
from webui.phrase_pages import STRIP_BINS
from webui.phrase_questions import PhraseQuestion
from webui.phrase_views import strip_view
from webui.questions import Question, read_question
from webui.reading_pages import find_standing, follow
from webui.site import open_site

pages = Blueprint("library", __name__)

MOST_SECTIONS = 3_000  # above, the contents list cases alone: a page must still open on a phone
MEDIA = {"pdf": ("application/pdf", "pdf"), "text": ("text/plain", "txt")}


@dataclass(frozen=True, slots=True)
class PartView:
    """A part and its cases with their pages; cases outside every part have no title above."""

    title: str
    cases: tuple[tuple[Case, str], ...]


@pages.get("/p/")
def publications() -> str:
    """All publications, by title."""
    return render_template("publications.html", entries=open_site().overview.entries)


@pages.get("/publications")
def publications_by_name() -> Response:
    """The address that somebody would guess."""
    return redirect(url_for("library.publications"))


@pages.get("/p/<publication>")
def publication(publication: str) -> Response:
    """One publication: facts and contents."""
    found = find_standing(publication)
    if found is None:
        return follow(publication)
    asked = read_question(request.args).text
    case_count, section_count = extent(found.cases)
    entries = sum(len(case.sections) for case in found.cases)
    page = render_template(
        "publication.html",
        publication=found,
        parts=tuple(_parts(found)),
        case_count=case_count,
        section_count=section_count,
        with_sections=entries <= MOST_SECTIONS,
        question=Question(asked, filters=(("publication", (found.id,)),)),
        phrase_question=PhraseQuestion(asked, (("publication", (found.id,)),)),
        strips=[strip_view(strip, asked) for strip in _strips(found, asked)],
        offers_source=_offers_source(found),
        former_editions=kept_editions(open_site().library.path, found.id),
        translations=open_site().library.translations.others(found.id),
    )
    return make_response(page)


@pages.get("/download/<publication>")
def source(publication: str) -> Response:
    """The file that was given, where its rights allow a reader to have it."""
    found = find_standing(publication)
    if found is None:
        return follow(publication)
    if not _offers_source(found):
        raise NotFoundError(f"the source of “{found.title}” is not offered for download")
    mimetype, ending = MEDIA[found.source.media]
    return send_file(
        open_site().library.source_file(publication).resolve(),
        mimetype=mimetype,
        as_attachment=True,
        download_name=f"{found.id}.{ending}",
        max_age=0,
    )


def _strips(publication: Publication, asked: str) -> tuple[Strip, ...]:
    """Return where in a publication the words lie that a reader came with."""
    if not asked:
        return ()
    filters = {"publication": (publication.id,)}
    return open_site().library.strips(asked, filters=filters, limit=1, bins=STRIP_BINS)


def _offers_source(publication: Publication) -> bool:
    return publication.rights_download and publication.source.media in MEDIA


def _parts(publication: Publication) -> Iterator[PartView]:
    """Gather the cases that stand together in a part, in book order."""
    for title, cases in groupby(publication.cases, key=publication.part_title):
        pages = ((c, page_range(publication, c.first_page, c.last_page)) for c in cases)
        yield PartView(title, tuple(pages))
