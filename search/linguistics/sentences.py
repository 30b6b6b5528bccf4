"""Sentences: where the sentences of a text begin and end.

In:  a text; its language; further abbreviations, if any.
Out: half-open spans in text order, without the white space around them. A line feed always ends
     a sentence: it is where a block ends.
Source: Punkt (Kiss & Strunk 2006), as NLTK carries it, with our own short lists of abbreviations
     instead of a downloaded model, and the full stops of further scripts. Abbreviations that
     Punkt learns from a publication are not used: of the sentences that they joined in seven
     books, two in three were rightly apart before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from search.linguistics.stems import base_language
from search.linguistics.word_lists import known_abbreviations

# Full stops that need no blank after them end a piece by themselves; Punkt sees to the others.
_PIECE = re.compile(r"[^\n。！？]*[。！？]+[”’」』）]*|[^\n。！？]+")  # noqa: RUF001


def split_sentences(
    text: str, language: str = "", *, abbreviations: frozenset[str] = frozenset()
) -> list[tuple[int, int]]:
    """Return the spans of a text's sentences."""
    split = _splitter(base_language(language), abbreviations)
    spans: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        start = piece.start()
        spans.extend((start + a, start + b) for a, b in split(piece[0]))
    return [span for span in (_stripped(text, *span) for span in spans) if span[0] < span[1]]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(piece.strip())


@lru_cache(maxsize=64)
def _splitter(
    language: str, abbreviations: frozenset[str]
) -> Callable[[str], Iterator[tuple[int, int]]]:
    from search.linguistics.nltk_parts import make_splitter

    known = known_abbreviations()
    ours = known.get(language) or frozenset().union(*known.values())
    return make_splitter(ours | abbreviations)
