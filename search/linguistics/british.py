"""British stems: where British and American English spell one word in two ways, one stem.

In:  the Snowball stem of an English word, and the stemmer.
Out: the stem of the American spelling (organis as organize, colour as color, centr as center,
     travell as travel, programm as program, paediatr as pediatr); all other stems as they are.

Stems are rewritten, not words, so that no family is torn apart. What is spelt -ise everywhere
stays as it is (`spelt_ise.txt`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Final

# Stems are told from short words (four, acre, sour) by the letters before.
_RULES: Final = (
    (r"(?<=[a-z]{3})is$", "ize"),
    (r"(?<=[a-z]{2}l)ys$", "yze"),
    (r"(?<=[a-z]{3})our(?=$|it$|hood$)|(?<=^od)our$", "or"),
    (r"^(calib|cent|fib|lit|lust|sab|scept|somb|spect|theat)r$", r"\1er"),
    (r"^((?:kilo|centi|milli|micro|nano)?met)r$", r"\1er"),
    (r"^(def|lic|off|pret)enc$", r"\1ense"),
    (r"(?<=[a-z]{3}og)u$", ""),
    (r"(?<=gram)m$", ""),
    (r"(?<=[aeiouy][^aeiou][aeiou])ll(?=$|or$)|(?<=[aeiouy][^aeiou]{2}[aeiou])ll(?=$|or$)", "l"),
    (r"(?<=^[pf])ae(?=[cd])|(?<=[nhk])ae(?=m)|(?<=ch)ae(?=o)|(?<=yn)ae(?=c)", "e"),
    (r"^oe(?=[dst])|(?<=^f)oe(?=t)|(?<=rrh)oe(?=a)", "e"),
)
_COMPILED: Final = tuple((re.compile(pattern), other) for pattern, other in _RULES)
_ANY: Final = re.compile("|".join(f"(?:{pattern})" for pattern, _ in _RULES))
_ALONE: Final = {
    "aluminium": "aluminum",
    "chequ": "check",
    "grey": "gray",
    "jewelleri": "jewelri",
    "judgement": "judgment",
    "plough": "plow",
    "practis": "practic",
    "sceptic": "skeptic",
    "skil": "skill",
}


def american_stem(root: str, stem: Callable[[str], str]) -> str:
    """Return the stem under which a word is found in both spellings."""
    if root in _spelt_ise():
        return root
    other = _ALONE.get(root, root)
    if _ANY.search(other):  # hardly ever, and one look takes less time than eleven
        for pattern, letters in _COMPILED:
            other = pattern.sub(letters, other)
    return root if other == root else stem(other)


@cache
def _spelt_ise() -> frozenset[str]:
    text = (files("search.linguistics") / "spelt_ise.txt").read_text(encoding="utf-8")
    return frozenset(text.partition("\n")[2].split())
