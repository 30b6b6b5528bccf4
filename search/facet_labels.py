"""Facet labels: the counts of an engine, as a reader sees them.

In:  facet counts; the titles of publications.
Out: values with a label: a publication's title, a language's name, a section's kind in words.
Errors: none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from search.engine import FacetCount
from search.results import FacetValue

LANGUAGES = {"en": "English", "ru": "Russian", "tg": "Tajik"}
KINDS = {"lead": "Opening"}  # what stands before the first heading

_SELF_EXPLAINING = frozenset({"part", "organisation", "year"})  # a value is its own label

Titles = Callable[[str], str]


def labelled(
    facets: Mapping[str, Sequence[FacetCount]], title: Titles
) -> dict[str, tuple[FacetValue, ...]]:
    """Label facet counts."""
    return {
        name: tuple([FacetValue(c.value, c.count, c.selected, c.value) for c in counts])
        if name in _SELF_EXPLAINING
        else tuple([_labelled(name, count, title) for count in counts])
        for name, counts in facets.items()
    }


def label_of(facet: str, value: str) -> str:
    """Return what a reader sees for a value; of a publication, its id."""
    if facet == "section_kind":
        return KINDS.get(value, value.replace("-", " ").capitalize())
    return LANGUAGES.get(value, value) if facet == "language" else value


def _labelled(facet: str, count: FacetCount, title: Titles) -> FacetValue:
    label = label_of(facet, count.value)
    if facet == "publication":
        label = title(count.value) or label
    return FacetValue(count.value, count.count, count.selected, label)
