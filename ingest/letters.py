"""Letters: the characters that may pass from a file into a line.

In:  characters as a file gives them.
Out: printable text only: NFC, ligatures spelt out, every kind of blank a blank, no control,
     formatting or private characters. The soft hyphen passes; `lines` and `text_file` keep it at
     the end of a line, where it tells that a word goes on, and strip it elsewhere.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SOFT_HYPHEN = "\u00ad"
REPLACEMENT = "\ufffd"

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# Symbol and Wingdings bullets as Word writes them, in the private use area.
SYMBOLS = dict.fromkeys("\uf0a7\uf0b7\uf06c\uf06e\uf076\uf0d8\uf0fc", "•")


def clean_letters(text: str) -> str:
    """Turn a file's characters into printable ones; the length may change."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", "".join(map(_clean, text)))


@lru_cache(maxsize=4096)
def _clean(character: str) -> str:
    if character in LIGATURES:
        return LIGATURES[character]
    if character in SYMBOLS:
        return SYMBOLS[character]
    if character == SOFT_HYPHEN:
        return character
    return _by_category(character)


def _by_category(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"} or character in "\t\n\v\f\r\x85":
        return " "
    if category in {"Co", "Cn"}:
        return REPLACEMENT
    return "" if category.startswith("C") else character


def strip_soft_hyphens(line: str) -> str:
    """Strip soft hyphens, except one that ends the line."""
    if SOFT_HYPHEN not in line:
        return line
    kept = SOFT_HYPHEN if line.rstrip().endswith(SOFT_HYPHEN) else ""
    return line.replace(SOFT_HYPHEN, "").rstrip() + kept
