"""British stems: where British and American English spell one word in two ways, one stem.

In:  the Snowball stem of an English word.
Out: the stem of the American spelling (organis as organize, colour as color, centr as center,
     travell as travel, programm as program, paediatr as pediatr); all other stems as they are.

Stems are rewritten, not words, so that no family is torn apart. What is spelt -ise everywhere
stays as it is (`spelt_ise.txt`).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from search.linguistics.english import english_stem

# Stems are told from short words (four, acre, sour) by the letters before. Each rule begins with
# letters, so that a stem without any of them is gone through once, and quickly.
_RULES: Final = (
    (r"is$(?<=[a-z]{3}is)", "ize"),
    (r"ys$(?<=[a-z]{2}lys)", "yze"),
    (r"our(?=$|it$|hood$)(?:(?<=[a-z]{3}our)|(?<=^odour)$)", "or"),
    (r"u$(?<=[a-z]{3}ogu)", ""),
    (r"m$(?<=gramm)", ""),
    (
        r"ll(?=$|or$)(?:(?<=[aeiouy][^aeiou][aeiou]ll)|(?<=[aeiouy][^aeiou]{2}[aeiou]ll))",
        "l",
    ),
    (r"ae(?:(?<=^[pf]ae)(?=[cd])|(?<=[nhk]ae)(?=m)|(?<=chae)(?=o)|(?<=ynae)(?=c))", "e"),
    (r"oe(?:(?<=^oe)(?=[dst])|(?<=^foe)(?=t)|(?<=rrhoe)(?=a))", "e"),
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
    **{
        f"{beginning}r": f"{beginning}er"
        for beginning in (
            *("calib", "cent", "fib", "lit", "lust", "sab", "scept", "somb", "spect", "theat"),
            *("met", "kilomet", "centimet", "millimet", "micromet", "nanomet"),
        )
    },
    **{f"{beginning}enc": f"{beginning}ense" for beginning in ("def", "lic", "off", "pret")},
}


def american_stem(root: str) -> str:
    """Return the stem under which a word is found in both spellings."""
    if root in _spelt_ise():
        return root
    other = _ALONE.get(root, root)
    if _ANY.search(other):  # hardly ever, and one look takes less time than eight
        for pattern, letters in _COMPILED:
            other = pattern.sub(letters, other)
    return root if other == root else english_stem(other)


@cache
def _spelt_ise() -> frozenset[str]:
    text = (files("search.linguistics") / "spelt_ise.txt").read_text(encoding="utf-8")
    return frozenset(text.partition("\n")[2].split())
