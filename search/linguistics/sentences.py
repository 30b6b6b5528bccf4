"""Sentences: where the sentences of a text begin and end.

In:  a text; its language; abbreviations learned from the publication, if any.
Out: half-open spans in text order, without the white space around them. A line feed always ends
     a sentence: it is where a block ends.
Source: Punkt (Kiss & Strunk 2006), as NLTK carries it, with our own short lists of abbreviations
     instead of a downloaded model, and the full stops of further scripts.
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


def split_sentences(
    text: str, language: str = "", *, abbreviations: frozenset[str] = frozenset()
) -> list[tuple[int, int]]:
    """Return the spans of a text's sentences."""
    base = base_language(language)
    known = _abbreviations(base, abbreviations)
    spans: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        for start, end in _parted(text, *piece.span(), known):
            last = _END.search(text, start, end)
            if last is None or not text[last.start() + 1 : end].strip():
                spans.append((start, end))
            else:
                split = _splitter(base, abbreviations)
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


def learn_abbreviations(text: str) -> frozenset[str]:
    """Return the abbreviations that a long text shows by its use of full stops."""
    from search.linguistics.nltk_parts import find_abbreviations

    return find_abbreviations(text)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(piece.strip())


@lru_cache(maxsize=64)
def _splitter(
    language: str, abbreviations: frozenset[str]
) -> Callable[[str], Iterator[tuple[int, int]]]:
    from search.linguistics.nltk_parts import make_splitter

    return make_splitter(_abbreviations(language, abbreviations))


@lru_cache(maxsize=64)
def _abbreviations(language: str, learned: frozenset[str]) -> frozenset[str]:
    known = known_abbreviations()
    return (known.get(language) or frozenset().union(*known.values())) | learned
