"""Titles: when do two printed titles name the same thing?

In:  titles as printed: wrapped, hyphenated, numbered, misspelt.
Out: their words, a squeezed form for equality, and a likeness from 0 to 1.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(
    r"^\s*(?P<number>(?:\d+(?:\.\d+)*|[A-Z\u0410-\u042f](?:\.\d+)+|[A-Z\u0410-\u042f](?=[.)])|[IVXLC]+(?=[.):\s]))[.):]?)"
    r"\s+(?=\S)"
)
_SHORT = 5  # letters; below, one wrong letter makes another word
_SMALL_ROMAN = re.compile(r"[IVX]+$")
_NUMBERED_DEPTH = re.compile(r"\d+|[^\W\d_]+")


def title_words(text: str) -> list[str]:
    """The words of a title: compatibility forms resolved, case folded, no punctuation."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return _WORD.findall(text.casefold())


def squeeze(text: str) -> str:
    """A title as one run of letters and digits: equal for titles that differ in dress only."""
    return "".join(title_words(text))


def split_number(text: str) -> tuple[str, str]:
    """The section number that a title begins with, and the rest ("" and all of it if none)."""
    found = _NUMBER.match(text)
    return (found["number"].rstrip(".):"), text[found.end() :]) if found else ("", text)


def number_depth(number: str) -> int:
    """How deep a section number is: "3" is 1, "3.2" is 2, "B.1.4" is 3; 0 for none."""
    return len(_NUMBERED_DEPTH.findall(number))


def number_kind(number: str) -> str:
    """What a section number begins with: "1" for a figure, "I" for a roman one, "A" a letter."""
    first = number.partition(".")[0]
    if not first or first.isdecimal():
        return "1" if first else ""
    return "I" if _SMALL_ROMAN.match(first) else "A"


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 1, whatever their numbers, case and punctuation."""
    a, b = bare_title(one), bare_title(other)
    if not a or not b:
        return 0.0
    if a.replace(" ", "") == b.replace(" ", ""):
        return 1.0
    if min(len(a), len(b)) <= _SHORT:
        return 0.0
    return float(fuzz.ratio(a, b)) / 100


def containment(one: str, other: str) -> float:
    """How far the words of the shorter title stand in the longer, 0 to 1."""
    a, b = bare_title(one), bare_title(other)
    return float(fuzz.token_set_ratio(a, b)) / 100 if a and b else 0.0


def join_wrapped(parts: list[str]) -> str:
    """The lines of a wrapped title as one line of single-spaced text."""
    text = ""
    for part in (" ".join(piece.split()) for piece in parts):
        glue = "" if not text or (text.endswith("-") and not text.endswith(" -")) else " "
        text = f"{text}{glue}{part}"
    return text.strip()


def bare_title(text: str) -> str:
    """The words of a title without its number, single-spaced."""
    return " ".join(title_words(split_number(text)[1]))
