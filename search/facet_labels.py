"""Facet labels: the counts of an engine, as a reader sees them.

In:  counted values, each its own label; the titles of publications.
Out: the values with a label: a publication's title, a language's name, a section's kind in words.
Errors: none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from search.deferred import Sliced
from search.results import FacetValue

LANGUAGES = {"en": "English", "ru": "Russian", "tg": "Tajik", "und": "Other"}
KINDS = {"lead": "Opening"}  # what stands before the first heading

_SELF_EXPLAINING = frozenset({"part", "organisation", "year", "topic"})  # a value is its own label

Titles = Mapping[str, str]


def labelled(
    facets: Mapping[str, Sequence[FacetValue]], titles: Titles
) -> dict[str, Sequence[FacetValue]]:
    """Label counted values; of many only those that are looked at."""
    return {
        name: values
        if name in _SELF_EXPLAINING
        else Sliced(len(values), partial(_slice, _label(name, titles), values))
        for name, values in facets.items()
    }


def _label(name: str, titles: Titles) -> Callable[[str], str]:
    if name == "publication":
        return lambda value: titles.get(value) or value
    return partial(label_of, name)


def _slice(
    label: Callable[[str], str], values: Sequence[FacetValue], part: slice
) -> tuple[FacetValue, ...]:
    return tuple([FacetValue(v.value, v.count, v.selected, label(v.value)) for v in values[part]])


@lru_cache(maxsize=1024)
def label_of(facet: str, value: str) -> str:
    """Return what a reader sees for a value; of a publication, its id."""
    if facet == "section_kind":
        return KINDS.get(value, value.replace("-", " ").capitalize())
    return LANGUAGES.get(value, value) if facet == "language" else value
