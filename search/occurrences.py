"""Occurrences: what an index that keeps every word's place tells of them, in its own words.

In:  a query and filters, in the words of `search.engine`.
Out: occurrences by document, field and word; counts by facet and case; where in a publication.
     The text around an occurrence is that which was indexed.

An occurrence is a place where a word or phrase of the query stands in a document that the query
matches. A case's title and organisation stand in each of its sections' documents, and are counted
once, with the first of them. `first` and `last` count the words of a field from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from search.query import Query

ContextSort = Literal["book", "left", "right"]


class Selection(Struct, frozen=True):
    """Which occurrences are meant; an empty query means all words of all documents."""

    query: Query
    filters: Mapping[str, tuple[str, ...]] = {}


class Occurrence(Struct, frozen=True):
    """A stretch of words of a section's field; `section` is its number in the index's state."""

    section: int
    document: str
    field: str
    first: int
    last: int


class ShownText(Struct, frozen=True):
    """The text of a field and the characters of an occurrence in it.

    `paragraph` is the number of its block, from 1, and 0 outside of running text and captions;
    `page` is its place in the file.
    """

    text: str
    start: int
    end: int
    paragraph: int
    page: int


class CaseCount(Struct, frozen=True):
    """How often something occurs in a case (`publication/case`), and how many words that has.

    `section` is the number of its first section.
    """

    section: int
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
    """A case's stretch of a publication's words; `section` is its first."""

    section: int
    case: str
    start: int
    end: int


class Mark(Struct, frozen=True):
    """Occurrences that stand close together: how many, the word of the first, its section."""

    start: int
    count: int
    section: int


class Dispersion(Struct, frozen=True):
    """Where in a publication's words something occurs."""

    publication: str
    words: int
    count: int
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
