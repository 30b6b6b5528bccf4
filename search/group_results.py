"""Results about words that go together and phrases that are shared, as they are shown everywhere.

Attributes are named as the keys of `--json`.
"""

from __future__ import annotations

from msgspec import Struct


class Collocate(Struct, frozen=True):
    """Words that go with the query, or pairs; in their exact forms (no capitals, no accents).

    `count` is how often they stand together, `frequency` how often the (rarer) word occurs.
    """

    words: tuple[str, ...]
    count: int
    frequency: int
    score: float


class CollocationList(Struct, frozen=True):
    """The strongest collocations; `total` counts all that are strong enough to be one."""

    query: str
    reading: str
    occurrences: int
    total: int
    collocates: tuple[Collocate, ...]
    notices: tuple[str, ...]
    measure: str
    window: int
    least: int


class PhrasePlace(Struct, frozen=True):
    """Where a shared phrase stands."""

    url: str
    publication: str
    publication_title: str
    case: str
    case_title: str
    section: str
    heading: str
    field: str
    page: int
    page_label: str


class SharedText(Struct, frozen=True):
    """A phrase that several cases have, as the first of them prints it; some of its places."""

    text: str
    language: str
    words: int
    count: int
    cases: int
    places: tuple[PhrasePlace, ...]


class SharedPhraseList(Struct, frozen=True):
    """The phrases that cases share, those first that repeat most words in further cases."""

    total: int
    phrases: tuple[SharedText, ...]
    notices: tuple[str, ...]
    words: int
    offset: int
    limit: int
