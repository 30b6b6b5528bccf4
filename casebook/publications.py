"""Finding what an address leads to, a publication by its id; near names where there is none.

In:  an open library and what was typed.
Out: where its text is now; the record.
Errors: NotFoundError that names what was perhaps meant.
"""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils

from casebook.terminal import note
from search.errors import NotFoundError
from search.model import Publication
from search.permalinks import address_of
from search.searcher import Library

_NEAR = 60.0  # of 100: a misprint or two, or a word of the title
_SHOWN = 3


def find_publication(library: Library, publication: str) -> Publication:
    """Return a publication; where there is none, say which ones are called nearly so."""
    try:
        return library.publication(publication)
    except NotFoundError as error:
        found = library.publications()
        raise NotFoundError(
            f"there is no publication “{publication}” here", fix=_advice(publication, found)
        ) from error


def find_address(library: Library, typed: str) -> str:
    """Follow an address or a link's path to where its text is now; say so where it moved."""
    address = address_of(typed) or typed.strip("/")
    found = library.resolve(address)
    if found.outcome == "moved":
        note(f"{address} is now {found.address}.")
    elif found.outcome == "gone":
        raise NotFoundError(found.note or "it is no longer here", where=address)
    return found.address or address


def _advice(typed: str, publications: tuple[Publication, ...]) -> str:
    if not publications:
        return "The library is empty; “casebook ingest FILE” adds a publication"
    names = {record.id: f"{record.id} {record.title}" for record in publications}
    near = process.extract(
        typed,
        names,
        scorer=fuzz.partial_ratio,
        processor=utils.default_process,
        score_cutoff=_NEAR,
        limit=_SHOWN,
    )
    if not near:
        return "“casebook list” shows all there are"
    return f"Perhaps you mean {' or '.join(f'“{key}”' for _, _, key in near)}"
