"""Language: what a text is written in.

In:  text.
Out: "en", "ru", "tg"; "und" for a language that is none of these; "" where there is too little
     to tell.

How likely the text's character n-grams are in each language that the model knows decides. Other
languages are in it so that their text is not taken for one of ours; a script that the model has
nothing of is another language at once.
Source: language_model.json beside this module, made by corpus/make_language_model.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path

import msgspec

OTHER = "und"  # as ISO 639 calls a language that is not determined

_DATA = Path(__file__).with_name("language_model.json")
_WORD = re.compile(r"[^\W\d_]+(?:['’\u02bb][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_NOT_CYRILLIC = re.compile(r"[^\u0400-\u052f]+")
_HIGH = re.compile(r"[^\x00-\x7f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_SIGNS = re.compile(r"(?:[^\w\s]|[\d_])+")
_CYRILLIC_SHARE = 0.25  # of the letters
_LENGTHS = (1, 2, 3, 4)
_OURS = {"en": "en", "ru": "ru", "tg": "tg", "tg-plain": "tg"}
_SCRIPTS = ("LATIN", "CYRILLIC")
_LEAST_LETTERS = 12
_MOST_LETTERS = 2000  # of a long text, taken evenly from all of it
_PIECES = 10
_SURE_LETTERS = 120  # of a section that is to have a language of its own
_MOST_WORDS = 20_000  # remembered with their scores
_ODD_SIGN = 1000  # hundredths of a logarithm
_NEVER = -10_000.0
_MARGIN = 25  # hundredths of a logarithm an n-gram, by which that has to be likelier


def detect_language(text: str) -> str:
    """The language of a text."""
    sample = _sample(text)
    letters = _NO_LETTERS.sub("", sample)
    if len(letters) < _LEAST_LETTERS:
        return ""
    return _likeliest(_scores(sample)) if _is_known_script(letters) else OTHER


def how_cyrillic(text: str) -> float:
    """How likely its Cyrillic letters are in the likeliest language; to compare readings of bytes.

    Other signs beyond the plain ones are what a wrong reading makes of letters.
    """
    sample = text if len(text) <= _MOST_LETTERS else _pieces(text)
    high = len(_HIGH.findall(sample))
    letters = _CYRILLIC.findall(sample)
    if not letters:
        return _NEVER
    likeliest = max(_scores(_NOT_CYRILLIC.sub(" ", sample)).values())
    return likeliest - _ODD_SIGN * (high - len(letters)) / high


def own_language(text: str, usual: str) -> str:
    """A section's language where it is clearly another than the publication's; else ""."""
    sample = _sample(text)
    letters = _NO_LETTERS.sub("", sample)
    if len(letters) < _SURE_LETTERS or not _is_prose(text):
        return ""
    usual = usual if usual in _OURS.values() or not usual else OTHER
    scores = _scores(sample) if _is_known_script(letters) else {OTHER: 0.0}
    own = _likeliest(scores)
    if own == usual:
        return ""
    of_usual = [score for code, score in scores.items() if _OURS.get(code, OTHER) == usual]
    return own if max(scores.values()) - max(of_usual, default=_NEVER) > _MARGIN else ""


def _likeliest(scores: Mapping[str, float]) -> str:
    return _OURS.get(max(scores, key=lambda code: scores[code]), OTHER)


def letter_groups(text: str) -> Iterator[str]:
    """The character n-grams of a text's words, each word between blanks."""
    for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold()):
        yield from _groups_of(word)


def _groups_of(word: str) -> Iterator[str]:
    padded = f" {word} "
    for length in _LENGTHS:
        for at in range(len(padded) - length + 1):
            yield padded[at : at + length]


def _scores(text: str) -> dict[str, float]:
    """How likely the text is in every language of its script; hundredths of a logarithm."""
    cyrillic = len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    codes = _codes(cyrillic=cyrillic)
    sums = list(map(sum, zip(*(_word_scores(word, cyrillic) for word in words), strict=True)))
    total, *scores = sums or [1, *([0] * len(codes))]
    return {code: score / total for code, score in zip(codes, scores, strict=True)}


@lru_cache(maxsize=_MOST_WORDS)
def _word_scores(word: str, cyrillic: bool) -> tuple[int, ...]:  # noqa: FBT001 - a cache's key
    """How many n-grams a word has, and their sum in every language of its script."""
    groups = tuple(_groups_of(word))
    shares = (_model()[code] for code in _codes(cyrillic=cyrillic))
    return (len(groups), *(sum(map(of.get, groups, repeat(of[""]))) for of in shares))


@cache
def _codes(*, cyrillic: bool) -> tuple[str, ...]:
    return tuple(code for code in _model() if (code in _cyrillic_codes()) == cyrillic)


@cache
def _cyrillic_codes() -> frozenset[str]:
    return frozenset(code for code, shares in _model().items() if _CYRILLIC.search("".join(shares)))


def _sample(text: str) -> str:
    """All of a short text; pieces from everywhere in a long one, for it may begin in another.

    Names and terms in Latin letters are common in Cyrillic text, and say nothing there.
    """
    sample = text if len(text) <= _MOST_LETTERS else _pieces(text)
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    return _LATIN.sub(" ", sample) if cyrillic > _CYRILLIC_SHARE * (cyrillic + latin) else sample


def _pieces(text: str) -> str:
    size = _MOST_LETTERS // _PIECES
    starts = range(0, len(text) - size, (len(text) - size) // (_PIECES - 1))
    return " ".join(text[start : start + size] for start in starts)


def _is_known_script(letters: Sequence[str]) -> bool:
    known = sum(map(_is_of_known_script, letters))
    return known * 2 > len(letters)


@cache
def _is_of_known_script(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_SCRIPTS)


def _is_prose(text: str) -> bool:
    """Mostly letters and blanks, as no program or table is?"""
    signs = sum(map(len, _SIGNS.findall(text)))
    return signs <= 0.15 * len(text)


@cache
def _model() -> Mapping[str, Mapping[str, int]]:
    return msgspec.json.decode(_DATA.read_bytes(), type=dict[str, dict[str, int]])
