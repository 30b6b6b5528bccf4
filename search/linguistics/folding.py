"""Folded names: one key for the many spellings of one name in Latin and Cyrillic letters.

In:  an exact form (see `forms`).
Out: its keys. Words of one *close* key write the same sounds with other letters (Ayni, Aini;
     Khujand, Hudjand); those of one *loose* key differ in what ears and romanisations confuse as
     well (Shuroabad, Shuroobod). A key folds to itself. What is not written in Latin or Cyrillic
     letters alone has no key: "". Which words of one key are taken for one another is a
     matter of pairs, in `spellings`.
Source: BGN/PCGN romanisation of Russian (1947) and Tajik (1994), ISO 9 without its diacritics,
     and the habits of the press (dj and dzh, q for k, ou for u). What each rule finds and what it
     merges wrongly was measured: docs/adr/0011-names-and-spellings.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from search.linguistics.stems import TAJIK, stem

LEAST_LETTERS, MOST_LETTERS = 4, 30  # shorter words are alike too often, longer ones no names
LEAST_NEAR = 4  # letters of a key

# Letters of Tajik alone, and those that legacy fonts show in their place.
TAJIK_LETTERS: Final = frozenset("ғӣқӯҳҷѓїќўњљ")
_LETTERS: Final = dict(
    zip("абвгдежзийклмнопрстуфхцчшщыэ", "abvgdejziyklmnoprstufhcCSSye", strict=True)
)
_TAJIK: Final = dict(zip("ғӣқӯҳҷѓїќўњљі", "gikuhjgikuhji", strict=True))
_TO_LATIN: Final = str.maketrans(
    {**_LETTERS, **_TAJIK, "ъ": "", "ь": "", "ю": "yu", "я": "ya", "є": "ye", "'": ""}
)
_DIGRAPHS: Final = str.maketrans({"S": "sh", "C": "ch"})  # one letter each while rules apply

_Rules = Sequence[tuple[re.Pattern[str], str]]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern, re.MULTILINE), letters) for pattern, letters in pairs)


_CLOSE: Final = _rules(
    (r"shch|sh", "S"),
    (r"ch", "C"),
    (r"kh|^x(?=[aeiou])", "h"),
    (r"gh", "g"),
    (r"d?zh|dj|dz", "j"),
    (r"t[sz](?=.)", "c"),
    (r"q", "k"),
    (r"(?<=[aeiou])ye|^ye", "e"),  # Musoyev, Yefimov
    (r"(?<=[^aeou])[iy]+[jy]*(?=[aeou])", "i"),  # Adlija
    (r"iy|ij|yi|ii", "i"),
    (r"(?<=[aeou])[iy]|y(?=[aeiou])|(?<![a-zSC])i(?=[aeou])", "j"),  # Faizabad, Fayzabad, Fajzabad
    (r"y", "i"),
)
_LOOSE: Final = _rules(
    (r"ph", "f"),
    (r"tC", "C"),
    (r"ck", "k"),
    (r"w", "v"),
    (r"v(?=[CSckpst])", "f"),
    (r"ou", "u"),
    (r"(?<=l)i(?=[aou])", ""),  # Kulyab, Kulob
    (r"h(?![aeiou])", ""),
    (r"n(?=[bp])", "m"),
    (r"(.)\1+", r"\1"),
)
_NO_O: Final = _rules((r"o", "a"))
# What romanisations exchange (Soghd, Sughd; Hissar, Gissar), as loose keys have it: o is a there.
# At the end Russian and Turkic mouths do the same to voiced consonants (-ov, -off; -nd, -nt).
_EXCHANGED: Final = {"a": "eu", "e": "ai", "i": "e", "u": "a", "h": "g", "g": "h"}
_EXCHANGED_AT_THE_END: Final = {
    **_EXCHANGED,
    "b": "p",
    "p": "b",
    "d": "t",
    "t": "d",
    "g": "hk",
    "k": "g",
    "v": "f",
    "f": "v",
    "z": "s",
    "s": "z",
}
_FOLDABLE: Final = re.compile(r"[a-z']+|[Ѐ-ӿ']+")
_LETTERS_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_VOWEL: Final = re.compile(r"[aeiou]")


@lru_cache(maxsize=1 << 16)
def close_fold(form: str) -> str:
    """Return the close key of an exact form."""
    if not _FOLDABLE.fullmatch(form):
        return ""
    return _settled(form.translate(_TO_LATIN), _CLOSE)


@lru_cache(maxsize=1 << 16)
def fold(form: str) -> str:
    """Return the loose key of an exact form."""
    return _settled(close_fold(form), (*_CLOSE, *_LOOSE, *_NO_O))


@lru_cache(maxsize=1 << 14)
def fold_but_o(form: str) -> str:
    """Return what the loose key would be if o were no a."""
    return _settled(close_fold(form), (*_CLOSE, *_LOOSE))


def _settled(keys: str, rules: _Rules) -> str:
    """Apply rules to a key, or to a key a line, until they change nothing."""
    before = ""
    while keys != before:
        before = keys
        for pattern, replacement in rules:
            keys = pattern.sub(replacement, keys)
        keys = keys.translate(_DIGRAPHS)
    return keys


class Folds(NamedTuple):
    """How forms are folded: one by one, or as looked up among those that were folded together."""

    close: Callable[[str], str]
    loose: Callable[[str], str]


_ONE_BY_ONE: Final = Folds(close_fold, fold)


def fold_together(forms: Iterable[str]) -> Folds:
    """Fold all that `index_keys` asks of some forms: rules run over many words in one go."""
    asked = {each: "" for form in forms for each in (form, *_readings(form))}
    known = [each for each in asked if _FOLDABLE.fullmatch(each)]
    lines = _settled("\n".join(known).translate(_TO_LATIN), _CLOSE)
    close = asked | dict(zip(known, lines.split("\n"), strict=False))
    loose = _settled("\n".join(close.values()), (*_CLOSE, *_LOOSE, *_NO_O)).split("\n")
    return Folds(close.__getitem__, dict(zip(close, loose, strict=False)).__getitem__)


def name_keys(form: str, folds: Folds = _ONE_BY_ONE) -> frozenset[str]:
    """Return the loose keys under which a word is looked for among words of its own script."""
    return frozenset([folds.loose(each) for each in variants(form) if _may_be_name(each, folds)])


def index_keys(form: str, folds: Folds = _ONE_BY_ONE) -> frozenset[str]:
    """Return the loose keys under which a word is found: of its stems as well, if Cyrillic.

    Whoever types Khujand means Худжанде too; Latin letters do not show such endings.
    """
    keys = name_keys(form, folds)
    if not keys or form.isascii():
        return keys
    return keys.union(*(name_keys(each, folds) for each in _cyrillic_stems(form)))


def _cyrillic_stems(form: str) -> list[str]:
    return [stem(form, language).removesuffix(TAJIK) for language in ("ru", "tg")]


def _readings(form: str) -> Iterable[str]:
    """Return what a form may be without an ending, or with another letter."""
    if form.isascii():
        return variants(form)
    return [each for read in (form, *_cyrillic_stems(form)) for each in variants(read)]


def variants(form: str) -> tuple[str, ...]:
    """Return a form, and what it is without a Latin plural, or with another letter for ҷ.

    A possessive ’s is no part of it.
    """
    form = form.removesuffix("'s")
    if form.isascii() and form.endswith("s") and not form.endswith("ss"):
        return form, form[:-1]
    if "ҷ" in form:
        return form, form.replace("ҷ", "ч"), form.replace("ҷ", "ж")
    return (form,)


def _may_be_name(form: str, folds: Folds = _ONE_BY_ONE) -> bool:
    return LEAST_LETTERS <= len(form) <= MOST_LETTERS and bool(_VOWEL.search(folds.close(form)))


def exchanged_keys(form: str, most: int) -> frozenset[str]:
    """Return the loose keys of which one letter, or `most`, 2, may have been exchanged."""
    found: set[str] = set()
    for key in name_keys(form) if most else ():
        last = len(key) - 1
        others = [exchanged_letters(letter, is_last=n == last) for n, letter in enumerate(key)]
        exchanges = [(n, letter) for n, letters in enumerate(others) for letter in letters]
        found.update([key[:n] + letter + key[n + 1 :] for n, letter in exchanges])
        if most > 1:
            found.update(
                [
                    key[:n] + letter + key[n + 1 : m] + other + key[m + 1 :]
                    for (n, letter), (m, other) in combinations(exchanges, 2)
                    if n < m
                ]
            )
    return frozenset(found)


def exchanged_letters(letter: str, *, is_last: bool) -> str:
    """Return the letters of loose keys that may stand in place of one."""
    return (_EXCHANGED_AT_THE_END if is_last else _EXCHANGED).get(letter, "")


def near_keys(form: str) -> frozenset[str]:
    """Return the loose keys one letter from that of a word: inside it, and mostly a vowel.

    First and last letter are those that people get right; a consonant may be missing or too
    much, but is not another one (Shugnan, Shugman).
    """
    key = fold(form) if _may_be_name(form) else ""
    if len(key) < LEAST_NEAR:
        return frozenset()
    inside = range(1, len(key) - 1)
    fewer = {key[:n] + key[n + 1 :] for n in inside}
    other = {key[:n] + v + key[n + 1 :] for n in inside if key[n] in "aeiu" for v in "aeiu"}
    more = {key[:n] + letter + key[n:] for n in range(1, len(key)) for letter in _LETTERS_LATIN}
    return frozenset(fewer | other | more) - {key}
