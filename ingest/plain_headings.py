"""Plain headings: lines of a text without type that stand as headings do.

In:  the flow of a plain text.
Out: runs of lines, each a heading by its place: a short paragraph of its own above running text, or
     the short first line of a paragraph that goes on in full lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.flow import Flow
from ingest.recurrence import has_cells
from ingest.titles import split_number, title_words
from ingest.usual_names import is_legend

_MOST_LINES = 3
_MOST_WORDS = 20
_SHORT = 0.8  # of a full line
_CLEARLY_SHORT = 0.65
_FULL = 0.75
_BULLETS = "•·▪◦–—-*‣●○"
_CLOSERS = '"”»’)'
_DATUM = ":"


def plain_headings(flow: Flow) -> dict[int, int]:
    """Where headings start and end, in a text without type; none in others."""
    if flow.has_type:
        return {}
    blocks = list(_blocks(flow))
    found: dict[int, int] = {}
    for place, block in enumerate(blocks):
        below = blocks[place + 1] if place + 1 < len(blocks) else range(0)
        end = _alone(flow, block, below) or _above_text(flow, block)
        if end and _reads_as_title(flow, block.start, end):
            found[block.start] = end
    return found


def _blocks(flow: Flow) -> Iterator[range]:
    """Lines without a space between them; a sentence's end above a short one parts as well."""
    start = 0
    for k in range(1, len(flow.lines) + 1):
        if k == len(flow.lines) or flow.lines[k].stands_off or _begins_anew(flow, k):
            yield range(start, k)
            start = k


def _begins_anew(flow: Flow, index: int) -> bool:
    """Does a line with room to spare follow the end of a sentence?"""
    if index + 1 == len(flow.lines) or not flow.lines[index - 1].ends_sentence:
        return False
    return flow.lines[index].fill < _CLEARLY_SHORT or flow.breaks_early(index, index + 1)


def _alone(flow: Flow, block: range, below: range) -> int:
    """After a paragraph of a few short lines with running text below it; 0 for others."""
    short = all(flow.lines[k].fill < _SHORT for k in block)
    if not below or len(block) > _MOST_LINES or not (short or len(block) == 1):
        return 0
    runs = len(below) > 1 or flow.lines[below.start].ends_sentence
    return block.stop if runs else 0


def _above_text(flow: Flow, block: range) -> int:
    """After the short lines that a paragraph of full lines begins with; 0 for none."""
    for k in range(block.start, min(block.start + _MOST_LINES, block.stop - 1)):
        if flow.lines[k].fill >= _FULL:
            return 0
        after = flow.lines[k + 1]
        if after.fill >= _FULL and not after.starts_lower:
            return k + 1
    return 0


def _reads_as_title(flow: Flow, start: int, end: int) -> bool:
    """Is it worded as a title: a few words, no sentence, no datum, no item, no row of a table?"""
    first, last = flow.lines[start], flow.lines[end - 1]
    text = flow.joined(start, end)
    title = split_number(text)[1]
    return (
        0 < len(title_words(title)) <= _MOST_WORDS
        and not first.starts_lower
        and first.text[0] not in _BULLETS
        and sum(map(str.isalpha, text)) * 2 > len(text)
        and not last.text.rstrip(_CLOSERS).endswith((".", ",", ";", _DATUM))
        and _DATUM not in title.partition(" ")[0]
        and not is_legend(text)
        and not any(has_cells(flow.lines[k].text) for k in range(start, end))
    )
