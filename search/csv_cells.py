"""CSV cells: rows written as CSV, of which no program works out a text.

In:  rows.
Out: CSV text (RFC 4180, CRLF). A cell that begins like a formula gets an apostrophe before it: no
     text of a book is ever worked out by the program that opens the table.
Source: OWASP, “CSV injection”.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None
Row = Sequence[Cell]

BYTE_ORDER_MARK = "\ufeff"  # at the head of a file: by it spreadsheets know it for UTF-8

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def written(rows: Iterable[Row]) -> str:
    """Return rows as CSV; None is an empty cell."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe_cell(cell: Cell) -> Cell:
    """Keep a text from being taken for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
