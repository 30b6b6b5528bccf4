"""Facet views: facet counts → filters with links, chosen ones as chips.

In:  a question and its `Results`.
Out: facets whose values each link to the answer with that choice made or taken back. Chosen
     values come first and never vanish; a value that would find nothing has no link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import Struct

from search.results import FacetValue, Results
from webui import urls
from webui.names import facet_title, shorten
from webui.questions import Question

SHOWN_VALUES = 8
UNFOLDED_VALUES = 20  # more than these stand on a page of their own: slow lines load every one
RESULTS = "results"  # the anchor of the answer's heading


class ValueView(Struct, frozen=True):
    """A facet's value; without `url` a choice of it would find nothing."""

    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet: values always shown, values that fold, and how many are on a page of their own."""

    name: str
    title: str
    shown: tuple[ValueView, ...]
    folded: tuple[ValueView, ...]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter and the address without it."""

    title: str
    label: str
    url: str


def facet_views(results: Results, question: Question) -> tuple[FacetView, ...]:
    """Return the facets that offer a choice or hold one, in the library's order."""
    views = (facet_view(results.facets[name], question, name) for name in results.facets)
    return tuple(view for view in views if _is_useful(view))


def facet_view(values: Sequence[FacetValue], question: Question, name: str) -> FacetView:
    """Return one facet: chosen values first, then by falling count."""
    ordered, shown = values, SHOWN_VALUES
    if question.chosen(name):
        ordered = sorted(values, key=lambda value: not value.selected)
        shown = max(shown, sum(value.selected for value in values))
    if len(ordered) == shown + 1:
        shown += 1  # a fold for a single value takes as much room as the value
    is_folded = shown < len(ordered) <= UNFOLDED_VALUES
    elsewhere = 0 if is_folded or len(ordered) <= shown else len(ordered)
    views = value_views(ordered[: None if is_folded else shown], question, name)
    return FacetView(name, facet_title(name), views[:shown], views[shown:], elsewhere)


def value_views(
    values: Sequence[FacetValue], question: Question, name: str
) -> tuple[ValueView, ...]:
    """Return values with the addresses that choose them, or take them back."""
    links = urls.ChoiceUrls(question, name, RESULTS)
    return tuple(_value_view(value, links) for value in values)


def _value_view(value: FacetValue, links: urls.ChoiceUrls) -> ValueView:
    change = links.taking if value.selected else links.adding
    url = change(value.value) if value.selected or value.count else ""
    return ValueView(shorten(value.label or value.value), value.count, value.selected, url)


def chips(results: Results, question: Question) -> tuple[Chip, ...]:
    """Return the chosen filters, each with the address that removes it."""
    return tuple(
        Chip(
            facet_title(name),
            shorten(_label(results.facets.get(name, ()), value)),
            links.taking(value),
        )
        for name, values in question.filters
        for links in (urls.ChoiceUrls(question, name),)
        for value in values
    )


def start_over(question: Question) -> str:
    """Return the address of the same words without any filter."""
    return urls.search_url(replace(question, filters=(), page=1))


def _is_useful(view: FacetView) -> bool:
    return len(view.shown) > 1 or any(value.chosen for value in view.shown)


def _label(values: Sequence[FacetValue], value: str) -> str:
    labels = (v.label for v in values if v.value.casefold() == value.casefold())
    return next(labels, "") or value
