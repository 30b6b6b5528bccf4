"""Overview: what the front page and the help say of the library as a whole.

In:  the library.
Out: its publications without their cases, how much there is in them, searches worth trying; kept
     as long as nothing is published or removed. Then no record is read but what has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

from msgspec.structs import replace

from search.errors import CasebookError
from search.model import Publication
from search.searcher import Library
from webui.examples import MOST_TITLES, Examples, find_examples
from webui.names import extent


@dataclass(frozen=True, slots=True)
class Entry:
    """A publication without its cases, how many of them and of sections it has, their titles."""

    publication: Publication
    cases: int
    sections: int
    titles: tuple[str, ...]


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
        self._entries: Mapping[tuple[str, str], Entry] = {}  # by publication and digest

    def latest(self, library: Library) -> Overview:
        """Return the overview, made anew if anything was published or removed."""
        state, known = library.state(), self._latest
        if known is not None and (known[0] is state or known[0] == state):
            return known[1]
        if state is not None:
            self._entries = dict(self._indexed(library, state))
        found = map(_entry, library.publications()) if state is None else self._entries.values()
        made = _overview(found)
        if state is None or len(self._entries) == len(state):  # else it is tried again
            self._latest = state, made
        return made

    def _indexed(
        self, library: Library, state: Mapping[str, str]
    ) -> Iterator[tuple[tuple[str, str], Entry]]:
        """Yield the entries of what is indexed; what cannot be read is left out."""
        for name, digest in state.items():
            known = self._entries.get((name, digest))
            with suppress(CasebookError):
                yield (name, digest), known or _entry(library.publication(name))


def _entry(record: Publication) -> Entry:
    titles = tuple(case.title for case in record.cases[:MOST_TITLES] if case.kind == "case")
    return Entry(replace(record, cases=()), *extent(record.cases), titles)


def _overview(found: Iterable[Entry]) -> Overview:
    entries = tuple(sorted(found, key=_by_title))
    return Overview(
        entries,
        sum(entry.cases for entry in entries),
        sum(entry.sections for entry in entries),
        find_examples(chain.from_iterable(entry.titles for entry in entries)),
    )


def _by_title(entry: Entry) -> tuple[str, str]:
    return entry.publication.title.casefold(), entry.publication.id
