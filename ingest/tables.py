"""Tables: lines that are the rows of a table, and no text that runs on.

In:  the lines of a section.
Out: those with cells that wide gaps part, several right below each other.

A text that is justified with blanks has wide gaps as well; but its lines go on from one another,
and many begin with a small letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.flow import Flow
from ingest.recurrence import has_cells

_LEAST_ROWS = 2
_FAR = 3.0  # line heights: rows farther apart are not of one table
_MOST_LOWER = 0.4  # of the rows that begin with a small letter
_MOST_WORDS = 6  # of a cell, on the average
_GAP = re.compile(r" {2,}")


def table_rows(flow: Flow, lines: Iterable[int]) -> frozenset[int]:
    """The lines that are rows of tables."""
    found: set[int] = set()
    for group in _groups(flow, [k for k in lines if has_cells(flow.lines[k].text)]):
        if _is_table(flow, group):
            found.update(group)
    return frozenset(found)


def _groups(flow: Flow, rows: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for k in rows:
        near = groups and groups[-1][-1] == k - 1 and flow.lines[k].gap < _FAR
        if near and not flow.lines[k].starts_column:
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups


def _is_table(flow: Flow, group: Sequence[int]) -> bool:
    cells = [cell for k in group for cell in _GAP.split(flow.lines[k].text)]
    words = sum(len(cell.split()) for cell in cells)
    lower = sum(flow.lines[k].starts_lower for k in group)
    return (
        len(group) >= _LEAST_ROWS
        and words <= _MOST_WORDS * len(cells)
        and lower <= _MOST_LOWER * len(group)
    )
