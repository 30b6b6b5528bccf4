"""Markup: headings of a plain text that its author marked, as Markdown and its kin do.

In:  the extraction of a text.
Out: the same lines, headings without their signs and in a larger type, the deeper the smaller;
     lines that are nothing but a rule are emptied. A text without marked headings keeps no type.

Four ways to mark are known: signs before a heading ("## Results"), signs around it ("== Results
=="), a rule below it or around it, and a line of its own in strong type ("**Results**"). A way
counts where it comes several times. The number of "#" tells the level; the other ways rank in the
order in which they first come, as in reStructuredText; strong type ranks last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

import msgspec

from search.model import Extraction, PrintedLine, PrintedPage

_SIGNS = re.compile(r"(?P<signs>#{1,6})\s+(?P<title>\S.*?)\s*#*$")
_AROUND = re.compile(r"(?P<signs>=+|\*+|~+|-{2,}|\++)\s+(?P<title>[^\W_].*?)\s+(?P=signs)$")
_STRONG = re.compile(r"(?:\*\*|__)(?P<title>[^*_\s](?:[^*_]*[^*_.,;:\s])?)(?:\*\*|__)$")
_STRONG_WITHIN = re.compile(r"(?:\*\*|__)(?P<text>[^*_].*?)(?:\*\*|__)$")
_RULE = re.compile(r"(?P<sign>[=\-~_*^+#\"'`])(?:\s?(?P=sign)){2,}$")
_LEAST = 3
_SIZES_PT = (24.0, 20.0, 17.0, 15.0, 13.0, 12.0)  # only their order means anything
_LONGER = 4  # characters by which a rule may differ from the heading above it

Way = tuple[str, str]  # how a heading is marked, and with what


def read_markup(extraction: Extraction) -> Extraction:
    """Read the marks of headings in a text; a PDF has none."""
    if extraction.media != "text" or any(ln.size_pt for p in extraction.pages for ln in p.lines):
        return extraction
    found = [_ways(page.lines) for page in extraction.pages]
    levels = _levels(list(chain.from_iterable(ways.values() for ways in found)))
    pages = tuple(
        _read(page, {k: levels[way] for k, way in ways.items() if way in levels})
        for page, ways in zip(extraction.pages, found, strict=True)
    )
    return msgspec.structs.replace(extraction, pages=pages)


def _ways(lines: Sequence[PrintedLine]) -> dict[int, Way]:
    """The lines that are marked as headings, with the way they are."""
    ways: dict[int, Way] = {}
    for k in range(len(lines)):
        over = k > 0 and bool(_RULE.match(lines[k - 1].text))
        above = k - 1 - over
        if above < 0 or not lines[above].text or above in ways:
            way = _way(lines, k, over=over)
            if way:
                ways[k] = way
    return ways


def _way(lines: Sequence[PrintedLine], index: int, *, over: bool) -> Way | None:
    text = lines[index].text
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    if not text or _RULE.match(text):
        return None
    if found := _SIGNS.match(text):
        return ("#", found["signs"])
    if _is_ruled(text, below):
        upper = lines[index - 1].text if over else ""
        return ("double rule" if upper[:1] == below[0] else "rule", below[0])
    if found := _AROUND.match(text):
        return ("around", found["signs"])
    return ("strong", "") if _STRONG.match(text) and not below else None


def _is_ruled(text: str, rule: str) -> bool:
    return bool(_RULE.match(rule)) and abs(len(text) - len(rule)) <= _LONGER


def _levels(ways: Sequence[Way]) -> dict[Way, int]:
    """The level of each way to mark, from 1; none for what comes too seldom in all."""
    kinds = Counter("#" if kind == "#" else "other" for kind, _ in ways if kind != "strong")
    strong = sum(kind == "strong" for kind, _ in ways)
    told = [way for way in dict.fromkeys(ways) if way[0] not in {"#", "strong"}]
    signed = sorted({way for way in ways if way[0] == "#"})
    order = [*(signed if kinds["#"] >= _LEAST or kinds.total() >= _LEAST else ())]
    order += told if kinds.total() >= _LEAST else []
    order += [("strong", "")] if strong >= _LEAST else []
    return {way: min(place, len(_SIZES_PT)) for place, way in enumerate(order, 1)}


def _read(page: PrintedPage, levels: Mapping[int, int]) -> PrintedPage:
    lines = tuple(_line(line, levels.get(k, 0)) for k, line in enumerate(page.lines))
    return msgspec.structs.replace(page, lines=lines)


def _line(line: PrintedLine, level: int) -> PrintedLine:
    if _RULE.match(line.text):
        return msgspec.structs.replace(line, text="")
    if not level:
        return line
    found = _SIGNS.match(line.text) or _AROUND.match(line.text)
    text = found["title"] if found else line.text
    strong = _STRONG_WITHIN.match(text)
    text = strong["text"] if strong else text
    return msgspec.structs.replace(line, text=text, size_pt=_SIZES_PT[level - 1], bold=True)
