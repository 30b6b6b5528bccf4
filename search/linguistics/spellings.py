"""Spellings: whether two words are taken for one another.

In:  exact forms.
Out: yes or no, the same in both orders. It takes a common key (see `folding`), and then:
     two everyday English words never; an everyday word and another only with a common close key;
     so with words of fewer than `LEAST_LOOSE` letters. Names of `LEAST_NAMES` letters may also
     differ in one that romanisations exchange, those of `LEAST_LONG` in two. An everyday English
     word is nobody's romanisation of a Cyrillic one. Two Cyrillic words only where one has letters
     of Tajik alone: Russian words of one key are different words (стол, стал); and never two
     small words of Tajik.
Source: `everyday_english.txt`: our English stems of the lower-case words of SCOWL, size 35, whose
     notice stands in the file; `small_tajik.txt`: ours.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from search.linguistics.folding import (
    TAJIK_LETTERS,
    close_fold,
    exchanged_letters,
    fold,
    fold_but_o,
    index_keys,
    name_keys,
    near_keys,
    variants,
)
from search.linguistics.stems import stem

LEAST_LOOSE = 5
# For what differs in more than what is often confused.
LEAST_NAMES, LEAST_LONG, LEAST_SLIP = 5, 7, 6
_LEAST_BESIDE_EVERYDAY = 5


@lru_cache(maxsize=1 << 14)
def are_spellings(one: str, other: str) -> bool:
    """Tell whether two exact forms are spellings of one word."""
    if one == other:
        return True
    if one.isascii() and other.isascii():
        if name_keys(one).isdisjoint(name_keys(other)):
            return _are_rare_names(one, other) and _exchange_letters(one, other)
        return _may_be_latin(one, other)
    if one.isascii() or other.isascii():
        latin, cyrillic = (one, other) if one.isascii() else (other, one)
        return not is_everyday(latin) and not name_keys(latin).isdisjoint(index_keys(cyrillic))
    return not index_keys(one).isdisjoint(index_keys(other)) and _may_be_cyrillic(one, other)


def are_nearly_spellings(one: str, other: str) -> bool:
    """Tell whether one word may well be a misspelt other: where only one of them is known."""
    is_long = min(len(one), len(other)) >= LEAST_SLIP
    return is_long and _are_rare_names(one, other) and fold(other) in near_keys(one)


def is_everyday(form: str) -> bool:
    """Tell whether an exact form is an everyday English word, in any of its forms."""
    return form.isascii() and stem(form, "en") in _words("everyday_english.txt")


def _may_be_latin(one: str, other: str) -> bool:
    everyday = is_everyday(one) + is_everyday(other)
    least = min(len(one), len(other))
    if everyday == 2:  # noqa: PLR2004
        return False
    if everyday and (least < _LEAST_BESIDE_EVERYDAY or not _are_close(one, other)):
        return False
    return least >= LEAST_LOOSE or _are_close(one, other)


def _are_rare_names(one: str, other: str) -> bool:
    is_latin = one.isascii() and other.isascii()
    return is_latin and not (is_everyday(one) or is_everyday(other))


def most_exchanged(letters: int) -> int:
    """Return how many letters may be exchanged in a name of so many letters."""
    return (letters >= LEAST_NAMES) + (letters >= LEAST_LONG)


def _exchange_letters(one: str, other: str) -> bool:
    """Tell whether two words fold alike but for an exchanged letter, or two in longer ones."""
    most = most_exchanged(min(len(one), len(other)))
    return any(
        0 < _exchanged(fold_but_o(form), fold_but_o(another)) <= most
        for form in variants(one)
        for another in variants(other)
    )


def _exchanged(key: str, other: str) -> int:
    """Count exchanged letters; more than anyone allows where anything else differs."""
    if not key or len(key) != len(other):
        return len(key) + len(other) + LEAST_LONG
    last = len(key) - 1
    differing = [
        (a, b, n)
        for n, (a, b) in enumerate(zip(key, other, strict=True))
        if a != b and {a, b} != {"a", "o"}
    ]
    is_known = all(_may_be_exchanged(a, b, is_last=n == last) for a, b, n in differing)
    return len(differing) if is_known else len(key) + LEAST_LONG


def _may_be_exchanged(one: str, other: str, *, is_last: bool) -> bool:
    if "o" in (one, other):  # an o is never an e
        return {one, other} == {"o", "u"}
    return {one, other} != {"a", "u"} and other in exchanged_letters(one, is_last=is_last)


def _are_close(one: str, other: str) -> bool:
    keys = {close_fold(form) for form in variants(one)}
    return not keys.isdisjoint(close_fold(form) for form in variants(other))


def _may_be_cyrillic(one: str, other: str) -> bool:
    if TAJIK_LETTERS.isdisjoint(one) and TAJIK_LETTERS.isdisjoint(other):
        return False
    return not _words("small_tajik.txt").issuperset((one, other))


@cache
def _words(file: str) -> frozenset[str]:
    """Return the words of a list; what begins with # is a remark."""
    text = (files("search.linguistics") / file).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
