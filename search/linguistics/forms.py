"""Exact forms: one spelling for everything that a reader takes for the same printed word.

In:  a word as it stands in a text or a question, composed or decomposed.
Out: NFC, casefolded; letters of another script that look like a word's own are its own;
     apostrophes are one ASCII apostrophe, inner ones only; soft hyphens and
     zero-width joiners gone; Latin and Greek letters without their diacritics; Cyrillic without
     stress marks and with ё as е. й, ў, ї, ӣ, ӯ, ғ, қ, ҳ, ҷ stay letters of their own, and so do
     the vowel signs of other scripts; but Arabic and Hebrew lose their vowel points, Arabic its
     tatweel and the signs above and below alef, Hindi the dot below; its moon with a dot is a dot.
     At most `MAX_FORM` characters; "" where nothing is left.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, pairwise

MAX_FORM = 100  # longer runs are not words but noise (encoded data, dot leaders)

APOSTROPHES = "'’‘`´＇′"  # noqa: RUF001 - what is typed and printed for an apostrophe
INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff"

_APOSTROPHE_TABLE = {ord(mark): "'" for mark in APOSTROPHES + "\u02bc\u02bb"}
_INVISIBLE_TABLE = dict.fromkeys(map(ord, INVISIBLE))
# Letters that Unicode does not take apart, though readers type them without the stroke.
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ё": "е"}
)
# What looks alike in both scripts, so that one is typed or recognised for the other.
_LATIN_LOOK, _CYRILLIC_LOOK = "ABCEHKMOPTXYaceopxyi", "АВСЕНКМОРТХУасеорхуі"  # noqa: RUF001
_AS_CYRILLIC = str.maketrans(_LATIN_LOOK, _CYRILLIC_LOOK)
_AS_LATIN = str.maketrans(_CYRILLIC_LOOK, _LATIN_LOOK)
_LATIN, _CYRILLIC = re.compile("[A-Za-z]"), re.compile("[Ѐ-ӿ]")
_LATIN_WORD = re.compile("[a-z0-9'\u00df-\u024f\u1e00-\u1eff\u0300-\u036f]+")
_LATIN_OR_GREEK_MARKS = re.compile(r"(?<=[a-zͰ-Ͽ])[\u0300-\u036f]+")
# Vowel points that texts may have or not; the shapes of alef, of yeh and kaf (Persian, Arabic); of
# Devanagari the nukta, which nobody types, and the two signs for a nasal vowel.
_OTHER_SCRIPTS = {
    **dict.fromkeys([*range(0x591, 0x5C8), 0x640, *range(0x64B, 0x660), 0x670, 0x93C]),
    **dict.fromkeys((0x622, 0x623, 0x625, 0x671), 0x627),
    0x649: 0x64A,
    0x6CC: 0x64A,
    0x6A9: 0x643,
    0x901: 0x902,
}
_HAS_OTHER_SCRIPTS = re.compile("[\u0591-\u06cc\u0901\u093c\u0958-\u095f]")
# Half of all code points: ASCII and Latin, Han, Hangul and private use, Tangut; from 1F000 on there
# are none but variant selectors.
_WITHOUT_MARKS = (
    (0x0, 0x300),
    (0x3400, 0xA000),
    (0xAC00, 0xFB00),
    (0x17000, 0x1BC00),
    (0x1F000, 0x110000),
)
# A grave or acute on ghe or ka makes another letter (Macedonian); on a vowel it is stress.
_CYRILLIC_STRESS = re.compile(r"(?<=[Ѐ-ԯ\u0304\u0306\u0308])(?<![\u0433\u043a])[\u0300\u0301]+")


def exact_form(word: str) -> str:
    """Return the exact form of a word."""
    if word.isascii():
        return word.lower().replace("`", "'").strip("'")[:MAX_FORM]
    form = _in_one_script(unicodedata.normalize("NFC", word)).casefold()
    form = form.translate(_INVISIBLE_TABLE).translate(_APOSTROPHE_TABLE)
    form = unicodedata.normalize("NFC", form).translate(_STROKES)
    if not form.isascii():
        form = _without_accents(form)
        if _HAS_OTHER_SCRIPTS.search(form):
            form = form.translate(_OTHER_SCRIPTS)
    return form.strip("'")[:MAX_FORM]


def marked_form(word: str) -> str:
    """Return the exact form of a word in Latin letters with its marks; "" where it has none."""
    if word.isascii():
        return ""
    form = unicodedata.normalize("NFC", word).casefold()
    form = form.translate(_INVISIBLE_TABLE).translate(_APOSTROPHE_TABLE)
    form = unicodedata.normalize("NFC", form).strip("'")
    is_latin = bool(_LATIN_WORD.fullmatch(form))
    return form[:MAX_FORM] if is_latin and form != exact_form(form) else ""


def _in_one_script(word: str) -> str:
    """Return a word of two scripts in one, if all its letters of the other look like its own."""
    latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
    if not latin or not cyrillic:
        return word
    in_latin, in_cyrillic = word.translate(_AS_LATIN), word.translate(_AS_CYRILLIC)
    can_be_cyrillic = not _LATIN.search(in_cyrillic)
    if not _CYRILLIC.search(in_latin) and (latin > cyrillic or not can_be_cyrillic):
        return in_latin
    return in_cyrillic if can_be_cyrillic else word


def _without_accents(form: str) -> str:
    apart = unicodedata.normalize("NFD", form)
    plain = _CYRILLIC_STRESS.sub("", _LATIN_OR_GREEK_MARKS.sub("", apart))
    return unicodedata.normalize("NFC", plain)


def combining_marks() -> str:
    """Return the ranges of all combining marks, as they stand inside a regex's brackets."""
    category = unicodedata.category
    blocks = (range(end, first) for (_, end), (first, _) in pairwise(_WITHOUT_MARKS))
    codes = [code for code in chain(*blocks) if category(chr(code))[0] == "M"]
    firsts = [code for code, before in zip(codes, (0, *codes), strict=False) if before != code - 1]
    lasts = [
        code for code, behind in zip(codes, (*codes[1:], 0), strict=True) if behind != code + 1
    ]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))
