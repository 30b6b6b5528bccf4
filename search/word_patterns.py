"""Word patterns: words that are nearly spelt so, and words with gaps.

In:  an exact form and how many letters may differ; or a spelling with `?` and `*` in it.
Out: whether another exact form fits. Engines and the highlighter ask the same.
Source: Levenshtein's distance; a swap of neighbours counts as two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from search.linguistics.forms import exact_form

WILDCARDS = re.compile(r"[?*]")
MAX_DISTANCE = 2
MAX_EXPANSIONS = 10_000  # words that a beginning or a pattern may stand for in one segment


class Near(Struct, frozen=True):
    """Forms at most `distance` letters away: added, missing or other ones."""

    form: str
    distance: int

    def fits(self, form: str) -> bool:
        """Tell whether a form is near enough."""
        distance = Levenshtein.distance(self.form, form, score_cutoff=self.distance)
        return distance <= self.distance

    def fitting(self, forms: Sequence[str]) -> list[int]:
        """Return which of many forms are near enough, by their places."""
        scorer, most = Levenshtein.distance, self.distance
        found = extract(self.form, forms, scorer=scorer, score_cutoff=most, limit=None)
        return sorted([place for _, _, place in found])

    @property
    def beginning(self) -> str:
        """Return what every form begins with: nothing, where any letter may differ."""
        return ""


class Gaps(Struct, frozen=True):
    """Forms spelt so, where `?` stands for one letter or digit and `*` for any number of them."""

    pattern: str

    def fits(self, form: str) -> bool:
        """Tell whether a form is spelt so."""
        return _compiled(self.pattern).fullmatch(form) is not None

    def fitting(self, forms: Sequence[str]) -> list[int]:
        """Return which of many forms are spelt so, by their places."""
        fits = _compiled(self.pattern).fullmatch
        return [place for place, form in enumerate(forms) if fits(form)]

    @property
    def beginning(self) -> str:
        """Return what every form begins with."""
        return WILDCARDS.split(self.pattern, maxsplit=1)[0]


WordPattern = Near | Gaps


def gaps_of(typed: str) -> Gaps:
    """Return the pattern of a typed word, its letters folded as words are."""
    pieces = re.split(r"([?*]+)", typed)
    pieces[::2] = map(exact_form, pieces[::2])
    return Gaps(re.sub(r"\*[?*]*\*|\*\*", "*", "".join(pieces)))


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = {"?": ".", "*": ".*"}
    return re.compile("".join(parts.get(sign) or re.escape(sign) for sign in pattern), re.DOTALL)
