"""Cognates: what a text and its translation have in common, whatever the languages.

In:  a text.
Out: how often each of its keys occurs: numbers, and the beginnings of words as they sound. A
     name, a foreign word and a number keep their key when they are translated (Khatlon and
     Хатлонской, project and проект, 1,300 and 1 300); other words hardly ever share one.
Source: Simard, Foster & Isabelle (1992), “Using cognates to align sentences in bilingual
     corpora”; theirs begin with the same four letters.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from search.analysis import UNSTEMMED, analyze
from search.linguistics.folding import fold

_LETTERS = 5  # of a key: endings are cut off with the rest
_LEAST = 4  # shorter words are alike by chance
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:[.,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_BREAKS = re.compile(r"[.,\s]")
_LEAST_DIGITS = 2  # a single digit numbers the items of lists


def cognates(text: str) -> Counter[str]:
    """Count the keys of a text."""
    digits = (_BREAKS.sub("", found) for found in _NUMBER.findall(text))
    found = Counter(number for number in digits if len(number) >= _LEAST_DIGITS)
    words = Counter(token.exact for token in analyze(text, UNSTEMMED))
    for word, count in words.items():
        if key := _key(word):
            found[key] += count
    return found


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """Return the beginning of a word as it sounds; "" for a short word, or one with digits."""
    sound = fold(word) or ("" if any(map(str.isdigit, word)) else word)
    return sound[:_LETTERS] if len(sound) >= _LEAST else ""
