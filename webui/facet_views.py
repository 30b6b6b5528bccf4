"""Facet views: facet counts → filters with links, chosen ones as chips.

In:  the addresses of a question, and its `Results`.
Out: facets whose values each link to the answer with that choice made or taken back. Chosen
     values come first and never vanish; a value that would find nothing has no link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from search.results import FacetValue, Results
from webui.names import facet_title, shorten
from webui.questions import Question
from webui.search_urls import RESULTS, ChoiceUrls, SearchUrls
from webui.urls import search_url

SHOWN_VALUES = 8
UNFOLDED_VALUES = 20  # more than these stand on a page of their own: slow lines load every one


class ValueView(NamedTuple):
    """A facet's value; without `url` a choice of it would find nothing."""

    label: str
    total: int
    chosen: bool
    url: str


class FacetView(NamedTuple):
    """A facet: values always shown, values that fold, and how many are on a page of their own.

    `url` is that page.
    """

    name: str
    title: str
    shown: tuple[ValueView, ...]
    folded: tuple[ValueView, ...]
    elsewhere: int
    url: str


class Chip(NamedTuple):
    """A chosen filter and the address without it."""

    title: str
    label: str
    url: str


def facet_views(results: Results, links: SearchUrls) -> tuple[FacetView, ...]:
    """Return the facets that offer a choice or hold one, in the library's order."""
    views = (facet_view(values, links, name) for name, values in results.facets.items())
    return tuple([view for view in views if _is_useful(view)])


def facet_view(values: Sequence[FacetValue], links: SearchUrls, name: str) -> FacetView:
    """Return one facet: chosen values first, then by falling count.

    Of the values only those that are shown are looked at, where none is chosen.
    """
    ordered, shown, count = values, SHOWN_VALUES, len(values)
    if links.question.chosen(name):
        ordered = sorted(values, key=lambda value: not value.selected)
        shown = max(shown, sum(value.selected for value in values))
    if count == shown + 1:
        shown += 1  # a fold for a single value takes as much room as the value
    is_folded = shown < count <= UNFOLDED_VALUES
    elsewhere = 0 if is_folded or count <= shown else count
    views = value_views(ordered[: count if is_folded else shown], links, name)
    return FacetView(
        name, facet_title(name), views[:shown], views[shown:], elsewhere, links.values(name)
    )


def value_views(
    values: Sequence[FacetValue], links: SearchUrls, name: str
) -> tuple[ValueView, ...]:
    """Return values with the addresses that choose them, or take them back."""
    choices = links.choices(name, RESULTS)
    return tuple([_value_view(value, choices) for value in values])


def _value_view(value: FacetValue, choices: ChoiceUrls) -> ValueView:
    change = choices.taking if value.selected else choices.adding
    url = change(value.value) if value.selected or value.count else ""
    return ValueView(shorten(value.label or value.value), value.count, value.selected, url)


def chips(results: Results, links: SearchUrls) -> tuple[Chip, ...]:
    """Return the chosen filters, each with the address that removes it."""
    return tuple(
        Chip(
            facet_title(name),
            shorten(_label(results.facets.get(name, ()), value)),
            choices.taking(value),
        )
        for name, values in links.question.filters
        for choices in (links.choices(name),)
        for value in values
    )


def start_over(question: Question) -> str:
    """Return the address of the same words without any filter."""
    return search_url(replace(question, filters=(), page=1))


def _is_useful(view: FacetView) -> bool:
    return len(view.shown) > 1 or any(value.chosen for value in view.shown)


def _label(values: Sequence[FacetValue], value: str) -> str:
    labels = (v.label for v in values if v.value.casefold() == value.casefold())
    return next(labels, "") or value
