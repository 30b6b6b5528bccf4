"""Cells: tables that a text extractor wrote one cell a line.

In:  the flow of a plain text.
Out: the lines that are cells: many short lines in a row, each a paragraph of its own.

The last lines of such a row may be headings of what follows. They are told by a number, by
capitals or by more space above than the cells have; else the last line is a cell like the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.flow import Flow
from ingest.titles import number_depth, split_number
from ingest.usual_names import begins_with_usual_word

_LEAST = 6  # in a row; a few are headings below one another
_SHORT = 0.6  # of a full line


def cell_lines(flow: Flow) -> frozenset[int]:
    """The lines of a plain text that are cells of tables."""
    if flow.has_type:
        return frozenset()
    found: set[int] = set()
    row: list[int] = []
    for k in range(len(flow.lines) + 1):
        if k < len(flow.lines) and _may_be_cell(flow, k):
            row.append(k)
            continue
        if len(row) >= _LEAST:
            found.update(_head_of_table(flow, row[0]), _without_headings(flow, row))
        row = []
    return frozenset(found)


def _may_be_cell(flow: Flow, index: int) -> bool:
    line = flow.lines[index]
    last = index + 1 == len(flow.lines)
    alone = line.stands_off and (last or flow.lines[index + 1].stands_off)
    return alone and _is_short(flow, index)


def _head_of_table(flow: Flow, first: int) -> range:
    """The short lines right above the first of the cells, with no space between them."""
    start = first
    while start and _is_short(flow, start - 1) and first - start <= _LEAST:
        start -= 1
        if flow.lines[start].stands_off:
            return range(start, first)
    return range(start, first)


def _is_short(flow: Flow, index: int) -> bool:
    line = flow.lines[index]
    return line.fill < _SHORT and not line.ends_sentence


def _without_headings(flow: Flow, row: Sequence[int]) -> Sequence[int]:
    """The row without the headings that it begins or ends with."""
    usual = Counter(flow.lines[k].gap for k in row).most_common(1)[0][0]
    capitals = sum(flow.lines[k].is_caps for k in row) * 2 > len(row)
    first, last = 0, len(row)
    while first < last and _heads(flow, row[first], usual, capitals=capitals):
        first += 1
    while last > first and _heads(flow, row[last - 1], usual, capitals=capitals):
        last -= 1
    return row[first:last] if last - first >= _LEAST else ()


def _heads(flow: Flow, index: int, usual: float, *, capitals: bool) -> bool:
    line = flow.lines[index]
    numbered = number_depth(split_number(line.text)[0]) > 1
    chapter = begins_with_usual_word("chapter", line.text)
    more_space = line.gap > usual and not line.starts_page
    return more_space or numbered or chapter or (line.is_caps and not capitals)
