"""Analysis: text → tokens, for the index, the question and the highlighter alike.

In:  a text, and its language ("" where it is not known; a question's never is).
Out: tokens in text order. A token has an exact form, a stem, a span of code points in the text
     as given (composed or not), and a position counted from 0.

What a word is, everywhere: letters and digits of any script with their combining marks, and
apostrophes inside it. Single letters and digits count. A hyphenated word is its parts at
successive positions and, at the position of the first part, also the whole written as one:
`micro-credit` is found as *micro*, as *credit*, as the phrase and as *microcredit*. Scripts that
set no blanks between words (Han, kana, Thai, Lao, Khmer, Burmese) give a position a character, and
at it two tokens: the character, and the pair that it makes with the next. A phrase of them is the
phrase of its characters; a bare question looks for its pairs, which do for words.

Latin letters lose their marks. In languages without a stemmer of their own, where marks may tell
words apart (Vietnamese, Turkish, Polish), a word with marks is a second token at its position,
`SPELT` and the word with its marks, which counts for the ranking.

One compiled regex finds the words; what a word is made of is remembered by its spelling.
Source: Unicode Standard Annex 29 for inner apostrophes and marks, narrowed to what readers type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from search.linguistics.forms import (
    APOSTROPHES,
    INVISIBLE,
    combining_marks,
    exact_form,
    marked_form,
)
from search.linguistics.stems import base_language, keeps_marks, stem

View = Literal["exact", "stem"]
Pair = tuple[int, int]

UNSTEMMED = "zxx"  # the code of no language: words as they are, without stems and marks
SPELT: Final = "\ue000"  # before a word with its marks; no word of a text begins so
_MARKED = "und"  # the code of a language that is none of ours: it keeps its marks
MAX_JOINED_PARTS = 5  # a longer chain of hyphens is a list or a rule, not one word

_HYPHENS = "-\u2010\u2011"
_MARKS = combining_marks()
# Letters of scripts without blanks: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u0edc-\u0edf"
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3\u3005\u3007\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
# Repeated groups are made atomic, `(?>(?:…)+)`, never possessive, `(?:…)++`: before 3.11.5 Python
# matches the latter wrongly (python/cpython#106052), and Debian 12 has 3.11.2.
_RUN = rf"(?>(?:[^\W_{_UNSPACED}]++[{_MARKS}{INVISIBLE}]*+)+)"
_WORD = rf"{_RUN}(?>(?:[{APOSTROPHES}]{_RUN})*)"
_CHARACTER = rf"[{_UNSPACED}][{_MARKS}]*+"
_COMPOUND: Final = re.compile(rf"{_WORD}(?>(?:[{_HYPHENS}]{_WORD})*)|(?>(?:{_CHARACTER})+)")
_FIRST_UNSPACED = "\u0e01"
_SEPARATOR: Final = re.compile(f"[{_HYPHENS}]")
_JOINER = rf"(?:[{_HYPHENS}.@_&]|(?<=\d)[,/:](?=\d))"


class Token(NamedTuple):
    """A word, or a whole hyphenated word: its two forms, its span, its position."""

    exact: str
    stem: str
    start: int
    end: int
    position: int


class WordSpans(NamedTuple):
    """Where the word at each position of a text begins and ends.

    `wholes` are pairs of numbers: the position of a hyphenated word that is also written as one,
    and of how many parts it is.
    """

    starts: list[int]
    ends: list[int]
    wholes: list[int]


@cache  # who only publishes never compiles it
def query_word() -> re.Pattern[str]:
    """Return the pattern of what a reader types as one.

    Parts joined by a hyphen, or by what joins addresses, abbreviations (U.S., R&D), decimals,
    dates and times; or a stretch of a script without blanks.
    """
    return re.compile(rf"{_WORD}(?>(?:{_JOINER}{_WORD})*)|(?>(?:{_CHARACTER})+)")


def analyze(text: str, language: str = "") -> list[Token]:
    """Return the tokens of a text."""
    language = base_language(language)
    tokens: list[Token] = []
    position = 0
    for match in _COMPOUND.finditer(text):
        offset = match.start()
        for token in _read(match[0], language):
            exact, root, start, end, step = token
            tokens.append(Token(exact, root, offset + start, offset + end, position + step))
        position = tokens[-1].position + 1 if tokens else 0
    return tokens


def has_word(text: str) -> bool:
    """Tell whether a text has a token."""
    return bool(analyze(text, UNSTEMMED))


def spellings(text: str, language: str = "") -> list[str]:
    """Return what stands between the blanks of a text: the fast road, for no word has one in it.

    What `read_spelling` says of each piece is, in a row, what `analyze` says of the text. Pieces
    that may have marks to keep begin with `SPELT`.
    """
    pieces = text.split()
    if not keeps_marks(language) or text.isascii():
        return pieces
    return [piece if piece.isascii() else SPELT + piece for piece in pieces]


def read_spelling(spelling: str) -> list[tuple[str, int]]:
    """Return the exact forms in a piece and their positions, counted from 0, as they rise."""
    if spelling.isascii() and spelling.isalpha():
        return [(exact_form(spelling), 0)]
    language = _MARKED if spelling.startswith(SPELT) else UNSTEMMED
    return [(token.exact, token.position) for token in analyze(spelling, language)]


def spelt_with_marks(word: str) -> str:
    """Return the form under which the index has a word with its marks; "" where it has none."""
    form = marked_form(word)
    return SPELT + form if form else ""


def word_spans(text: str) -> WordSpans:
    """Return the spans of a text's words, as `analyze` has them, and which stand for several."""
    starts: list[int] = []
    ends: list[int] = []
    wholes: list[int] = []
    place = 0
    for spelling in spellings(text):
        place = text.index(spelling, place)
        if spelling.isascii() and spelling.isalpha():  # most are one word, and nothing else
            starts.append(place)
            place += len(spelling)
            ends.append(place)
            continue
        spans, parts = _spelling_spans(spelling)
        for number, count in parts:
            wholes += len(starts) + number, count
        for start, end in spans:
            starts.append(place + start)
            ends.append(place + end)
        place += len(spelling)
    return WordSpans(starts, ends, wholes)


