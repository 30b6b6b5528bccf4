"""Overview: what the front page and the help say of the library as a whole.

In:  the library.
Out: its publications without their cases, how much there is in them, searches worth trying; read
     from all records once, and kept as long as nothing is published or removed.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from search.model import Publication
from search.searcher import Library
from webui.examples import Examples, find_examples
from webui.names import extent


@dataclass(frozen=True, slots=True)
class Entry:
    """A publication without its cases, and how many of them and of sections it has."""

    publication: Publication
    cases: int
    sections: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The library as a whole."""

    entries: tuple[Entry, ...]
    case_count: int
    section_count: int
    examples: Examples


class Overviews:
    """Keeps the latest overview of one library."""

    def __init__(self) -> None:
        self._latest: tuple[object, Overview] | None = None

    def latest(self, library: Library) -> Overview:
        """Return the overview, made anew if anything was published or removed."""
        state, known = library.state(), self._latest
        if known is not None and (known[0] is state or known[0] == state):
            return known[1]
        made = _overview(library)
        self._latest = state, made
        return made


def _overview(library: Library) -> Overview:
    records = library.publications()
    entries = tuple(Entry(replace(record, cases=()), *extent(record.cases)) for record in records)
    return Overview(
        entries,
        sum(entry.cases for entry in entries),
        sum(entry.sections for entry in entries),
        find_examples(records),
    )
