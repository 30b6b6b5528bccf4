"""Short forms: abbreviations as a text itself introduces them.

In:  a text.
Out: pairs of an abbreviation and its long form, as printed, each time that one is introduced:
     “non-governmental organization (NGO)”, “NGO (non-governmental organization)”, “NGO –
     non-governmental organization” at the start of a line; “National Association of … (NABW
     Kadbonu)”, where a name follows the abbreviation. In any script that has capitals.
Source: Schwartz & Hearst (2003), A simple algorithm for identifying abbreviation definitions in
     biomedical text. Stricter than it in this: every letter begins a word, or a part of a
     compound, or stands inside a word all of whose letters before it are used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

LEAST, MOST = 2, 8  # letters of an abbreviation
LEAST_WORDS, _MOST_WORDS = 2, 14  # of a long form

_SHORT: Final = re.compile(r"[^\W\d_]{2,}s?")
_BRACKETS: Final = re.compile(r"\(([^()\n]{2,120})\)")
_DASH: Final = re.compile(r"^\W*([^\W\d_]{2,9})\s+[-–—:=]\s+([^\n;]{4,120})", re.MULTILINE)
_BREAK: Final = re.compile(r"[.;:!?()\n“”«»\"]")  # no long form goes across
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class ShortForm(NamedTuple):
    """An abbreviation and what it is short for."""

    short: str
    long: str


def find_short_forms(text: str) -> Iterator[ShortForm]:
    """Yield the abbreviations that a text introduces."""
    for match in _BRACKETS.finditer(text):
        before = _BREAK.split(text[max(0, match.start() - 200) : match.start()].rstrip())[-1]
        if short := _abbreviation(match[1].split()[0] if match[1].split() else ""):
            yield from _pair(short, _without_name(before, match[1]))
        elif short := _abbreviation(before.split()[-1] if before.split() else ""):
            yield from _beginning(short, match[1])
    for match in _DASH.finditer(text):
        if short := _abbreviation(match[1]):
            yield from _beginning(short, match[2])


def _abbreviation(word: str) -> str:
    """Return a word without its plural s if it looks like an abbreviation, else nothing."""
    word = word.strip("“”«»\"'.,")
    if not _SHORT.fullmatch(word):
        return ""
    letters = word.removesuffix("s")
    is_one = LEAST <= len(letters) <= MOST and letters.isupper()
    return letters if is_one else ""


def _without_name(before: str, inside: str) -> str:
    """Leave out, of the words before a bracket, those that follow the abbreviation in it."""
    for word in reversed(inside.split()[1:]):
        before = before.rstrip(" ,").removesuffix(word)
    return before


def _pair(short: str, before: str) -> Iterator[ShortForm]:
    """Yield the words before a bracket that an abbreviation stands for, if it can."""
    words = list(_WORD.finditer(before))[-_MOST_WORDS:]
    start = _first_word(short.casefold(), [word[0].casefold() for word in words])
    if start is not None and len(words) - start >= LEAST_WORDS:
        yield ShortForm(short, before[words[start].start() : words[-1].end()])


def _beginning(short: str, after: str) -> Iterator[ShortForm]:
    """Yield the words at the beginning of a text that an abbreviation stands for, if it can."""
    clause = re.split(r"[,;()]|\.\s", after)[0]
    words = list(_WORD.finditer(clause))
    if (
        words
        and LEAST_WORDS <= len(words) <= _MOST_WORDS
        and _first_word(short.casefold(), [word[0].casefold() for word in words]) == 0
    ):
        yield ShortForm(short, clause[words[0].start() : words[-1].end()])


def _first_word(letters: str, words: list[str]) -> int | None:
    """Return the word at which a long form begins: the last place from which on all letters fit.

    From the end backwards each letter takes the first letter of a word; a word whose first letter
    does not fit is passed over if it is small, or takes several letters (“businesswomen”: b, w).
    """
    for start in range(len(words) - 1, -1, -1):
        if words[start][0] == letters[0] and _fits(letters, words[start:]):
            return start
    return None


def _fits(letters: str, words: list[str]) -> bool:
    if not letters:
        return all(len(word) <= 3 for word in words)  # noqa: PLR2004 - small words
    if not words:
        return False
    word, rest = words[0], words[1:]
    if word[0] != letters[0]:
        return len(word) <= 3 and _fits(letters, rest)  # noqa: PLR2004
    return any(_fits(letters[taken:], rest) for taken in _taken(letters, word)) or (
        len(word) <= 3 and _fits(letters, rest)  # noqa: PLR2004
    )


def _taken(letters: str, word: str) -> Iterator[int]:
    """Yield how many letters a word may stand for: the first, or more that it has in order."""
    place = 0
    for count, letter in enumerate(letters, 1):
        place = word.find(letter, place)
        if place < 0:
            return
        yield count
        place += 1
