"""Query strings: what stands behind the question mark of an address.

In:  names and values; a question.
Out: text for an address, percent-encoded. The same names, values and questions come again and
     again within a page and from page to page, so that each is encoded once.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote_plus

from webui.questions import Question


@lru_cache(maxsize=1 << 12)
def quoted(text: str) -> str:
    """Encode a name or a value."""
    return quote_plus(text)


def argument(name: str, value: str) -> str:
    """Encode one argument of an address."""
    return f"{quoted(name)}={quoted(value)}"


@lru_cache(maxsize=256)
def query_string(question: Question) -> str:
    """Encode a question, its parts in their one order."""
    return "&".join([argument(name, value) for name, value in question.arguments()])