@lru_cache(maxsize=1 << 16)
def _spelling_spans(spelling: str) -> tuple[list[Pair], list[Pair]]:
    """Return the spans of what stands between two blanks; which stand for how many parts."""
    spans: list[Pair] = []
    wholes: list[Pair] = []
    for match in _COMPOUND.finditer(spelling):
        offset = match.start()
        first, tokens = len(spans), _read(match[0], UNSTEMMED)
        for token in tokens:
            if token.position == len(spans) - first:
                spans.append((offset + token.start, offset + token.end))
            else:
                wholes.append((first + token.position, _count_parts(token, tokens[-1])))
    return spans, wholes


def _count_parts(whole: Token, last: Token) -> int:
    """Return how many positions a token stands for: all of a compound, or two characters."""
    is_all = whole.position == 0 and whole.end >= last.end
    return last.position + 1 if is_all else 2


def written_as_one(parts: Iterable[str]) -> str:
    """Return the exact form of a hyphenated word from those of its parts."""
    return exact_form("".join(parts))


def word_family(form: str, languages: Iterable[str] = ()) -> frozenset[str]:
    """Return the stems under which the index may hold words of the same family as `form`.

    Its stems, for texts in languages stemmed by their script and in Tajik (which knows no Latin
    words of its own), the form itself, for texts in one without a stemmer, and its stems in
    `languages`, where the library has others.
    """
    ours = ("",) if form.isascii() else ("", "tg")
    return frozenset((form, *[stem(form, language) for language in (*ours, *languages)]))


def character_pairs(text: str) -> tuple[str, ...]:
    """Return the pairs of a stretch of a script without blanks; () for any other word."""
    if text < _FIRST_UNSPACED:
        return ()
    spans = _character_spans(text)
    return tuple(_cached_form(text[spans[n][0] : end]) for n, (_, end) in enumerate(spans[1:]))


def _read(compound: str, language: str) -> Sequence[Token]:
    is_common = compound < _FIRST_UNSPACED
    return (_read_compound if is_common else _read_stretch)(compound, language)


def _read_stretch(text: str, language: str) -> Sequence[Token]:
    """Read a stretch without blanks; words of other scripts that sort behind Thai come here too."""
    spans = _character_spans(text)
    if not spans:
        return _read_compound(text, language)
    tokens: list[Token] = []
    for place, (start, end) in enumerate(spans):
        ends = [end, *(following for _, following in spans[place + 1 : place + 2])]
        forms = [_cached_form(text[start:stop]) for stop in ends]
        tokens += [Token(f, f, start, stop, place) for f, stop in zip(forms, ends, strict=True)]
    return tokens


def _character_spans(text: str) -> list[tuple[int, int]]:
    """Return where the characters of a stretch stand, with their marks; none for other words."""
    return [match.span() for match in re.finditer(_CHARACTER, text)]


_cached_form = lru_cache(maxsize=1 << 16)(exact_form)


@lru_cache(maxsize=1 << 16)
def _read_compound(compound: str, language: str) -> tuple[Token, ...]:
    """Take a hyphenated word apart: offsets and positions are relative to it."""
    tokens: list[Token] = []
    start = 0
    for part in _SEPARATOR.split(compound):
        if form := exact_form(part):
            root = stem(form, language)
            tokens.append(Token(form, root, start, start + len(part), len(tokens)))
        start += len(part) + 1
    spelt = _spelt_tokens(compound, tokens) if keeps_marks(language) else []
    if 1 < len(tokens) <= MAX_JOINED_PARTS:
        form = written_as_one(token.exact for token in tokens)
        tokens.insert(1, Token(form, stem(form, language), 0, len(compound), 0))
    if spelt:
        tokens = sorted((*tokens, *spelt), key=attrgetter("position"))
    return tuple(tokens)


def _spelt_tokens(compound: str, parts: Iterable[Token]) -> list[Token]:
    """Return the parts of a compound that have marks, as they are spelt."""
    forms = [(part, spelt_with_marks(compound[part.start : part.end])) for part in parts]
    return [Token(f, f, part.start, part.end, part.position) for part, f in forms if f]
