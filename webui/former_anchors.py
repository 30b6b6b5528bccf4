"""Former anchors: what a link's `#…` once named on a case's page still leads to its text.

In:  a publication and one of its cases.
Out: for every anchor that the case's page once had and has no longer: the anchor where its text
     is now, or the address of another page, or what happened to it.

A browser does not tell a server what stands behind the `#`, so the page itself has to know.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from search.model import Case, Publication
from search.permalinks import Resolution, Resolver, url_of
from webui import urls


@dataclass(frozen=True, slots=True)
class Departed:
    """An anchor whose text is on no page, or on another; `path` leads there, "" where nowhere."""

    anchor: str
    path: str
    note: str


@dataclass(frozen=True, slots=True)
class FormerAnchors:
    """`here` has the former anchors by the present one."""

    here: dict[str, tuple[str, ...]]
    departed: tuple[Departed, ...]


def former_anchors(publication: Publication, case: Case) -> FormerAnchors:
    """Return the anchors that a case's page once had."""
    living = {
        anchor
        for section in case.sections
        for anchor in (section.id, *(urls.anchor(section.id, n) for n in section.anchors))
    }
    here: defaultdict[str, list[str]] = defaultdict(list)
    departed: list[Departed] = []
    for old, now in _former(publication, case):
        anchor = _anchor(old)
        if anchor in living:
            continue
        living.add(anchor)
        _, _, place = now.address.partition("/") if now.outcome == "moved" else ("", "", "")
        if place.partition("/")[0] == case.id:
            here[_anchor(place)].append(anchor)
        else:
            departed.append(Departed(anchor, url_of(now.address) if place else "", now.note))
    return FormerAnchors({at: tuple(found) for at, found in here.items()}, tuple(departed))


def _former(publication: Publication, case: Case) -> list[tuple[str, Resolution]]:
    """Return the retired addresses of this case, and of those that became part of it."""
    names = {case.id} | {r.address for r in publication.retired if r.successor == case.id}
    found = [
        entry.address
        for entry in publication.retired
        if "/" in entry.address and entry.address.partition("/")[0] in names
    ]
    resolver = Resolver(publication)
    return [(place, resolver.resolve(f"{publication.id}/{place}")) for place in found]


def _anchor(place: str) -> str:
    """Return the anchor of `case/section` or `case/section/p3`; "" of a case."""
    return place.partition("/")[2].replace("/", "-")
