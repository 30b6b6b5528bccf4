"""Query boosts: `^2` behind a word, a phrase or a parenthesis → how often it counts in the score.

In:  what stands behind the sign `^`; or a word as typed, with its boost.
Out: the boost, within `LEAST_BOOST` and `MOST_BOOST`; a sentence where it was read otherwise.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from search.analysis import query_word

LEAST_BOOST = 0.1
MOST_BOOST = 10.0
NO_BOOST = 1.0

# Behind quotation marks and parentheses; a comma is a decimal one if a digit follows.
BOOST = r"\^\d*(?:[.,]\d+)?"
_BEHIND_A_WORD = re.compile(rf"{BOOST}(?=[.,:;!?…]*$)")
_LIMITS = f"A weight lies between {LEAST_BOOST:g} and {MOST_BOOST:g}."
_NO_NUMBER = "There is no number after “^”; it was left out."


class Boost(NamedTuple):
    """How often something counts, and what there is to say about it."""

    factor: float = NO_BOOST
    notice: str = ""


def read_boost(typed: str) -> Boost:
    """Read `^2`, `^.5`, `^0,5`."""
    digits = typed[1:].replace(",", ".")
    if not digits:
        return Boost(notice=_NO_NUMBER)
    number = round(float(digits[:12]), 2)
    factor = min(max(number, LEAST_BOOST), MOST_BOOST)
    return Boost(factor, "" if factor == number else _LIMITS)


def split_boost(word: str) -> tuple[str, str]:
    """Return a word and the boost behind it, as typed."""
    found = _BEHIND_A_WORD.search(word) if "^" in word else None
    if found is None or not query_word().search(word[: found.start()]):
        return word, ""
    return word[: found.start()], found[0]


def boost_text(factor: float) -> str:
    """Return a boost as it could be typed."""
    return "" if factor == NO_BOOST else f"^{factor:g}"
