"""Search: records in, results out. `open_library` is the way in.

    from search import open_library

    library = open_library("library")
    results = library.search("clean water", filters={"part": ["North"]}, limit=10)
    for hit in results.hits:
        print(hit.url, hit.case_title, hit.heading)
    for value in results.facets["organisation"]:
        print(value.value, value.count)

Its rooms, in the order that data passes them.

A record on its way in: `model` (what a publication is), `slugs` and `permalinks` (its names),
`staging` and `publishing` (how it gets into the library's folder, which `library` reads;
`record_digests`, `writer_lock` and `durable_files` beneath them), `documents` (what an engine
indexes of it, `shown` what it shows),
`engine` (the seam) and `engines/` (behind it), `generations` (which index counts).

A question on its way: `query_parser` (text → the tree of `query`), `analysis` and `linguistics/`
(text → tokens), `widening` (other spellings that the library holds), `snapshot/` (matches, ranking,
facet counts, hits with their passages), `suggestions` (what may have been meant), `facet_labels`,
`answers` (one page of `results`). `highlights` marks what a page shows
whole, with what `seen_spellings` tells of titles.

A word or phrase across cases: `phrase_questions` (how it is read), `occurrences` (the seam),
`context_lines` (the text around an occurrence), `concordance`, `phrase_counts` and `phrase_finds`
(conductors of what `phrase_results` has), `csv_tables` (the same for a spreadsheet).

`completions` are what a text may be about to become, `related` what is like a case or section and
what a case is about; `likeness_index` is their seam.

`searcher` is the opened library that does all this, with `settings`; `checking` says what is wrong
in one; `export` gives a publication's structure as data; `errors` has what can go wrong.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.checking import Finding
    from search.completions import Completion
    from search.errors import (
        BackendError,
        CasebookError,
        InputError,
        LibraryError,
        NotFoundError,
    )
    from search.group_results import CollocationList, SharedPhraseList
    from search.likeness_index import Similar, Topic
    from search.permalinks import Resolution
    from search.phrase_results import Concordance, ConcordanceLine, PhraseCounts, Profile, Strip
    from search.results import FacetValue, Highlight, Hit, Passage, Results
    from search.searcher import Library, open_library

__all__ = [
    "BackendError",
    "CasebookError",
    "CollocationList",
    "Completion",
    "Concordance",
    "ConcordanceLine",
    "FacetValue",
    "Finding",
    "Highlight",
    "Hit",
    "InputError",
    "Library",
    "LibraryError",
    "NotFoundError",
    "Passage",
    "PhraseCounts",
    "Profile",
    "Resolution",
    "Results",
    "SharedPhraseList",
    "Similar",
    "Strip",
    "Topic",
    "open_library",
]

# What is re-exported is imported when it is first asked for: whoever needs one room of this
# package, as the process that reads a PDF does, does not pay for numpy and Whoosh.
_HOMES = {
    "checking": ("Finding",),
    "completions": ("Completion",),
    "errors": ("BackendError", "CasebookError", "InputError", "LibraryError", "NotFoundError"),
    "group_results": ("CollocationList", "SharedPhraseList"),
    "likeness_index": ("Similar", "Topic"),
    "permalinks": ("Resolution",),
    "phrase_results": ("Concordance", "ConcordanceLine", "PhraseCounts", "Profile", "Strip"),
    "results": ("FacetValue", "Highlight", "Hit", "Passage", "Results"),
    "searcher": ("Library", "open_library"),
}
_ROOMS = {name: f"search.{room}" for room, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import what is re-exported."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = value
    return value
