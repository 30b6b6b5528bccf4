"""Tajik fonts: text set in fonts that show Tajik letters in the place of others.

In:  an extraction.
Out: the same with ғ ӣ қ ӯ ҳ ҷ where the file says ѓ ї ќ ў њ љ; unchanged where it means these.
Errors: none.

Before Unicode had come everywhere, Tajik was printed with fonts (“Times New Roman Tj”) that draw
its letters in the places of Macedonian, Ukrainian and Belarusian ones. Two things tell: the font's
name; and what cannot be, since no language that has ќ ѓ њ љ has й, э, ю, я, ъ or ё. By themselves ў
and ї do not tell (Uzbek, Ukrainian): they follow the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import structs

from search.model import Extraction, PrintedLine

ENOUGH = 3  # letters of each kind that no language has together

_LEGACY: Final = re.compile("[ќѓњљЌЃЊЉ]")
_NEVER_BESIDE: Final = re.compile("[йэюяъёЙЭЮЯЪЁ]")
_UKRAINIAN: Final = re.compile("[іє]")
_TAJIK_FONT: Final = re.compile(r"(?:\b|[ ,_-])(?:Tj|TJ|Taj|Tajik)\b|Tajik|(?<=[a-z])T[jJ]$")
_LETTERS: Final[Mapping[int, int]] = str.maketrans("ѓїќўњљЃЇЌЎЊЉ", "ғӣқӯҳҷҒӢҚӮҲҶ")
_WITHOUT_YI: Final = {old: new for old, new in _LETTERS.items() if chr(old) not in "їЇ"}


def mend_tajik(extraction: Extraction) -> Extraction:
    """Give a Tajik text set in legacy fonts its own letters."""
    lines = [line for page in extraction.pages for line in page.lines]
    if not any(line.text != line.text.translate(_LETTERS) for line in lines):
        return extraction
    if not (_has_tajik_font(lines) or _cannot_be(lines)):
        return extraction
    has_ukrainian = any(_UKRAINIAN.search(line.text) for line in lines)
    table = _WITHOUT_YI if has_ukrainian else _LETTERS
    pages = tuple(
        structs.replace(page, lines=tuple(_mended(line, table) for line in page.lines))
        for page in extraction.pages
    )
    return structs.replace(extraction, pages=pages)


def _mended(line: PrintedLine, table: Mapping[int, int]) -> PrintedLine:
    text = line.text.translate(table)
    return line if text == line.text else structs.replace(line, text=text)


def _has_tajik_font(lines: Iterable[PrintedLine]) -> bool:
    return any(_TAJIK_FONT.search(font) for font in {line.font for line in lines})


def _cannot_be(lines: Iterable[PrintedLine]) -> bool:
    legacy = beside = 0
    for line in lines:
        legacy += len(_LEGACY.findall(line.text))
        beside += len(_NEVER_BESIDE.findall(line.text))
    return legacy >= ENOUGH and beside >= ENOUGH
