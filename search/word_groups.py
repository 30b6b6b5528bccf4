"""Word groups: words that stand together, and sequences of words that recur.

In:  a selection of `search.occurrences`.
Out: collocations with their scores; phrases that cases share, with their places.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from search.occurrences import Occurrence, Selection

Measure = Literal["likelihood", "pmi"]


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
