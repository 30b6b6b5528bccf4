"""Stems: the part of a word that its inflected forms share.

In:  an exact form (see `forms`) and the language of the text that it stands in.
Out: its stem. Each word is stemmed by its script: Latin words as English (British and
     American spelling alike), Cyrillic words as Russian, Greek, Arabic and Devanagari words as
     Greek, Arabic and Hindi, also where they stand in a text of another of these languages; in a
     Tajik text Cyrillic words as Tajik, with
     `TAJIK` behind the stem, so that it is never taken for a Russian one (мини and мина). Words
     with digits in them are their own stems, and so are all words of languages without a
     stemmer. Latin words of a text in another language with one (`OTHER_LANGUAGES`) are
     stemmed in it: a mark before the stem keeps it apart from the stems of English.
Source: the Snowball stemmers, as NLTK carries them, `light_stems` and `tajik`; possessive ’s falls
     with the stem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from search.linguistics.british import american_stem
from search.linguistics.light_stems import greek_stem, hindi_stem
from search.linguistics.tajik import stem_tajik

TAJIK: Final = "-"

# Languages in Latin letters that have a stemmer of their own, beside English.
OTHER_LANGUAGES: Mapping[str, str] = {
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}

_BY_SCRIPT = frozenset({"", "en", "ru", "tg"})  # what texts of ours may mix
_LATIN_AS_ENGLISH = _BY_SCRIPT
_CYRILLIC_AS_RUSSIAN = _BY_SCRIPT - {"tg"}
_CYRILLIC = frozenset(map(chr, range(0x400, 0x530)))
_GREEK = frozenset(map(chr, range(0x370, 0x400)))
_ARABIC = frozenset(map(chr, range(0x620, 0x64B)))
_DEVANAGARI = frozenset(map(chr, range(0x904, 0x93A)))
_MARKS = {name: chr(0xE001 + n) for n, name in enumerate(sorted(set(OTHER_LANGUAGES.values())))}


@cache
def base_language(language: str) -> str:
    """Return the language of a code like `en-GB`: `en`; "" stays unknown."""
    return language.replace("_", "-").partition("-")[0].lower()


def marked_languages(languages: Iterable[str]) -> frozenset[str]:
    """Return those of some languages that have stems of their own, apart from those by script."""
    return frozenset(OTHER_LANGUAGES).intersection(map(base_language, languages))


@cache
def keeps_marks(language: str) -> bool:
    """Tell whether marks may make other words of the same letters in a language.

    No stemmer knows it, so nothing else tells its words apart: it is another language than ours,
    or one that was not recognised (`und`); `zxx` is none.
    """
    language = base_language(language)
    return language not in {*_BY_SCRIPT, *OTHER_LANGUAGES, "el", "ar", "hi", "zxx"}


def bare_stem(root: str) -> str:
    """Return a stem without the marks that keep languages apart."""
    return root.removesuffix(TAJIK).lstrip("".join(_MARKS.values()))


@lru_cache(maxsize=1 << 17)
def stem(form: str, language: str) -> str:
    """Return the stem of an exact form in a text of `language` ("" where it is not known)."""
    if form.isascii():
        if not form.replace("'", "").isalpha():
            return form
        language = base_language(language)
        if language in _LATIN_AS_ENGLISH:
            return _english_stem(form)
        if name := OTHER_LANGUAGES.get(language):
            return _MARKS[name] + _stemmer(name)(form)
        return form
    return _stem_by_script(form, base_language(language))


@lru_cache(maxsize=1 << 16)
def _english_stem(form: str) -> str:
    """Return the stem of a form in Latin letters in all languages where these are English."""
    english = _stemmer("english")
    return american_stem(english(form), english)


def _stem_by_script(form: str, language: str) -> str:
    first = form[0]
    if first in _CYRILLIC:
        return _stem_cyrillic(form, language) if form.replace("'", "").isalpha() else form
    if first in _GREEK and language in {"el", *_BY_SCRIPT}:
        return greek_stem(form)
    if first in _ARABIC and language in {"ar", *_BY_SCRIPT}:
        return _stemmer("arabic")(form)
    if first in _DEVANAGARI and language in {"hi", *_BY_SCRIPT}:
        return hindi_stem(form)
    return form


def _stem_cyrillic(form: str, language: str) -> str:
    if language == "tg":
        return stem_tajik(form) + TAJIK
    return _stemmer("russian")(form) if language in _CYRILLIC_AS_RUSSIAN else form


@cache
def _stemmer(name: str) -> Callable[[str], str]:
    from search.linguistics.nltk_parts import make_stemmer

    return make_stemmer(name)
