"""Repair: what typesetting did to words is undone.

In:  the text of printed lines, and the words that the publication uses.
Out: a paragraph's text, and which stretch of it each line gave.

A hyphen at the end of a line is dropped only where the joined word is known in the publication
(and better known than the hyphenated one); a soft hyphen there always goes. Ligatures and odd
blanks the reader has resolved already (letters.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.letters import SOFT_HYPHEN, strip_soft_hyphens

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"(?P<head>[^\W\d_]+)-$")
_NEXT = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Joined:
    """A text made of lines; `spans[k]` is the stretch [start, end) that line k gave."""

    text: str
    spans: tuple[tuple[int, int], ...]


def clean_line(text: str) -> str:
    """A printed line with single blanks; only a soft hyphen that ends it stays."""
    return strip_soft_hyphens(" ".join(text.split()))


def known_words(lines: Iterable[str]) -> Counter[str]:
    """How often each word stands whole within a line, case folded; hyphenated ones as such."""
    words: Counter[str] = Counter()
    for line in lines:
        clean = clean_line(line)
        found = _WORD.findall(clean)
        words.update(word.casefold() for word in (found[:-1] if clean[-1:] == "-" else found))
    return words


def join_lines(lines: Iterable[str], known: Mapping[str, int]) -> Joined:
    """Join the lines of a paragraph; blanks between lines belong to no line."""
    text = ""
    spans: list[tuple[int, int]] = []
    for line in lines:
        clean = clean_line(line)
        if text and clean:
            text, glue = _glue(text, clean, known)
            spans = _within(spans, len(text))
            text += glue
        spans.append((len(text), len(text) + len(clean)))
        text += clean
    text = text.removesuffix(SOFT_HYPHEN)
    return Joined(text, tuple(_within(spans, len(text))))


def _within(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The spans, cut where the text lost its last hyphen."""
    if not spans or spans[-1][1] <= length:
        return spans
    return [(min(start, length), min(end, length)) for start, end in spans]


def _glue(text: str, following: str, known: Mapping[str, int]) -> tuple[str, str]:
    """The text so far, without a hyphen that only broke the line, and what goes between."""
    if text.endswith(SOFT_HYPHEN):
        return text[:-1], ""
    cut = _CUT.search(text)
    onward = _NEXT.match(following)
    if not cut or not onward:
        return text, ("" if text.endswith("-") and not text.endswith(" -") else " ")
    whole = (cut["head"] + onward[0]).casefold()
    hyphenated = f"{cut['head']}-{onward[0]}".casefold()
    joins = known.get(whole, 0) > known.get(hyphenated, 0) and onward[0][0].islower()
    return (text[:-1], "") if joins else (text, "")
