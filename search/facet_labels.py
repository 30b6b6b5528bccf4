"""Facet labels: the counts of an engine, as a reader sees them.

In:  counted values, each its own label; what was chosen; the records, for publications' titles.
Out: the values with a label: a publication's title, a language's name, a section's kind in words.
Errors: none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from search.errors import CasebookError
from search.library import StoredRecord
from search.results import FacetValue

LANGUAGES = {"en": "English", "ru": "Russian", "tg": "Tajik"}
KINDS = {"lead": "Opening"}  # what stands before the first heading

_SELF_EXPLAINING = frozenset({"part", "organisation", "year"})  # a value is its own label

Titles = Callable[[str], StoredRecord]


def labelled(
    facets: Mapping[str, tuple[FacetValue, ...]],
    chosen: Mapping[str, Sequence[str]],
    left_out: Collection[str],
    record: Titles,
) -> dict[str, tuple[FacetValue, ...]]:
    """Label counted values. Publications that are left out have none, unless they were chosen.

    While some are left out, the engine was told to keep to the others: that is no reader's choice.
    """
    found = {
        name: values
        if name in _SELF_EXPLAINING
        else tuple([_labelled(name, value, record) for value in values])
        for name, values in facets.items()
    }
    if left_out and "publication" in found:
        wanted = {value.casefold() for value in chosen.get("publication", ())}
        found["publication"] = tuple(
            _as_chosen(value, wanted)
            for value in found["publication"]
            if value.value.strip() and (value.value not in left_out or value.value in wanted)
        )
    return found


@lru_cache(maxsize=1024)
def label_of(facet: str, value: str) -> str:
    """Return what a reader sees for a value; of a publication, its id."""
    if facet == "section_kind":
        return KINDS.get(value, value.replace("-", " ").capitalize())
    return LANGUAGES.get(value, value) if facet == "language" else value


def _labelled(facet: str, value: FacetValue, record: Titles) -> FacetValue:
    label = label_of(facet, value.value)
    if facet == "publication":
        try:
            label = record(value.value).record.title
        except CasebookError:
            label = value.value
    return FacetValue(value.value, value.count, value.selected, label)


def _as_chosen(value: FacetValue, wanted: Collection[str]) -> FacetValue:
    return FacetValue(value.value, value.count, value.value in wanted, value.label)
