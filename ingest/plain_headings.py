"""Plain headings: lines of a text without type that stand as headings do.

In:  the flow of a plain text.
Out: runs of lines, each a heading by its place: a short paragraph of its own above running text, or
     the short first line of a paragraph that goes on in full lines.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from ingest.flow import Flow
from ingest.recurrence import has_cells
from ingest.titles import split_number, title_words
from ingest.usual_names import begins_with_usual_word, is_legend

_MOST_LINES = 3
_MOST_WORDS = 26
_MOST_STACKED = 3  # headings right below one another
_FEW_WORDS = 3
_SHORT = 0.8  # of a full line
_CLEARLY_SHORT = 0.65
_FULL = 0.75
_BULLETS = "•·▪◦–—-*‣●○"
_CLOSERS = '"”»’)'
_DATUM = ":"
_ENDS = (".", ",", ";", _DATUM, "\u3002", "\uff0c", "\uff1b", "\uff1a")  # in Chinese, too


def plain_headings(flow: Flow, cells: Container[int] = ()) -> dict[int, int]:
    """Where headings start and end, in a text without type; none in others, or among cells."""
    if flow.has_type:
        return {}
    blocks = list(_blocks(flow))
    ends: dict[int, int] = {}  # of headings, by the place of their block
    for place in reversed(range(len(blocks))):
        block = blocks[place]
        below = blocks[place + 1] if place + 1 < len(blocks) else range(0)
        leads = _stacks(ends, place + 1) if place + 1 in ends else _is_led(flow, block, below)
        end = (_alone(flow, block) if leads else 0) or _above_text(flow, block)
        if end and block.start not in cells and _reads_as_title(flow, block.start, end):
            ends[place] = end
    first = next((k for k, b in enumerate(blocks) if _holds_text(flow, b, ends.get(k))), 0)
    opening = first if first in ends else first - 1
    return {  # above is a title page, which stacks short lines as well
        blocks[place].start: end for place, end in ends.items() if place >= opening
    }


def _holds_text(flow: Flow, block: range, heading_end: int | None) -> bool:
    """Is there text in it, below the heading that it may begin with?"""
    return _is_running(flow, block) if heading_end is None else heading_end < block.stop


def _stacks(ends: Container[int], place: int) -> bool:
    """May another heading stand above the heading at this place?"""
    return any(place + k not in ends for k in range(1, _MOST_STACKED))


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


def _is_led(flow: Flow, block: range, below: range) -> bool:
    """Does text follow that does not go on from it, as overleaf it may?"""
    goes_on = bool(below) and flow.lines[below.start].starts_lower
    broken = goes_on and flow.lines[block.stop - 1].fill >= _FULL
    return _is_running(flow, below) and not broken


def _is_running(flow: Flow, block: range) -> bool:
    """Is it a paragraph of text?"""
    return len(block) > 1 or (len(block) == 1 and flow.lines[block.start].ends_sentence)


def _alone(flow: Flow, block: range) -> int:
    """After a paragraph of one line, of a few short ones, or of a few that end no sentence."""
    lines = flow.lines[block.start : block.stop]
    short = all(line.fill < _SHORT for line in lines)
    ends = (len(lines) > 1 and any(ln.ends_sentence for ln in lines)) or not lines[0].stands_off
    return block.stop if len(lines) <= _MOST_LINES and (short or not ends) else 0


def _above_text(flow: Flow, block: range) -> int:
    """After the lines that a paragraph of full lines begins with: short, or the last one is; or 0.

    A title that wraps is told by its last line, which ends far from the edge and ends no sentence.
    """
    wraps = False
    for k in range(block.start, min(block.start + _MOST_LINES, block.stop - 1)):
        line, after = flow.lines[k], flow.lines[k + 1]
        if line.ends_sentence or (wraps and line.fill >= _FULL):
            return 0
        if line.fill >= _FULL:
            wraps = line.gap > 0
            if not wraps:
                return 0
        elif after.fill >= _FULL and not after.starts_lower:
            return k + 1 if not wraps or line.fill < _CLEARLY_SHORT else 0
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
        and sum(map(str.isalpha, text)) * 2 > len(text.replace(" ", ""))
        and (_counts(text) or not last.text.rstrip(_CLOSERS).endswith(_ENDS))
        and _DATUM not in title.partition(" ")[0]
        and not is_legend(text)
        and not any(has_cells(flow.lines[k].text) for k in range(start, end))
    )


def _counts(text: str) -> bool:
    """Does it say which chapter begins, and nothing else: "Chapter IV."?"""
    return begins_with_usual_word("chapter", text) and len(title_words(text)) <= _FEW_WORDS
