"""The seam for likeness: what an engine must keep to complete words and to find what is alike.

In:  words as the index has them (exact forms), addresses of cases and sections.
Out: words and names that begin so; documents that share telling words.
     An engine without such an index still searches.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

from msgspec import Struct

from search.results import Hit

NameKind = Literal["organisation", "part", "publication", "case"]


class Typed(Struct, frozen=True):
    """What has been typed: whole words, and the beginning of one more ("" behind a blank)."""

    before: tuple[str, ...]
    beginning: str = ""


class Name(Struct, frozen=True):
    """A name; `url` is the path of its page, "" for a facet's value. `count` is of sections."""

    kind: NameKind
    text: str
    url: str
    count: int


class KeyTerm(Struct, frozen=True):
    """A word that tells what a text is about.

    `times` is how often its family stands there, a word of the title counting as in a search;
    `documents` how many cases (or sections) have any of it, `weight` their product by tf·idf.
    """

    term: str
    times: float
    documents: int
    weight: float


class Topic(Struct, frozen=True):
    """What a case is about: a word in any form, or two words side by side.

    It stands there `times` times, which is more than in the rest of the library by the
    log-likelihood ratio `score`; `cases` have it for a topic.
    """

    topic: str
    times: int
    cases: int
    score: float


class SimilarHit(Struct, frozen=True):
    """A case or section like another, and the words that both have, most telling first."""

    hit: Hit
    shared: tuple[str, ...]


class Similar(Struct, frozen=True):
    """What is like a case or section: its own key terms, and others that share them."""

    address: str
    terms: tuple[KeyTerm, ...]
    hits: tuple[SimilarHit, ...]


class LikenessIndex(Protocol):
    """One committed state of an index."""

    def words(self, typed: Typed, *, limit: int) -> Sequence[str]:
        """Return words that begin so, by falling number of sections that have all that is typed."""
        ...

    def names(self, typed: Typed, *, limit: int) -> Sequence[Name]:
        """Return names that have all these words, so many of each kind, best first."""
        ...

    def similar(self, address: str, *, limit: int) -> Similar | None:
        """Return what is like a case or a section; None where there is no such address."""
        ...

    def has_topics(self) -> bool:
        """Tell whether topics are known, or are worked out at once: else asking for them takes."""
        ...

    def topics(self, address: str) -> Sequence[Topic]:
        """Return the topics of a case, strongest first; none where there is no such case."""
        ...


@runtime_checkable
class LikenessEngine(Protocol):
    """An engine that has such an index."""

    def likeness_index(self) -> LikenessIndex:
        """Return the latest state."""
        ...
