"""Markup: headings of a plain text that its author marked, as Markdown does.

In:  the extraction of a text.
Out: the same lines, headings without their signs and in a larger type, the deeper the smaller;
     lines that are nothing but a rule are emptied. A text without marked headings keeps no type.

Two ways to mark are known: signs before a heading ("## Results") and a rule below it. Either
counts where it comes several times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from search.model import Extraction, PrintedLine, PrintedPage

_SIGNS = re.compile(r"(?P<signs>#{1,6})\s+(?P<title>\S.*?)\s*#*$")
_RULE = re.compile(r"(?P<sign>[=\-~_*])(?:\s?(?P=sign)){2,}$")
_STRONG = re.compile(r"(?:\*\*|__)(?P<text>[^*_].*?)(?:\*\*|__)$")
_RULED_LEVELS = {"=": 1, "-": 2, "~": 3}
_LEAST = 3
_SIZES_PT = (24.0, 20.0, 17.0, 15.0, 13.0, 12.0)  # only their order means anything
_LONGER = 4  # characters by which a rule may differ from the heading above it


def read_markup(extraction: Extraction) -> Extraction:
    """Read the marks of headings in a text; a PDF has none."""
    if extraction.media != "text" or any(ln.size_pt for p in extraction.pages for ln in p.lines):
        return extraction
    levels = [_levels(page.lines) for page in extraction.pages]
    marked = sum(map(len, levels)) >= _LEAST
    pages = tuple(
        _read(page, found if marked else {})
        for page, found in zip(extraction.pages, levels, strict=True)
    )
    return msgspec.structs.replace(extraction, pages=pages)


def _levels(lines: Sequence[PrintedLine]) -> dict[int, int]:
    """The lines that are marked as headings, with their levels from 1."""
    levels: dict[int, int] = {}
    for k, line in enumerate(lines):
        opens = k == 0 or not lines[k - 1].text or k - 1 in levels
        signed = _SIGNS.match(line.text)
        if opens and (level := len(signed["signs"]) if signed else _ruled(lines, k)):
            levels[k] = level
    return levels


def _ruled(lines: Sequence[PrintedLine], index: int) -> int:
    """The level of a line with a rule as long as itself below; 0 for others."""
    text = lines[index].text
    rule = lines[index + 1].text if index + 1 < len(lines) else ""
    if not text or _RULE.match(text) or not _RULE.match(rule):
        return 0
    return _RULED_LEVELS.get(rule[0], 0) if abs(len(text) - len(rule)) <= _LONGER else 0


def _read(page: PrintedPage, levels: Mapping[int, int]) -> PrintedPage:
    lines = tuple(_line(line, levels.get(k, 0)) for k, line in enumerate(page.lines))
    return msgspec.structs.replace(page, lines=lines)


def _line(line: PrintedLine, level: int) -> PrintedLine:
    if _RULE.match(line.text):
        return msgspec.structs.replace(line, text="")
    if not level:
        return line
    found = _SIGNS.match(line.text)
    text = found["title"] if found else line.text
    strong = _STRONG.match(text)
    text = strong["text"] if strong else text
    return msgspec.structs.replace(line, text=text, size_pt=_SIZES_PT[level - 1], bold=True)
