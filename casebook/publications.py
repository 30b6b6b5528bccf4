"""Finding a publication by its id, and near names where there is none.

In:  an open library and what was typed.
Out: the record.
Errors: NotFoundError that names what was perhaps meant.
"""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils

from search.errors import NotFoundError
from search.model import Publication
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
