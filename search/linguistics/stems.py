"""Stems: the part of a word that its inflected forms share.

In:  an exact form (see `forms`) and the language of the text that it stands in.
Out: its stem. Each word is stemmed by its script: Latin words as English and Cyrillic words as
     Russian, also where they stand in a text of the other language; in a Tajik text Cyrillic words
     as Tajik, with `TAJIK` behind the stem, so that it is never taken for a Russian one (мини
     and мина). Words with digits in them are their own stems, and so are all of other languages.
Source: the Snowball stemmers (Porter), as NLTK carries them; possessive ’s falls with the stem.
     Tajik: `search.linguistics.tajik`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from search.linguistics.tajik import stem_tajik

TAJIK: Final = "-"

_LATIN_AS_ENGLISH = frozenset({"", "en", "ru", "tg"})
_CYRILLIC_AS_RUSSIAN = frozenset({"", "en", "ru"})
_CYRILLIC = frozenset(map(chr, range(0x400, 0x530)))


@cache
def base_language(language: str) -> str:
    """Return the language of a code like `en-GB`: `en`; "" stays unknown."""
    return language.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=1 << 17)
def stem(form: str, language: str) -> str:
    """Return the stem of an exact form in a text of `language` ("" where it is not known)."""
    if not form.replace("'", "").isalpha():
        return form
    language = base_language(language)
    if form.isascii():
        return _stemmer("english")(form) if language in _LATIN_AS_ENGLISH else form
    if form[0] not in _CYRILLIC:
        return form
    if language == "tg":
        return stem_tajik(form) + TAJIK
    return _stemmer("russian")(form) if language in _CYRILLIC_AS_RUSSIAN else form


@cache
def _stemmer(name: str) -> Callable[[str], str]:
    from search.linguistics.nltk_parts import make_stemmer

    return make_stemmer(name)
