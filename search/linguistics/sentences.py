"""Sentences: where the sentences of a text begin and end.

In:  a text; its language.
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

# A word of letters alone before a mark, and a word behind it: Punkt parts the two, whatever else
# stands around, unless the word is an abbreviation. It takes forty times as long to say so.
_PLAIN_END = re.compile(r"[.?!](?= +[^\W_])")
_END = re.compile(r"[.?!…؟۔।]")  # noqa: RUF001


def split_sentences(text: str, language: str = "") -> list[tuple[int, int]]:
    """Return the spans of a text's sentences."""
    base = base_language(language)
    known = _abbreviations(base)
    spans: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        for start, end in _parted(text, *piece.span(), known):
            last = _END.search(text, start, end)
            if last is None or not text[last.start() + 1 : end].strip():
                spans.append((start, end))
            else:
                split = _splitter(base)
                spans.extend((start + a, start + b) for a, b in split(text[start:end]))
    return [span for span in (_stripped(text, *span) for span in spans) if span[0] < span[1]]


def _parted(
    text: str, start: int, end: int, abbreviations: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Part a text where no rule is needed to see that a sentence ends."""
    for found in _PLAIN_END.finditer(text, start, end):
        place = found.start()
        word = text[max(start, text.rfind(" ", start, place) + 1) : place]
        if len(word) > 1 and word.isalpha() and word.lower() not in abbreviations:
            yield start, place + 1
            start = place + 1
    yield start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(piece.strip())


@lru_cache(maxsize=64)
def _splitter(language: str) -> Callable[[str], Iterator[tuple[int, int]]]:
    from search.linguistics.nltk_parts import make_splitter

    return make_splitter(_abbreviations(language))


@lru_cache(maxsize=64)
def _abbreviations(language: str) -> frozenset[str]:
    known = known_abbreviations()
    return known.get(language) or frozenset().union(*known.values())
