"""Marked text: a text and the spans to mark in it → markup, the one piece that no template makes.

In:  a text; half-open spans in code points, in text order, none within another.
Out: the text, escaped, each span in a `mark`; without any, the text as it is, which the template
     escapes as it does every text. A page of results has a hundred of them, and a template took
     longer to write them than the search to find them (docs/adr/0019).
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from webui.escaping import escape


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text with its marks; without any it stays a text, which the template escapes."""
    if not spans:
        return text
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        before, within = escape(text[at:start]), escape(text[start:end])
        pieces.append(f"{before}<mark>{within}</mark>")
        at = end
    pieces.append(escape(text[at:]))
    return Markup("".join(pieces))  # noqa: S704 - each piece of the text has been escaped
