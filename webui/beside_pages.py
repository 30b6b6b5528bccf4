"""Beside pages: the same book in two languages, case beside case and section beside section.

In:  a request that names two publications, and a case of the first.
Out: which case stands for which; a case in both languages, aligned section by section. An address
     of a case that moved is redirected; one of a publication that went says what happened.
Errors: NotFoundError for what was never there, or for two publications that nobody has said to be
     one book.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from search.errors import NotFoundError
from search.model import Case, Publication
from search.permalinks import find_case, permalink
from search.translation_links import Counterpart
from search.translation_tables import case_table
from search.translations import Pair, pair_sections
from webui.names import page_range
from webui.reading_pages import find_standing, follow
from webui.reading_views import CaseView, Marks, SectionView, read_case
from webui.site import open_site

pages = Blueprint("beside", __name__, url_prefix="/beside")

_CASE_DEPTH = 2
_UNMARKED = Marks(lambda _section: (), lambda _text, _field: ())


@dataclass(frozen=True, slots=True)
class RowView:
    """What stands side by side; None where one language has nothing."""

    one: SectionView | None
    other: SectionView | None
    pair: Pair


@pages.get("/<publication>/<other>")
def cases(publication: str, other: str) -> Response:
    """Which case of one stands for which of the other."""
    found = find_standing(publication)
    if found is None:
        return follow(publication)
    there = _other(found, other)
    if there is None:
        return _without(found, other)
    table = case_table(open_site().library.translations, found, there)
    page = render_template(
        "beside_cases.html",
        publication=found,
        other=there,
        paired=table.likely,
        only_one=[(row.one, row.one_title) for row in table.only_one],
        only_other=[(row.other, row.other_title) for row in table.only_other],
    )
    return make_response(page)


@pages.get("/<publication>/<other>/<case>")
def case(publication: str, other: str, case: str) -> Response:
    """A case in both languages."""
    found = find_standing(publication)
    story = find_case(found, case) if found else None
    if found is None or story is None:
        return _elsewhere(publication, other, case)
    there = _other(found, other)
    if there is None:
        return _without(found, other, permalink(found.id, story.id))
    counterpart = open_site().library.translations.counterpart(found.id, story.id, there.id)
    view = read_case(found, story, _UNMARKED)
    page = render_template(
        "beside.html",
        publication=found,
        other=there,
        view=view,
        counterpart=counterpart,
        rows=tuple(_rows(found, view, counterpart)),
        other_pages=_pages(counterpart),
    )
    return make_response(page)


def _pages(counterpart: Counterpart | None) -> str:
    if counterpart is None:
        return ""
    case = counterpart.case
    return page_range(counterpart.publication, case.first_page, case.last_page)


def _other(publication: Publication, other: str) -> Publication | None:
    """Return the publication in the other language; None where it went, or is no longer one."""
    others = open_site().library.translations.others(publication.id)
    return next((each for each in others if each.id == other), None)


def _without(publication: Publication, other: str, case_url: str = "") -> Response:
    """Say that there is nothing to stand beside, and lead to what there is."""
    resolution = open_site().library.resolve(other)
    if resolution.outcome == "never":
        raise NotFoundError(f"there is no publication “{other}” in the library")
    if resolution.outcome != "gone":
        raise NotFoundError(f"“{other}” is not “{publication.title}” in another language")
    page = render_template(
        "gone.html", note=resolution.note, publication=publication, near=case_url
    )
    return make_response(page, HTTPStatus.GONE)


def _elsewhere(publication: str, other: str, case: str) -> Response:
    """Go where a case has moved, or say what happened to it."""
    resolution = open_site().library.resolve(f"{publication}/{case}")
    parts = resolution.address.split("/")
    if resolution.outcome != "moved" or len(parts) < _CASE_DEPTH:
        return follow(f"{publication}/{case}")
    moved = url_for("beside.case", publication=parts[0], other=other, case=parts[1])
    return redirect(moved, HTTPStatus.MOVED_PERMANENTLY)


def _rows(
    publication: Publication, view: CaseView, counterpart: Counterpart | None
) -> Iterator[RowView]:
    if counterpart is None:
        yield from (RowView(s, None, Pair(s.section.id, "")) for s in view.sections)
        return
    there = read_case(counterpart.publication, counterpart.case, _UNMARKED)
    ones = {s.section.id: s for s in view.sections}
    others = {s.section.id: s for s in there.sections}
    case: Case = view.case
    for pair in pair_sections((publication, case), (counterpart.publication, counterpart.case)):
        yield RowView(ones.get(pair.one), others.get(pair.other), pair)
