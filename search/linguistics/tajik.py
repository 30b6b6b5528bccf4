"""Tajik stems: a light stemmer for Cyrillic words of Tajik texts.

In:  an exact form.
Out: its stem: without object marker (-ро), possessives (-ам, -ат, -аш and their plurals), izafat
     (-и) and article (-е), plural (-ҳо, and -он where nothing else can be meant). Beginnings (ме-,
     на-) stay, and what is mostly part of the word itself: -ам and -ат (одам, давлат) come
     off only behind a plural, -он only behind endings of persons.
Source: J. R. Perry, A Tajik Persian Reference Grammar (2005), for the endings and their order;
     measured on a law and a bank's pages: docs/adr/0011-names-and-spellings.md.
"""

from __future__ import annotations

from typing import Final

# Outermost ending first; of each row the first that fits: ending, what stays in its place, and
# how many letters must stand before it.
_ROWS: Final = (
    (("ҳоро", "ҳо", 2), ("оро", "оро", 1), ("ро", "", 2)),
    (
        *((f"ҳо{ending}", "ҳо", 2) for ending in ("ямон", "ятон", "яшон", "ям", "ят", "яш")),
        *((ending, "", 4) for ending in ("амон", "атон", "ашон", "аш")),
    ),
    (
        ("ҳои", "ҳо", 2),
        ("ҳое", "ҳо", 2),
        ("ии", "ӣ", 2),
        ("еи", "е", 2),
        ("и", "", 2),
        ("е", "", 3),
    ),
    (("иҳо", "ӣ", 2), ("ҳо", "", 2)),
    (("андагон", "анда", 1), ("онон", "он", 2), ("вандон", "ванд", 2), ("оён", "о", 2)),
    (("ӯён", "ӯ", 2),),
)


def stem_tajik(form: str) -> str:
    """Return the stem of a Tajik word."""
    for row in _ROWS:
        for ending, instead, least in row:
            if form.endswith(ending) and len(form) >= least + len(ending):
                form = form.removesuffix(ending) + instead
                break
    return form
