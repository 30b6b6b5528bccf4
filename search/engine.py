"""The engine seam: what an index of documents must do, in our own types only.

In:  documents to publish; a `SearchRequest`.
Out: `EngineResults`: which documents matched, in which order, how many, with facet counts.

Every engine passes `tests/test_contract_engine.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from msgspec import Struct

from search.explanation import Explanation
from search.linguistics.short_forms import ShortForm
from search.query import Query
from search.results import FacetValue, Hit
from search.shown import Shown

Scope = Literal["sections", "cases"]
Match = Literal["all", "any"]
Matching = Literal["auto", "all", "any"]  # auto: all, and any where too few have all
Spelling = Literal["any", "typed"]
Sort = Literal["relevance", "book"]

# Text fields and their weights in BM25F; docs/adr/0003-ranking.md has the reasons.
TEXT_FIELDS: Mapping[str, float] = {
    "title": 2.0,  # the case's title
    "heading": 1.0,
    "organisation": 1.0,
    "body": 1.0,
    "caption": 1.0,
}
# Texts that a section has from its case. The case, which has the texts of all its sections, has
# these once.
CASE_FIELDS = ("title", "organisation")
FACETS: tuple[str, ...] = (
    "part",
    "organisation",
    "section_kind",
    "publication",
    "year",
    "language",
)
# What an engine finds out of all its documents together, where it can; it is not in the records.
TOPIC = "topic"
ALL_FACETS = (*FACETS, TOPIC)

NOTHING_SHOWN = Shown()


@dataclass(frozen=True, slots=True)
class Document:
    """One section, as an engine indexes it.

    `id` is `publication/case/section`. `order` is its place in the library's book order within its
    publication. It carries its case's title and organisation as fields. `facets` maps each facet
    to all its values. `shown` is what its `Hit` says, and that of its case.

    A whole case, `publication/case`, is what its sections are together, wherever they stand: it
    has the texts of all of them, one after another and never run together, those in `CASE_FIELDS`
    of the first alone; all their facet values; and it stands where its first section does.
    """

    id: str
    publication: str
    order: int
    language: str
    texts: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    shown: Shown = NOTHING_SHOWN


def case_of(document: str) -> str:
    """Return the id of the case that a section stands in."""
    return document.rpartition("/")[0]


class SearchRequest(Struct, frozen=True):
    """A question as an engine takes it.

    `filters` maps a facet to chosen values: OR within a facet, AND between facets; values are
    compared whole and without regard to case. `facets` names the facets to count, and nothing
    else is counted. With `feedback` the first hits of a question in plain words are re-ranked by
    what they have in common. `offset` and `limit` cut the list of hits, never the counts.
    """

    query: Query
    scope: Scope = "sections"
    match: Match = "all"
    filters: Mapping[str, tuple[str, ...]] = {}
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()
    feedback: bool = True
    explain: bool = False


class EngineHit(Struct, frozen=True):
    """A document that matched; `missing` are the wanted words that it lacks (`match="any"`)."""

    id: str
    score: float
    missing: tuple[str, ...] = ()
    explanation: Explanation | None = None


Show = Callable[[Query, int], list[Hit]]


def show_nothing(_query: Query, _passages: int) -> list[Hit]:
    """Show no hit."""
    return []


class EngineResults(Struct, frozen=True, eq=False):
    """Hits in falling score (ties in book order), the exact total, the facet counts.

    Facet values come by falling count, then by value, each labelled as it is written. The counts of
    a facet ignore the choice made in that facet itself (so that another value can be added) and
    obey all the others. Chosen values are always listed, with 0 if need be. `cut` are beginnings
    and patterns that stand for more words than an engine looks up, as typed: only the most
    frequent were. `show` gives the hits as readers see them, with so many passages for a query at
    most, as they stood when they were found, whatever is published meanwhile; it has no say in
    what results are equal.
    """

    total: int
    hits: Sequence[EngineHit]
    facets: Mapping[str, Sequence[FacetValue]]
    cut: tuple[str, ...] = ()
    show: Show = show_nothing

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EngineResults):
            return NotImplemented
        mine, others = ((r.total, r.hits, r.facets, r.cut) for r in (self, other))
        return mine == others

    def __hash__(self) -> int:
        return hash((self.total, self.hits))


class Vocabulary(Protocol):
    """The words of one scope's living documents, in one state of the index.

    `notes` is room for what others work out from them and want to find again; it goes with them.
    """

    notes: dict[str, Any]

    @property
    def size(self) -> int:
        """Return the number of documents."""
        ...

    def documents(self, form: str) -> int:
        """Return how many documents have an exact form."""
        ...

    def family(self, form: str) -> int:
        """Return how many documents, at most, have a word of the family of an exact form."""
        ...

    def folded(self, keys: Collection[str]) -> frozenset[str]:
        """Return the words under some folded keys, perhaps others too (`linguistics.folding`)."""
        ...

    def short_forms(self) -> Iterable[ShortForm]:
        """Return the abbreviations that living publications introduce, once for each."""
        ...

    def near(self, form: str, distance: int) -> frozenset[str]:
        """Return the words so many letters from a form, or fewer."""
        ...


class Engine(Protocol):
    """An index of documents."""

    def publish(
        self,
        documents: Iterable[Document],
        *,
        digests: Mapping[str, str],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Replace publications by these documents, in one commit: all of it or nothing.

        `digests` maps each publication to replace (or to remove, when it has no document here)
        to the digest of the record that the documents were made from; "" removes it.
        `progress` is told how many documents have been taken, now and then.
        """
        ...

    def search(self, request: SearchRequest) -> EngineResults:
        """Answer a request; never raises on an odd query."""
        ...

    def vocabulary(self, scope: Scope) -> Vocabulary:
        """Return the words of a scope: the same object as long as the index is the same."""
        ...

    def digests(self) -> Mapping[str, str]:
        """Return what is indexed: publication id → digest of its record."""
        ...

    def titles(self) -> Mapping[str, str]:
        """Return the titles of the publications of which anything is shown."""
        ...

    def document_count(self) -> int:
        """Return how many documents the index holds."""
        ...

    def faults(self) -> tuple[str, ...]:
        """Read the index's files whole and say what is wrong with them; nothing is good news."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...
