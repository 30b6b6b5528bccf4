"""The seam for occurrences: what an engine that keeps every word's place can tell of them.

In:  a query and filters, in the words of `search.engine`.
Out: occurrences by document, field and word; counts by facet and case; words that stand together;
     sequences that recur. Texts are not an engine's business: they are cut from the records.

An occurrence is a place where a word or phrase of the query stands in a document that the query
matches. A case's title and organisation stand in each of its sections' documents, and are counted
once, with the first of them. `first` and `last` count the words of a field from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, Protocol, runtime_checkable

from msgspec import Struct

from search.query import Query

ContextSort = Literal["book", "left", "right"]
Measure = Literal["likelihood", "pmi"]
Progress = Callable[[int, int], None]  # how much is done, of how much


class Selection(Struct, frozen=True):
    """Which occurrences are meant; an empty query means all words of all documents."""

    query: Query
    filters: Mapping[str, tuple[str, ...]] = {}


class Occurrence(Struct, frozen=True):
    """A stretch of words of a document's field."""

    document: str
    field: str
    first: int
    last: int


class CaseCount(Struct, frozen=True):
    """How often something occurs in a case (`publication/case`), and how many words that has."""

    case: str
    count: int
    words: int


class Occurrences(Struct, frozen=True):
    """A page of occurrences and how many there are. `cases` are those with most of them.

    `cut` are beginnings and patterns that stand for more words than an engine looks up.
    """

    total: int
    section_count: int
    case_count: int
    page: tuple[Occurrence, ...]
    cases: tuple[CaseCount, ...]
    cut: tuple[str, ...] = ()


class ValueFrequency(Struct, frozen=True):
    """A facet's value: occurrences, cases that have any, words of everything with that value."""

    value: str
    count: int
    cases: int
    words: int


class Frequencies(Struct, frozen=True):
    """How often something occurs, in how many words, by facet and by case in book order."""

    total: int
    case_count: int
    words: int
    facets: Mapping[str, tuple[ValueFrequency, ...]]
    cases: tuple[CaseCount, ...] = ()
    cut: tuple[str, ...] = ()


class Band(Struct, frozen=True):
    """A case's stretch of a publication's words."""

    case: str
    start: int
    end: int


class Mark(Struct, frozen=True):
    """Occurrences that stand close together: how many, the word of the first, its document."""

    start: int
    count: int
    document: str


class Dispersion(Struct, frozen=True):
    """Where in a publication's words something occurs."""

    publication: str
    words: int
    count: int
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]


class Collocation(Struct, frozen=True):
    """Words that stand together more often than chance has it; `words` are exact forms."""

    words: tuple[str, ...]
    count: int
    frequency: int  # of the rarer word alone
    score: float


class Collocations(Struct, frozen=True):
    """The strongest collocations, strongest first, and how many there are at all."""

    total: int
    occurrences: int  # of what the collocates were looked for around; 0 where of pairs
    found: tuple[Collocation, ...]
    cut: tuple[str, ...] = ()


class CollocationRequest(Struct, frozen=True):
    """Which collocations are wanted: neighbours within `window` words, or pairs without a query."""

    selection: Selection
    measure: Measure = "likelihood"
    window: int = 4
    least: int = 3
    limit: int = 50


class SharedPhrase(Struct, frozen=True):
    """A sequence of words that stands in several cases; `places` has some of them."""

    words: int
    count: int
    case_count: int
    places: tuple[Occurrence, ...]


class SharedPhrases(Struct, frozen=True):
    """Sequences that recur in different cases, those that weigh most first."""

    total: int
    found: tuple[SharedPhrase, ...]


class SharedPhraseRequest(Struct, frozen=True):
    """Which shared phrases are wanted: of so many words at least; so many places of each."""

    selection: Selection
    words: int = 6
    offset: int = 0
    limit: int = 50
    places: int = 20


class OccurrenceIndex(Protocol):
    """One committed state of an index that knows where every word stands."""

    def occurrences(
        self, selection: Selection, *, sort: ContextSort, offset: int, limit: int, cases: int
    ) -> Occurrences:
        """Return a page of occurrences, and the cases that have most of them."""
        ...

    def frequencies(
        self, selection: Selection, *, facets: tuple[str, ...], with_cases: bool
    ) -> Frequencies:
        """Count occurrences by facet and, if wanted, by case; only cases that have any."""
        ...

    def dispersions(self, selection: Selection, *, limit: int, bins: int) -> tuple[Dispersion, ...]:
        """Return where the occurrences lie in the publications that have most of them."""
        ...

    def collocations(self, request: CollocationRequest) -> Collocations:
        """Return the words that go with what was asked for."""
        ...

    def shared_phrases(
        self, request: SharedPhraseRequest, progress: Progress | None
    ) -> SharedPhrases:
        """Return the sequences of words that recur in different cases."""
        ...


@runtime_checkable
class OccurrenceEngine(Protocol):
    """An engine that has such an index."""

    def occurrence_index(self) -> OccurrenceIndex:
        """Return the latest state."""
        ...
