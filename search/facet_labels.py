"""Facet labels: the counts of an engine, as a reader sees them.

In:  facet counts; what was chosen; the records, for the titles of publications.
Out: values with a label: a publication's title, a language's name, a section's kind in words.
Errors: none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from search.engine import FacetCount
from search.errors import CasebookError
from search.library import StoredRecord
from search.results import FacetValue

LANGUAGES = {"en": "English", "ru": "Russian", "tg": "Tajik", "und": "Other"}
KINDS = {"lead": "Opening"}  # what stands before the first heading

_SELF_EXPLAINING = frozenset({"part", "organisation", "year"})  # a value is its own label

Titles = Callable[[str], StoredRecord]


def labelled(
    facets: Mapping[str, Sequence[FacetCount]],
    chosen: Mapping[str, Sequence[str]],
    left_out: Collection[str],
    record: Titles,
) -> dict[str, tuple[FacetValue, ...]]:
    """Label facet counts. Publications that are left out have none, unless they were chosen.

    While some are left out, the engine was told to keep to the others: that is no reader's choice.
    """
    found = {
        name: tuple([FacetValue(c.value, c.count, c.selected, c.value) for c in counts])
        if name in _SELF_EXPLAINING
        else tuple([_labelled(name, count, record) for count in counts])
        for name, counts in facets.items()
    }
    if left_out and "publication" in found:
        wanted = {value.casefold() for value in chosen.get("publication", ())}
        found["publication"] = tuple(
            _as_chosen(value, wanted)
            for value in found["publication"]
            if value.value.strip() and (value.value not in left_out or value.value in wanted)
        )
    return found


def label_of(facet: str, value: str) -> str:
    """Return what a reader sees for a value; of a publication, its id."""
    if facet == "section_kind":
        return KINDS.get(value, value.replace("-", " ").capitalize())
    return LANGUAGES.get(value, value) if facet == "language" else value


def _labelled(facet: str, count: FacetCount, record: Titles) -> FacetValue:
    label = label_of(facet, count.value)
    if facet == "publication":
        try:
            label = record(count.value).record.title
        except CasebookError:
            label = count.value
    return FacetValue(count.value, count.count, count.selected, label)


def _as_chosen(value: FacetValue, wanted: Collection[str]) -> FacetValue:
    return FacetValue(value.value, value.count, value.value in wanted, value.label)
