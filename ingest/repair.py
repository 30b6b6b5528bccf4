"""Repair: what typesetting did to words is undone.

In:  the text of printed lines, and the words that the publication uses.
Out: a paragraph's text, and which stretch of it each line gave.

A hyphen at the end of a line is dropped only where the joined word is known in the publication
(and better known than the hyphenated one); a soft hyphen there always goes. In a publication whose
known words show that it hyphenates, a word unknown both ways is joined too, unless both halves are
words by themselves. Ligatures and odd blanks the reader has resolved already (letters.py).
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
_LEAST_PROVEN = 3  # known words cut at line ends; then the publication hyphenates


@dataclass(frozen=True, slots=True)
class Joined:
    """A text made of lines; `spans[k]` is the stretch [start, end) that line k gave."""

    text: str
    spans: tuple[tuple[int, int], ...]


def clean_line(text: str) -> str:
    """A printed line with single blanks; only a soft hyphen that ends it stays."""
    return strip_soft_hyphens(" ".join(text.split()))


@dataclass(frozen=True, slots=True)
class _Break:
    """A word that a hyphen at the end of a line cut in two, case folded."""

    head: str
    tail: str

    @property
    def whole(self) -> str:
        return self.head + self.tail

    def is_whole(self, known: Mapping[str, int]) -> bool:
        """Is the word better known whole than with the hyphen?"""
        return known.get(self.whole, 0) > known.get(f"{self.head}-{self.tail}", 0)

    def is_compound(self, known: Mapping[str, int]) -> bool:
        """Is it known with the hyphen, or made of two known words?"""
        halves = known.get(self.head, 0) and known.get(self.tail, 0)
        return bool(halves) or known.get(f"{self.head}-{self.tail}", 0) > 0


def known_words(lines: Iterable[str]) -> Counter[str]:
    """How often each word stands whole within a line, case folded; hyphenated ones as such.

    Where the lines are hyphenated, the words that this shows are known as well.
    """
    words: Counter[str] = Counter()
    breaks: list[_Break] = []
    before = ""
    for line in lines:
        clean = clean_line(line)
        if found := _break(before, clean):
            breaks.append(found)
        whole = _WORD.findall(clean)
        words.update(word.casefold() for word in (whole[:-1] if clean[-1:] == "-" else whole))
        before = clean
    proven = sum(cut.is_whole(words) for cut in breaks)
    compounds = [cut.is_compound(words) and not cut.is_whole(words) for cut in breaks]
    if proven >= _LEAST_PROVEN and proven > sum(compounds):
        words.update(
            {cut.whole for cut, is_one in zip(breaks, compounds, strict=True) if not is_one}
        )
    return words


def _break(line: str, following: str) -> _Break | None:
    """The word that goes on from one line to the next in small letters."""
    if not line.endswith("-"):
        return None
    cut, onward = _CUT.search(line), _NEXT.match(following)
    if not cut or not onward or not onward[0][0].islower():
        return None
    return _Break(cut["head"].casefold(), onward[0].casefold())


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
    if not text.endswith("-"):
        return text, " "
    if not _CUT.search(text) or not _NEXT.match(following):
        return text, ("" if not text.endswith(" -") else " ")
    found = _break(text, following)
    return (text[:-1] if found and found.is_whole(known) else text), ""
