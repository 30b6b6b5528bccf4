"""Pager: links to the pages of an answer.

In:  the addresses of a question, how many pages its answer has.
Out: the ends, the neighbours, gaps between.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from search.results import Results
from webui.search_urls import SearchUrls

NEIGHBOURS = 2


class PageLink(NamedTuple):
    """A page in the pager; number 0 is a gap."""

    number: int
    url: str = ""


def count_pages(results: Results) -> int:
    """Return how many pages the answer has; an empty answer has one."""
    return max(1, ceil(results.total / results.limit))


def page_links(links: SearchUrls, last: int) -> tuple[PageLink, ...]:
    """Return the pages to link."""
    page = links.question.page
    near = range(page - NEIGHBOURS, page + NEIGHBOURS + 1)
    numbers = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    return tuple(_with_gaps(links, numbers))


def page_url(links: SearchUrls, number: int) -> str:
    """Return the address of a page of the answer."""
    return links.setting("page", number)


def _with_gaps(links: SearchUrls, numbers: list[int]) -> Iterator[PageLink]:
    previous = 0
    for number in numbers:
        if number == previous + 2:
            yield PageLink(number - 1, page_url(links, number - 1))
        elif number > previous + 1:
            yield PageLink(0)
        yield PageLink(number, page_url(links, number))
        previous = number
