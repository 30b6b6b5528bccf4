"""Examples: searches worth trying, made from what the library itself holds.

In:  the titles of the library's cases.
Out: a few texts to search for, each of which finds something; none for an empty library.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
BREAK = re.compile(r"[^\w\s’'-]|\s-|-\s")  # where a title's words stop standing side by side
LONG_WORD = 5
LONGER_WORD = 8
ENDING = 3  # letters taken off to show how a beginning is searched
MOST_TITLES = 2_000  # enough to choose from; a large library has many more


@dataclass(frozen=True, slots=True)
class Examples:
    """A word of several titles, a phrase of one, the beginning of a word; "" where none is."""

    word: str = ""
    phrase: str = ""
    beginning: str = ""

    def texts(self) -> tuple[str, ...]:
        """Return what can be typed."""
        return tuple(text for text in (self.word, self.phrase, self.beginning) if text)


def find_examples(titles_of_cases: Iterable[str]) -> Examples:
    """Choose examples from the titles of cases, of which the first are looked at."""
    titles = list(islice(titles_of_cases, MOST_TITLES))
    counts = Counter(
        word.casefold()
        for title in titles
        for word in dict.fromkeys(WORD.findall(title))
        if _is_long(word)
    )
    ranked = [word for word, _ in counts.most_common()]
    word = ranked[0] if ranked else ""
    others = [w for w in ranked if len(w) >= LONGER_WORD and w.isalpha() and w != word]
    beginning = f"{others[0][:-ENDING]}*" if others else ""
    return Examples(word, _phrase(titles, counts, avoid=word), beginning)


def _phrase(titles: Sequence[str], counts: Counter[str], avoid: str) -> str:
    """Return two long words that stand side by side, preferably frequent ones of other titles."""
    pairs = [
        (first.casefold(), second.casefold())
        for title in titles
        for stretch in BREAK.split(title)
        for first, second in pairwise(WORD.findall(stretch))
        if _is_long(first) and _is_long(second)
    ]
    fresh = [pair for pair in pairs if avoid not in pair] or pairs
    first, second = max(fresh, key=lambda pair: counts[pair[0]] + counts[pair[1]], default=("", ""))
    return f'"{first} {second}"' if first else ""


def _is_long(word: str) -> bool:
    return len(word) >= LONG_WORD
