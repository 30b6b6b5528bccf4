"""Language: which of our languages a text is written in.

In:  text.
Out: "en", "ru", "tg", or "" where neither its letters nor its small words tell.

Cyrillic text is Tajik where it has the letters that Russian lacks, or more Tajik small words;
Latin text is English where English small words are frequent.
Source: languages.toml beside this module.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

_DATA = Path(__file__).with_name("languages.toml")
_WORD = re.compile(r"[^\W\d_]+")
_TAJIK_LETTERS = frozenset("ғӣқӯҳҷ")
_ENOUGH = 0.06  # share of small words
_TAJIK_ENOUGH = 0.01  # share of words with letters of its own
_MOST_WORDS = 4000


def detect_language(text: str) -> str:
    """The language of a text."""
    words = [word.casefold() for word in _WORD.findall(text)[:_MOST_WORDS]]
    if not words:
        return ""
    if sum(not _TAJIK_LETTERS.isdisjoint(word) for word in words) > _TAJIK_ENOUGH * len(words):
        return "tg"
    shares = {
        code: sum(word in small for word in words) / len(words)
        for code, small in _small_words().items()
    }
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= _ENOUGH else ""


@cache
def _small_words() -> dict[str, frozenset[str]]:
    data = msgspec.toml.decode(_DATA.read_bytes(), type=dict[str, dict[str, str]])
    return {code: frozenset(words.split()) for code, words in data["small_words"].items()}
