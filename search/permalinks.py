"""Permalinks: an address is `publication[/case[/section[/pN]]]` or `publication/page/LABEL`.

In:  ids, or a path as a browser sends it.
Out: paths, percent-encoded, without host and prefix; addresses; what became of an address.
Errors: none; a path that is no permalink gives no address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from search.model import Case, PageLabel, Publication
from search.slugs import is_slug

PAGE = "page"  # no case gets this id

_ROOT = "/p/"
_PARAGRAPH = re.compile(r"p([1-9][0-9]{0,6})")
_PLAIN = re.compile(r"[a-z0-9/-]*")  # as nearly all addresses are: nothing to quote
_PDF_PAGE = re.compile(r"pdf-([1-9][0-9]{0,6})")
_DEPTH = 4
_PAGE_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of an address.

    `found`: it stands as it was given. `moved`: the text is now at `address`. `gone`: it was
    given out once and its text is no longer here; `note` says what happened, `address` is what is
    left around it (a paragraph's section, a section's case). `never`: it was never given out.
    `address` is empty where there is nothing to go to.
    """

    outcome: Literal["found", "moved", "gone", "never"]
    address: str = ""
    note: str = ""


def permalink(publication: str, case: str = "", section: str = "", paragraph: int = 0) -> str:
    """Return the path of a publication, case, section or paragraph."""
    parts = (publication, case, section, f"p{paragraph}" if paragraph else "")
    return url_of("/".join(filter(None, parts)))


def page_permalink(publication: Publication, page: PageLabel) -> str:
    """Return the path of a page: by its printed label where that is its alone, else by place."""
    label = page.label.strip()
    name = label if find_page(publication, label) == page else f"pdf-{page.number}"
    return url_of(f"{publication.id}/{PAGE}/{name}")


def url_of(address: str) -> str:
    """Return the path of an address."""
    if _PLAIN.fullmatch(address):
        return _ROOT + address
    return _ROOT + "/".join(quote(part, safe="") for part in address.split("/"))


def address_of(url: str) -> str:
    """Return the address of a permalink's path (a query or fragment is left off); "" if none."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    if not path.startswith(_ROOT):
        return ""
    address = unquote(path.removeprefix(_ROOT)).strip("/")
    return address if is_address(address) else ""


def is_address(address: str) -> bool:
    """Tell whether this could be an address, whether or not anything is there."""
    parts = address.split("/")
    if len(parts) > 1 and parts[1] == PAGE:
        return len(parts) == _PAGE_DEPTH and is_slug(parts[0]) and bool(parts[2])
    if len(parts) == _DEPTH and not _PARAGRAPH.fullmatch(parts.pop()):
        return False
    return len(parts) < _DEPTH and all(is_slug(part) for part in parts)


def find_page(publication: Publication, name: str) -> PageLabel | None:
    """Return the page that an address names; None where none does, or several do."""
    if match := _PDF_PAGE.fullmatch(name):
        return next((page for page in publication.pages if page.number == int(match[1])), None)
    if not name or "/" in name or name in {".", ".."}:
        return None
    found = [page for page in publication.pages if page.label.strip() == name]
    return found[0] if len(found) == 1 else None


def addresses(publication: Publication) -> tuple[str, ...]:
    """Return every address below the publication's own that it has or once had, without pages."""
    found = [retired.address for retired in publication.retired]
    for case in publication.cases:
        found.append(case.id)
        found.extend(f"{case.id}/{section.id}" for section in case.sections)
    return tuple(dict.fromkeys(found))


def resolve_in(publication: Publication, address: str) -> Resolution:
    """Say where an address of this publication is now."""
    return Resolver(publication).resolve(address)


class Resolver:
    """Says where addresses of one publication are now; what that takes is gathered once."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._retired = {entry.address: entry for entry in publication.retired}

    def resolve(self, address: str) -> Resolution:
        """Say where an address is now."""
        parts = address.split("/")
        if len(parts) > 1 and parts[1] == PAGE:
            page = find_page(self._publication, parts[2])
            return Resolution("found", address) if page else Resolution("never")
        if len(parts) == 1:
            return Resolution("found", address)
        place = "/".join(parts[1:])
        target, note = self._follow(place)
        if not target:
            return Resolution("gone", self._nearest(place), note) if note else Resolution("never")
        now = f"{self._publication.id}/{target}"
        return Resolution("found" if now == address else "moved", now, note)

    def _nearest(self, place: str) -> str:
        """Return what is left around a place: a paragraph's section, its case; "" if nothing is."""
        target = ""
        while "/" in place and not target:
            place = place.rpartition("/")[0]
            target = self._follow(place)[0]
        return f"{self._publication.id}/{target}" if target else ""

    def _follow(self, place: str) -> tuple[str, str]:
        """Follow retired addresses to a living one ("" if none), with the last note on the way."""
        note, seen = "", {""}
        while place not in seen and not _stands(self._publication, place):
            seen.add(place)
            above, _, name = place.rpartition("/")
            if entry := self._retired.get(place):
                place, note = entry.successor, entry.note or "its text is no longer here"
            elif "/" in above:
                # A paragraph that was never known leads to its section, if that was.
                place = above
            elif above and (entry := self._retired.get(above)):
                place = _below(entry.successor, name)
                note = entry.note or "its case is no longer here"
            else:
                place = above if note and above else ""
        return ("" if place in seen else place), note


def _below(place: str, section: str) -> str:
    """The same section of a case that has moved; its text may be part of a section now."""
    return place if not place or "/" in place else f"{place}/{section}"


def _stands(publication: Publication, place: str) -> bool:
    case, _, rest = place.partition("/")
    section, _, paragraph = rest.partition("/")
    found = find_case(publication, case)
    if not section:
        return found is not None
    inside = next((s for s in (found.sections if found else ()) if s.id == section), None)
    if inside is None or not paragraph:
        return inside is not None
    return int(paragraph[1:]) in inside.anchors


def find_case(publication: Publication, case: str) -> Case | None:
    """Return a case by its id, None where there is none."""
    return next((found for found in publication.cases if found.id == case), None)
