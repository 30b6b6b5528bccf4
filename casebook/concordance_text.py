"""Concordances for the terminal: occurrences below one another, counted by case.

In:  a `Concordance`.
Out: lines whose keywords stand in one column. In book order they stand under their cases; in other
     orders each line ends with its case.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from shutil import get_terminal_size

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from casebook.hits_text import PLAIN_MARK
from casebook.terminal import one_line, show, shows_bold
from search.phrase_results import Concordance, ConcordanceLine

_USUAL_WIDTH = 60
_KEYWORD_ROOM = 20
_NARROWEST = 16


def context_width() -> int:
    """Return how many characters of context there is room for to each side."""
    if not sys.stdout.isatty():
        return _USUAL_WIDTH
    return max(_NARROWEST, (get_terminal_size().columns - _KEYWORD_ROOM) // 2)


def print_concordance(found: Concordance, width: int) -> None:
    """Print one page of a concordance to stdout."""
    texts: list[RenderableType] = [*_head(found), Text()]
    if found.sort == "book":
        for _, lines in groupby(found.lines, key=lambda line: (line.publication, line.case)):
            texts += _case_lines(list(lines), width)
    else:
        texts += [_line(line, width, _name(line)) for line in found.lines]
    if found.by_case and found.cases > 1:
        texts += [Text(), Text("Cases with most of them", style="bold")]
        texts += [
            Text(f"  {tally.count:>7,}  {one_line(tally.case_title)}") for tally in found.by_case
        ]
    last = found.offset + len(found.lines)
    if found.lines and last < found.total:
        rest = f"Shown: {found.offset + 1:,}–{last:,} of {found.total:,}. The next: --offset {last}"
        texts += [Text(), Text(rest, style="dim")]
    show(*texts)


def _head(found: Concordance) -> Iterator[Text]:
    count = f"{found.total:,} occurrence{'' if found.total == 1 else 's'}" if found.total else "No"
    where = f" in {found.cases:,} case{'' if found.cases == 1 else 's'}" if found.total else ""
    asked = one_line(found.reading) or "nothing"
    yield Text(f"{count}{where} of {asked}" if found.total else f"No {asked}", style="bold")
    for notice in found.notices:
        yield Text(f"Note: {one_line(notice)}", style="yellow")


def _case_lines(lines: list[ConcordanceLine], width: int) -> Iterator[Text]:
    yield Text(_name(lines[0]), style="bold cyan")
    for line in lines:
        yield _line(line, width, _page(line))


def _line(line: ConcordanceLine, width: int, place: str) -> Text:
    left, right = one_line(line.left), one_line(line.right)
    mark = "" if shows_bold() else PLAIN_MARK
    text = Text(" " * max(0, width - cell_len(left)) + left, no_wrap=True, overflow="ignore")
    text.append(f"{mark}{one_line(line.keyword)}{mark}", "bold")
    text.append(right + " " * max(0, width - cell_len(right)))
    return text.append(f"  {place}", "dim")


def _name(line: ConcordanceLine) -> str:
    number = f"{line.case_number}. " if line.case_number else ""
    return f"{number}{one_line(line.case_title)}"


def _page(line: ConcordanceLine) -> str:
    if line.page_label:
        return f"p. {one_line(line.page_label)}"
    return f"PDF p. {line.page}" if line.page else ""
