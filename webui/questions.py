"""Questions: what a search address asks, and the address's parts in a stable order.

In:  the arguments of a request.
Out: a frozen `Question`. Whatever is not a setting is a facet: one the library does not have
     finds nothing, and the page says so.
Errors: none; what cannot be read is left at its default, and `notices` say so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from werkzeug.datastructures import MultiDict

from search.engine import ALL_FACETS, Matching, Scope, Sort, Spelling
from search.query_lexer import MAX_CHARACTERS
from search.query_scope import split_scope

PER_PAGE = 20
PAGE_SIZES = (10, 20, 50, 100)
LAST_PAGE = 100_000
CHOICES: Mapping[str, tuple[str, ...]] = {
    "scope": ("sections", "cases"),
    "match": ("auto", "all", "any"),
    "sort": ("relevance", "book"),
    "spelling": ("any", "typed"),
}
SETTINGS = ("q", *CHOICES, "page", "per_page", "edition")
# Added to links by newsletters and social networks; nobody means a facet by them.
MOST_VALUES = 50  # of one facet: each link on the page repeats what is chosen
TRACKING = ("utm_", "fbclid", "gclid", "yclid", "mc_")

_PLACES: Mapping[str, int] = {name: place for place, name in enumerate(ALL_FACETS)}

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A search as its address has it; `filters` are facets with their chosen values, in order."""

    text: str = ""
    filters: Filters = ()
    scope: Scope = "sections"
    match: Matching = "auto"
    sort: Sort = "relevance"
    spelling: Spelling = "any"
    page: int = 1
    per_page: int = PER_PAGE
    notices: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing is asked at all."""
        return not self.text and not self.filters

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the values chosen in a facet."""
        return dict(self.filters).get(facet, ())

    def arguments(self) -> Iterator[tuple[str, str]]:
        """Yield the parts of its address in their fixed order; defaults are left out."""
        yield from self.text_arguments()
        for facet, values in self.filters:
            yield from ((facet, value) for value in values)
        yield from self.settings()

    def text_arguments(self) -> Iterator[tuple[str, str]]:
        """Yield the part of its address that is the text, if there is any."""
        if self.text:
            # The search reads no further; one character more lets it say so again.
            yield "q", self.text[: MAX_CHARACTERS + 1]

    def settings(self) -> Iterator[tuple[str, str]]:
        """Yield the parts of its address that are settings, in their fixed order."""
        for name in (*CHOICES, "page", "per_page"):
            value = getattr(self, name)
            if value != getattr(BLANK, name):
                yield name, str(value)


BLANK = Question()


def read_question(arguments: MultiDict[str, str]) -> Question:
    """Read a question from the arguments of an address."""
    notices: list[str] = []
    given = arguments.to_dict()  # which says more quickly what is missing
    choices = {name: read_choice(given, name, CHOICES[name], notices) for name in CHOICES}
    text, scope = split_scope(clean(given.get("q", "")))
    return Question(
        text=text,
        filters=read_filters(arguments, notices, SETTINGS),
        scope=scope or cast("Scope", choices["scope"]),
        match=cast("Matching", choices["match"]),
        sort=cast("Sort", choices["sort"]),
        spelling=cast("Spelling", choices["spelling"]),
        page=read_number(given, "page", 1, notices),
        per_page=read_page_size(given, notices),
        notices=tuple(notices),
    )


def with_values(question: Question, facet: str, values: tuple[str, ...]) -> Question:
    """Choose just these values of a facet, from the first page again."""
    return replace(question, filters=_ordered({**dict(question.filters), facet: values}), page=1)


def clean(text: str) -> str:
    """Turn control characters into blanks and trim: a browser could not show them."""
    if text.isprintable():
        return text.strip()
    return "".join(c if c.isprintable() or ord(c) > 0x9F else " " for c in text).strip()  # noqa: PLR2004


def _ordered(filters: Mapping[str, tuple[str, ...]]) -> Filters:
    names = sorted(filters, key=facet_order) if len(filters) > 1 else filters
    return tuple([(name, filters[name]) for name in names if filters[name]])


def facet_order(name: str) -> tuple[int, str]:
    """Return what facets are sorted by in an address: the library's order, then others by name."""
    return _PLACES.get(name, len(_PLACES)), name


def read_filters(
    arguments: MultiDict[str, str], notices: list[str], settings: Collection[str]
) -> Filters:
    """Read what is chosen in facets: whatever is none of the page's settings."""
    found: dict[str, tuple[str, ...]] = {}
    for name in arguments:
        if name in settings or name.startswith(TRACKING):
            continue
        values = dict.fromkeys(clean(value) for value in arguments.getlist(name))
        chosen = tuple(value for value in values if value)
        if len(chosen) > MOST_VALUES:
            notices.append(
                f"Of the {len(chosen)} values for {clean(name)[:40]}, {MOST_VALUES} were taken."
            )
        found[clean(name)] = chosen[:MOST_VALUES]
    return _ordered(found)


def read_choice(
    arguments: Mapping[str, str], name: str, choices: Sequence[str], notices: list[str]
) -> str:
    """Read one of several words; the first stands for what is missing or cannot be read."""
    value = clean(arguments.get(name, "")) or choices[0]
    if value in choices:
        return value
    notices.append(
        f"{name} can be {' or '.join(choices)}; “{value[:40]}” was taken as {choices[0]}."
    )
    return choices[0]


def read_number(arguments: Mapping[str, str], name: str, default: int, notices: list[str]) -> int:
    """Read a whole number from 1."""
    text = clean(arguments.get(name, ""))
    if not text:
        return default
    if text.isascii() and text.isdigit() and int(text[:9]) > 0:
        return min(int(text[:9]), LAST_PAGE)
    notices.append(f"{name} is a whole number from 1; “{text[:40]}” was taken as {default}.")
    return default


def read_page_size(arguments: Mapping[str, str], notices: list[str], usual: int = PER_PAGE) -> int:
    """Read how many a page shows."""
    wanted = read_number(arguments, "per_page", usual, notices)
    if wanted > PAGE_SIZES[-1]:
        notices.append(f"A page shows at most {PAGE_SIZES[-1]}.")
    return min(wanted, PAGE_SIZES[-1])
