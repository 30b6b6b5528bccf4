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


class Passage(Struct, frozen=True, gc=False):
    """Whole sentences of a section; each highlight is a half-open span of `text`.

    `start` is where the passage begins in the section's text; `paragraph` is the number of the
    block it begins in, from 1.
    """

    text: str
    highlights: tuple[tuple[int, int], ...]
    start: int
    paragraph: int
    page: int


class Hit(Struct, frozen=True, gc=False):
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


class Spellings(Struct, frozen=True):
    """Other spellings of a word of the question that were searched for, most frequent first.

    `kind` says what they are: spellings of the same name, or a long form and its abbreviation.
    """

    typed: str
    also: tuple[str, ...]
    kind: Literal["spelling", "abbreviation"] = "spelling"


class Suggestion(Struct, frozen=True):
    """Another question, which finds `count`; the one asked found little or nothing, mostly.

    `reason` says why it is offered: a word that the library lacks is nearly one that it has
    (`spelling`), the question makes sense in another keyboard `layout`, or a `phrase` in quotation
    marks, which is searched for as typed, stands in the library in another spelling too.
    """

    query: str
    reason: Literal["spelling", "layout", "phrase"]
    count: int


class Results(Struct, frozen=True):
    """One page of an answer.

    `match` is how it was matched in the end (`all` or `any`); `reading` says in words how the
    query was read; `notices` say everything that was widened, ignored or limited. `spellings` are
    those that were searched for beside the words as typed; `suggestions` were not.
    """

    query: str
    total: int
    hits: Sequence[Hit]
    facets: dict[str, Sequence[FacetValue]]
    notices: tuple[str, ...]
    scope: str
    match: str
    sort: str
    offset: int
    limit: int
    reading: str = ""
    spellings: tuple[Spellings, ...] = ()
    suggestions: Sequence[Suggestion] = ()
