"""Results about words and phrases, as the command line, the JSON API and the site show them.

Attributes are named as the keys of `--json`. `count` is always of occurrences; `per_10000` are
occurrences in 10,000 words. Words are those of titles, organisations (once a case), headings,
running text and captions.
"""

from __future__ import annotations

from msgspec import Struct


class ConcordanceLine(Struct, frozen=True):
    """An occurrence in its context: `left + keyword + right` is the text as it runs.

    `field` says where it stands: `body`, `caption`, `heading`, `title` or `organisation`. `url` is
    the path of its paragraph's permalink; `paragraph` is 0 outside of the running text.
    """

    url: str
    publication: str
    publication_title: str
    case: str
    case_number: int | None
    case_title: str
    organisation: str
    part: str
    section: str
    section_kind: str
    heading: str
    field: str
    left: str
    keyword: str
    right: str
    paragraph: int
    page: int  # place in the file, from 1; 0 where unknown
    page_label: str
    language: str


class CaseTally(Struct, frozen=True):
    """How often something occurs in a case, and how many words the case has."""

    url: str
    publication: str
    publication_title: str
    year: int | None
    part: str
    case: str
    case_number: int | None
    case_title: str
    organisation: str
    count: int
    words: int
    per_10000: float


class Concordance(Struct, frozen=True):
    """One page of a concordance.

    `total` counts occurrences, `sections` and `cases` where there are any; `by_case` are the cases
    with most of them. `reading` says in words what was looked for.
    """

    query: str
    reading: str
    total: int
    sections: int
    cases: int
    lines: tuple[ConcordanceLine, ...]
    by_case: tuple[CaseTally, ...]
    notices: tuple[str, ...]
    sort: str
    offset: int
    limit: int


class StripBand(Struct, frozen=True):
    """A case's stretch of a dispersion strip, in words from the publication's beginning."""

    url: str
    case: str
    case_title: str
    start: int
    end: int
    count: int


class StripMark(Struct, frozen=True):
    """Occurrences close together: the word of the first, how many, where the first stands."""

    url: str
    case: str
    case_title: str
    section: str
    start: int
    count: int


class Strip(Struct, frozen=True):
    """Where in a publication something occurs, by words."""

    publication: str
    publication_title: str
    words: int
    count: int
    bands: tuple[StripBand, ...]
    marks: tuple[StripMark, ...]


class ProfileValue(Struct, frozen=True):
    """A facet's value: occurrences, cases that have any, words, occurrences in 10,000 words."""

    value: str
    label: str
    count: int
    cases: int
    words: int
    per_10000: float


class Profile(Struct, frozen=True):
    """How often something occurs, in all and by facet: most first, years in their order."""

    query: str
    reading: str
    total: int
    cases: int
    words: int
    per_10000: float
    facets: dict[str, tuple[ProfileValue, ...]]
    notices: tuple[str, ...]


class PhraseCount(Struct, frozen=True):
    """How often one phrase of a list occurs: in all, by region (part), by case in book order."""

    phrase: str
    reading: str
    total: int
    cases: int
    per_10000: float
    by_region: tuple[ProfileValue, ...]
    by_case: tuple[CaseTally, ...]
    notices: tuple[str, ...]


class PhraseCounts(Struct, frozen=True):
    """Counts of a list of phrases; `words` is how many words were looked through."""

    words: int
    phrases: tuple[PhraseCount, ...]
    notices: tuple[str, ...]
