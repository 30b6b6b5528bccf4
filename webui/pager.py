"""Pager: links to the pages of an answer.

In:  a question, how many pages its answer has.
Out: the ends, the neighbours, gaps between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from search.results import Results
from webui.questions import Question
from webui.urls import search_url

NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in the pager; number 0 is a gap."""

    number: int
    url: str = ""


def count_pages(results: Results) -> int:
    """Return how many pages the answer has; an empty answer has one."""
    return max(1, ceil(results.total / results.limit))


def page_links(question: Question, last: int) -> tuple[PageLink, ...]:
    """Return the pages to link."""
    near = range(question.page - NEIGHBOURS, question.page + NEIGHBOURS + 1)
    numbers = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    return tuple(_with_gaps(question, numbers))


def page_url(question: Question, number: int) -> str:
    """Return the address of a page of the answer."""
    return search_url(replace(question, page=number))


def _with_gaps(question: Question, numbers: list[int]) -> Iterator[PageLink]:
    previous = 0
    for number in numbers:
        if number == previous + 2:
            yield PageLink(number - 1, page_url(question, number - 1))
        elif number > previous + 1:
            yield PageLink(0)
        yield PageLink(number, page_url(question, number))
        previous = number
