"""Facet views: facet counts → filters with links, chosen ones as chips.

In:  a question and its `Results`.
Out: facets whose values each link to the answer with that choice made or taken back. Chosen
     values come first and never vanish; a value that would find nothing has no link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.results import FacetValue, Results
from webui import urls
from webui.names import facet_title, shorten
from webui.questions import Question, with_value, without_value

SHOWN_VALUES = 8
UNFOLDED_VALUES = 40  # more than these stand on a page of their own
RESULTS = "results"  # the anchor of the answer's heading


@dataclass(frozen=True, slots=True)
class ValueView:
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
    ordered = sorted(values, key=lambda value: not value.selected)
    views = tuple(value_view(value, question, name) for value in ordered)
    shown = max(SHOWN_VALUES, sum(view.chosen for view in views))
    if len(views) == shown + 1:
        shown += 1  # a fold for a single value takes as much room as the value
    folded = views[shown:] if len(views) <= UNFOLDED_VALUES else ()
    elsewhere = 0 if folded or len(views) <= shown else len(views)
    return FacetView(name, facet_title(name), views[:shown], folded, elsewhere)


def value_view(value: FacetValue, question: Question, name: str) -> ValueView:
    """Return a value with the address that chooses it, or takes it back."""
    change = without_value if value.selected else with_value
    leads = value.selected or value.count
    url = urls.search_url(change(question, name, value.value), RESULTS) if leads else ""
    return ValueView(shorten(value.label or value.value), value.count, value.selected, url)


def chips(results: Results, question: Question) -> tuple[Chip, ...]:
    """Return the chosen filters, each with the address that removes it."""
    return tuple(
        Chip(
            facet_title(name),
            shorten(_label(results.facets.get(name, ()), value)),
            urls.search_url(without_value(question, name, value)),
        )
        for name, values in question.filters
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
