"""English stems: Porter's second stemmer, by tables of endings.

In:  a word in small letters, a to z and apostrophes.
Out: its stem, as NLTK's Snowball stemmer has it, in less than half of the time: it is for stems
     that a question which was never asked waits longest.
Source: https://snowballstem.org/algorithms/english/stemmer.html. As in NLTK's reading of it, R1 and
     R2 are how many letters at the end of a word lie in the two regions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

_VOWELS: Final = "aeiouy"
_VOWEL: Final = re.compile(f"[{_VOWELS}]")
# At the beginning and behind a vowel y is a consonant, and written Y.
_CONSONANT_Y: Final = re.compile(f"^y|([{_VOWELS}])y")
_REGION: Final = f"[^{_VOWELS}]*[{_VOWELS}]+[^{_VOWELS}]"
_REGIONS: Final = re.compile(f"(gener|commun|arsen|{_REGION})({_REGION})?")
_SHORT: Final = re.compile(f".*[^{_VOWELS}][{_VOWELS}][^{_VOWELS}wxY]|[{_VOWELS}][^{_VOWELS}]")
_POSSESSIVES: Final = ("'s'", "'s", "'")
_DOUBLE: Final = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
_TENSES: Final = {"ed": ("eed", "ed"), "ng": ("ing",), "ly": ("eedly", "ingly", "edly")}
_SPECIAL: Final = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
    **{word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")},
    **{
        form: word
        for word in ("inning", "outing", "canning", "herring", "earring")
        for form in (word, f"{word}s")
    },
    **{
        f"{word}{ending}": word
        for word in ("proceed", "exceed", "succeed")
        for ending in ("", "s", "ed", "ing")
    },
}


class _Parts(Struct, frozen=True):
    """A word, and how many of its last letters lie in R1 and in R2."""

    word: str
    r1: int
    r2: int

    def with_end(self, cut: int, letters: str = "", otherwise: int = 0) -> _Parts:
        """Return the word with other letters in the place of its last ones.

        A region that has fewer than are cut has so many letters then.
        """
        more = len(letters) - cut
        return _Parts(
            self.word[:-cut] + letters,
            self.r1 + more if self.r1 >= cut else 0,
            self.r2 + more if self.r2 >= cut else otherwise,
        )


class _Rule(Struct, frozen=True):
    """What becomes of an ending that lies in a region, and perhaps behind certain letters."""

    ending: str
    cut: int
    letters: str = ""
    behind: str = ""
    in_r2: bool = False
    otherwise: int = 0


def _by_last_two(*rules: _Rule) -> Mapping[str, tuple[_Rule, ...]]:
    """Return rules by the last two letters of their endings: most words have none."""
    ends = {rule.ending[-2:] for rule in rules}
    return {end: tuple(rule for rule in rules if rule.ending.endswith(end)) for end in ends}


def _instead(letters: str, *endings: str, otherwise: int = 0) -> list[_Rule]:
    return [_Rule(each, len(each), letters, otherwise=otherwise) for each in endings]


# Of each the first ending that fits counts: the longest.
_STEP_2: Final = _by_last_two(
    *_instead("ize", "ization"),
    *_instead("ate", "ational", otherwise=1),
    _Rule("fulness", 4),
    *_instead("ous", "ousness"),
    *_instead("ive", "iveness", otherwise=1),
    _Rule("tional", 2),
    *_instead("ble", "biliti"),
    _Rule("lessli", 2),
    _Rule("entli", 2),
    *_instead("ate", "ation", otherwise=1),
    *_instead("al", "alism", "aliti"),
    *_instead("ous", "ousli"),
    *_instead("ive", "iviti", otherwise=1),
    _Rule("fulli", 2),
    *(_Rule(ending, 1, "e") for ending in ("enci", "anci", "abli")),
    *_instead("ize", "izer"),
    *_instead("ate", "ator", otherwise=1),
    *_instead("al", "alli"),
    *_instead("ble", "bli"),
    _Rule("ogi", 1, behind="l"),
    _Rule("li", 2, behind="cdeghkmnrt"),
)
_STEP_3: Final = _by_last_two(
    *_instead("ate", "ational"),
    _Rule("tional", 2),
    _Rule("alize", 3),
    *_instead("ic", "icate", "iciti"),
    _Rule("ative", 5, in_r2=True),
    *_instead("ic", "ical"),
    _Rule("ness", 4),
    _Rule("ful", 3),
)
_STEP_4: Final = _by_last_two(
    *(
        _Rule(ending, len(ending), in_r2=True)
        for ending in (
            *("ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate"),
            *("iti", "ous", "ive", "ize", "al", "er", "ic"),
        )
    ),
    _Rule("ion", 3, behind="st", in_r2=True),
)
_STEPS: Final = (_STEP_2, _STEP_3, _STEP_4)


def english_stem(word: str) -> str:
    """Return the stem of an English word."""
    if len(word) <= 2:  # noqa: PLR2004 - too short to have an ending
        return word
    if word in _SPECIAL:
        return _SPECIAL[word]
    parts = _without_tense(_without_plural(_parts(word)))
    word = parts.word
    if len(word) > 2 and word[-1] in "yY" and word[-2] not in _VOWELS:  # noqa: PLR2004
        parts = parts.with_end(1, "i")
    for rules in _STEPS:
        if found := rules.get(parts.word[-2:]):
            parts = _by_rule(parts, found)
    return _without_last(parts).replace("Y", "y")


def _parts(word: str) -> _Parts:
    if "'" in word:
        word = word.removeprefix("'")
    if "y" in word:
        word = _CONSONANT_Y.sub(r"\1Y", word)
    found = _REGIONS.match(word)
    r1 = len(word) - found.end(1) if found else 0
    r2 = len(word) - found.end() if found and found[2] else 0
    parts = _Parts(word, r1, r2)
    if "'" in word:
        ending = next((each for each in _POSSESSIVES if word.endswith(each)), "")
        return parts.with_end(len(ending)) if ending else parts
    return parts


def _without_plural(parts: _Parts) -> _Parts:
    word = parts.word
    if word.endswith("sses"):
        return parts.with_end(2)
    if word.endswith(("ied", "ies")):
        return parts.with_end(2 if len(word) > len("ties") else 1)
    is_plural = word.endswith("s") and not word.endswith(("us", "ss"))
    return parts.with_end(1) if is_plural and _VOWEL.search(word, 0, len(word) - 2) else parts


def _without_tense(parts: _Parts) -> _Parts:
    for ending in _TENSES.get(parts.word[-2:], ()):
        if parts.word.endswith(ending):
            return _without(parts, ending)
    return parts


def _without(parts: _Parts, ending: str) -> _Parts:
    if ending.startswith("ee"):
        return parts.with_end(len(ending), "ee") if parts.r1 >= len(ending) else parts
    has_vowel = _VOWEL.search(parts.word, 0, len(parts.word) - len(ending))
    return _mended(parts.with_end(len(ending))) if has_vowel else parts


def _mended(parts: _Parts) -> _Parts:
    """Give back the e of a word whose -ed or -ing fell, or take one of two letters."""
    word = parts.word
    if word.endswith(("at", "bl", "iz")):
        r1 = parts.r1 + 1
        has_r2 = len(word) >= len("locat") or r1 >= len("ate")
        return _Parts(f"{word}e", r1, parts.r2 + has_r2)
    if word.endswith(_DOUBLE):
        return parts.with_end(1)
    return _Parts(f"{word}e", 0, 0) if not parts.r1 and _SHORT.fullmatch(word) else parts


def _by_rule(parts: _Parts, rules: Iterable[_Rule]) -> _Parts:
    for rule in rules:
        if parts.word.endswith(rule.ending):
            return _changed(parts, rule)
    return parts


def _changed(parts: _Parts, rule: _Rule) -> _Parts:
    if (parts.r2 if rule.in_r2 else parts.r1) < len(rule.ending):
        return parts
    if rule.behind and parts.word[-len(rule.ending) - 1] not in rule.behind:
        return parts
    return parts.with_end(rule.cut, rule.letters, rule.otherwise)


def _without_last(parts: _Parts) -> str:
    """Let a last -e fall that a syllable or more stands before, and the second l of two."""
    word = parts.word
    if word[-1:] == "e":
        is_long = len(word) > 3 and not _SHORT.fullmatch(word[:-1])  # noqa: PLR2004
        return word[:-1] if parts.r2 or (parts.r1 and is_long) else word
    return word[:-1] if parts.r2 and word.endswith("ll") else word
