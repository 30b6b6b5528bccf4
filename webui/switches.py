"""Switches: other ways to see an answer: what is listed, in which order, how many a page.

In:  the addresses of a question.
Out: by the setting that they change, choices with their words and addresses, in a fixed order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from webui.names import ORDERS, SCOPES
from webui.questions import PAGE_SIZES
from webui.search_urls import RESULTS, SearchUrls


class SwitchLink(NamedTuple):
    """A way to see the answer; without `url` it is the present one."""

    words: str
    url: str


def switches(links: SearchUrls) -> Mapping[str, list[SwitchLink]]:
    """Return the switches of a page of results."""
    sizes = sorted({*PAGE_SIZES, links.question.per_page})
    return {
        "scope": _choices(links, "scope", SCOPES.items(), RESULTS),
        "sort": _choices(links, "sort", ORDERS.items(), RESULTS),
        "per_page": _choices(links, "per_page", [(size, str(size)) for size in sizes]),
    }


def _choices(
    links: SearchUrls, setting: str, words: Iterable[tuple[str | int, str]], anchor: str = ""
) -> list[SwitchLink]:
    present = getattr(links.question, setting)
    return [
        SwitchLink(text, "" if value == present else links.setting(setting, value, anchor))
        for value, text in words
    ]
