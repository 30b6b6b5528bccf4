"""Nearest: the lines, or the ids, that an editor may have meant with what names none.

In:  what was given, and the lines or names to look among.
Out: the likeliest of them, of lines a few words, for an error's sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rapidfuzz import fuzz, process

_MOST = 3
_LEAST_LIKE = 50
_SHOWN = 60  # characters of a line
_LONGER = 10  # characters of a line beyond the words given, that are compared


class Lined(Protocol):
    """What is asked of a line."""

    @property
    def text(self) -> str:
        """As printed."""


def nearest_lines(words: str, lines: Sequence[Lined]) -> str:
    """Name the lines that begin most like the words; the first of all where none does."""
    begun = {k: line.text[: len(words) + _LONGER] for k, line in enumerate(lines)}
    found = process.extract(
        words, begun, scorer=fuzz.partial_ratio, score_cutoff=_LEAST_LIKE, limit=_MOST
    )
    near = ", ".join(f"“{_short(lines[k].text)}”" for _, _, k in found)
    if near:
        return f"nearest: {near}"
    return f"it begins with “{_short(lines[0].text)}”" if lines else "there are no lines"


def nearest_names(typed: str, names: Sequence[str]) -> str:
    """Name the ids or addresses that are most like the one typed."""
    near = ", ".join(f"“{name}”" for name, *_ in process.extract(typed, names, limit=_MOST))
    return f"nearest: {near}" if near else "there is none"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
