"""Query scope: a question that says itself what it wants to find (`in:cases`) → without that word.

In:  a question as typed.
Out: the question without it, for those who say it beside the question; the scope, "" for none.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from search.query_parser import parse_query
from search.query_text import query_text


def split_scope(text: str) -> tuple[str, Literal["", "cases", "sections"]]:
    """Return a question without the scope that it asks for, and the scope."""
    if "in:" not in text.casefold():
        return text, ""
    query = parse_query(text)
    if not query.scope:
        return text, ""
    return query_text(replace(query, scope="")), query.scope
