"""Results: one page of an answer, as the command line, the JSON API and the site show it.

Attributes are named as the keys of `casebook search --json`. Offsets are code points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from search.explanation import Explanation


class Highlight(Struct, frozen=True):
    """A matched stretch of a section's heading or text, for the reading page."""

    field: Literal["heading", "text"]
    start: int
    end: int


class Passage(Struct, frozen=True):
    """Whole sentences of a section; each highlight is a half-open span of `text`.

    `start` is where the passage begins in the section's text; `paragraph` is the number of the
    block it begins in, from 1.
    """

    text: str
    highlights: tuple[tuple[int, int], ...]
    start: int
    paragraph: int
    page: int


class Hit(Struct, frozen=True):
    """A section (or with scope `cases` a whole case: then section fields are empty).

    `url` is the path of its permalink. `missing` are wanted words that it lacks. `more_passages`
    counts the matching sentences that are not shown. `explanation` says what the score is made of,
    where it was asked for.
    """

    url: str
    publication: str
    publication_title: str
    case: str
    case_number: int | None
    case_title: str
    organisation: str
    part: str  # the part's title, as the facet value
    section: str
    section_kind: str
    heading: str
    page: int  # place in the file, from 1; 0 where unknown
    page_label: str  # what is printed; "" where nothing is
    language: str
    score: float
    missing: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    more_passages: int = 0
    explanation: Explanation | None = None


class FacetValue(Struct, frozen=True, gc=False):
    """A facet's value: what the URL says, what a reader sees, how many, whether chosen."""

    value: str
    count: int
    selected: bool
    label: str


class Results(Struct, frozen=True):
    """One page of an answer.

    `match` is how it was matched in the end (`all` or `any`); `reading` says in words how the
    query was read; `notices` say everything that was widened, ignored or limited.
    """

    query: str
    total: int
    hits: Sequence[Hit]
    facets: dict[str, tuple[FacetValue, ...]]
    notices: tuple[str, ...]
    scope: str
    match: str
    sort: str
    offset: int
    limit: int
    reading: str = ""
