"""Numbering: which numbered lines count chapters and sections, and which count list items.

In:  lines that begin with a number and stand alone.
Out: those that count on through the publication: 1, 2, 3 … or 1.1, 1.2, 2, 2.1 …, with text
     between them. The items of a list follow one another at once, or count again from 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence

from ingest.flow import Flow
from ingest.recurrence import stands_alone
from ingest.titles import split_number

_LEAST = 2
_APART = 4  # lines between two chapters, on the average at least
_MOST_WORDS = 14
_MOST_STEP = 2  # from one number to the next

Number = tuple[int, ...]


def numbered_headings(flow: Flow, outside: Container[int]) -> frozenset[int]:
    """Lines whose numbers count through the whole publication."""
    candidates = [
        (k, number)
        for k, line in enumerate(flow.lines)
        if k not in outside and (number := _number(line.text)) and _may_head(flow, k)
    ]
    tops = _chain([(k, n) for k, n in candidates if len(n) == 1])
    found = set(tops.values())
    children: dict[Number, list[tuple[int, Number]]] = defaultdict(list)
    for k, number in candidates:
        if len(number) > 1:
            children[number[:-1]].append((k, number))
    for siblings in children.values():
        found.update(_chain(siblings).values())
    return frozenset(found)


def _number(text: str) -> Number:
    number = split_number(text)[0]
    parts = number.split(".") if number else []
    return tuple(int(p) for p in parts) if parts and all(p.isdigit() for p in parts) else ()


def _may_head(flow: Flow, index: int) -> bool:
    line = flow.lines[index]
    words = split_number(line.text)[1].split()
    is_title = bool(words) and len(words) <= _MOST_WORDS and not words[0][0].islower()
    if not flow.is_prominent(index) and _is_in_list(flow, index):
        return False
    alone = stands_alone(flow, index) or (line.stands_off and _has_space_below(flow, index))
    return is_title and alone and not line.text.endswith((";", ",", "."))


def _is_in_list(flow: Flow, index: int) -> bool:
    """Does a numbered line stand right above or below it?"""
    above = index > 0 and flow.lines[index].gap == 0 and _number(flow.lines[index - 1].text)
    below = index + 1 < len(flow.lines) and flow.lines[index + 1].gap == 0
    return bool(above or (below and _number(flow.lines[index + 1].text)))


def _has_space_below(flow: Flow, index: int) -> bool:
    return index + 1 < len(flow.lines) and flow.lines[index + 1].stands_off


def _chain(candidates: Sequence[tuple[int, Number]]) -> dict[int, int]:
    """The lines that count 1, 2, 3 … in order, if they stand far enough apart.

    A number may be missing, where its line was not seen as one that heads; two in a row may not.
    """
    best: list[list[tuple[int, int]]] = []
    for k, number in candidates:
        value = number[-1]
        before = [c for c in best if value - _MOST_STEP <= c[-1][1] < value] or [[]]
        chain = max(before, key=lambda c: (len(c), c[-1:] and c[-1][1] == value - 1, c))
        if chain or value <= _MOST_STEP:
            best.append([*chain, (k, value)])
    chain = max(best, key=len, default=[])
    lines = [k for k, _ in chain]
    far = len(lines) < _LEAST or (lines[-1] - lines[0]) / (len(lines) - 1) >= _APART
    return {value: k for k, value in chain} if len(chain) >= _LEAST and far else {}
