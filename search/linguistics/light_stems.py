"""Light stems: for languages without a Snowball stemmer in NLTK, the longest known ending falls.

In:  an exact form (see `forms`).
Out: its stem; no ending falls that would leave a letter or two.
Source: for Hindi the endings of Ramanathan & Rao, “A Lightweight Stemmer for Hindi” (2003), with
     long and short vowels made one; for Greek the commonest endings of nouns, adjectives and
     verbs, without accents as exact forms are.
"""

from __future__ import annotations

from collections.abc import Mapping

_HINDI = """
ाएंगि ाएंगे ाउंगि ाउंगा ाइयां ाइयों
ाएगि ाएगा ाओगि ाओगे एंगि ेंगि एंगे ेंगे ुंगि ुंगा ातिं नाओं नाएं ताओं ताएं ियां ियों
ाकर ाइए ाइं ाया ेगि ेगा ोगि ोगे ाने ाना ाते ाति ाता तिं ाओं ाएं ुओं ुएं ुआं
कर ाओ िए ाइ ाए ने नि ना ते िं ति ता ां ों ें
ो े ु ि ा
"""
_GREEK = """
ηθηκαν ηθηκε ονταν ονται οντασ οταν ουσαν ουσε ουμε ομαστε ησουν ησει ηκαν ησαν ηκε ησε
ματων ματοσ ματα μενων μενοσ μενου μενησ μενουσ μενεσ μενοι μενη μενα μενο μεν
ουσ εισ εων εωσ ειων ιων ιουσ ιοσ ιου ιασ ιεσ ιοι ια ιο ιση
εται ετε ουν ων οσ ησ εσ ασ ισ οι ου ον αι ει αν ην εν υσ
α η ο ι ε ω υ
"""  # noqa: RUF001 - Greek letters
_SHORT_VOWELS = str.maketrans("ईऊीू", "इउिु")


def _by_length(endings: str) -> Mapping[int, frozenset[str]]:
    found = endings.split()
    lengths = sorted({len(ending) for ending in found}, reverse=True)
    return {length: frozenset(e for e in found if len(e) == length) for length in lengths}


_HINDI_ENDINGS = _by_length(_HINDI)
_GREEK_ENDINGS = _by_length(_GREEK)


def hindi_stem(form: str) -> str:
    """Return the stem of a Hindi word."""
    return _without_ending(form.translate(_SHORT_VOWELS), _HINDI_ENDINGS, least=2)


def greek_stem(form: str) -> str:
    """Return the stem of a Greek word."""
    return _without_ending(form, _GREEK_ENDINGS, least=3)


def _without_ending(form: str, endings: Mapping[int, frozenset[str]], least: int) -> str:
    for length, known in endings.items():
        if len(form) >= length + least and form[-length:] in known:
            return form[:-length]
    return form
