"""Captions, notes and boxes: lines that stand in the text, but are no part of its sentences.

In:  the lines of a section, the pictures and tinted grounds of each page.
Out: such lines in groups; each group is lifted out and set after the paragraph it interrupted.

In a PDF a caption is set smaller than the body, on a page with pictures (small lines without a
picture are notes). In a plain text only lines between blank lines that cut a sentence in two are
taken, for nothing else tells a caption from a paragraph there. Notes of the body's size are told
by their mark, where they stand between a sentence and its going on overleaf.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.boxes import Figures, boxed_groups
from ingest.flow import Flow

_FAR = 2.0  # line heights: farther apart are two captions
_MOST_TEXT_LINES = 4
_MOST_NOTE_LINES = 12
_NOTE = re.compile(r"(?:\[\d{1,3}\]|\(?\d{1,3}[.)]?|[*†‡§]{1,3})\s?(?=[^\W\d_«“\"])")
_NARROW = 0.8
_LEAST_FILL = 0.5  # of the lines that are cut apart: shorter ones are captions themselves


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines set apart from the text: a picture's caption, or a note."""

    lines: tuple[int, ...]
    is_caption: bool


def find_asides(flow: Flow, lines: Sequence[int], figures: Figures) -> tuple[Aside, ...]:
    """Find captions, notes and boxes among the lines of a section."""
    notes = [*_boxes(flow, lines, figures), *_notes_at_foot(flow, lines)]
    apart = {k for note in notes for k in note.lines}
    rest = [k for k in lines if k not in apart]
    if not flow.has_type:
        found = _cutting_groups(flow, rest)
    else:
        found = [
            Aside(tuple(group), _is_caption(flow, group, figures))
            for group in _small_groups(flow, rest)
        ]
    return tuple(sorted([*notes, *found], key=lambda aside: aside.lines[0]))


def _is_caption(flow: Flow, group: Sequence[int], figures: Figures) -> bool:
    """Does it stand on a page with pictures, and does not begin as a note does?"""
    first = flow.lines[group[0]]
    return bool(figures.get(first.page)) and not _NOTE.match(first.text)


def _boxes(flow: Flow, lines: Sequence[int], figures: Figures) -> list[Aside]:
    return [Aside(tuple(group), is_caption=False) for group in boxed_groups(flow, lines, figures)]


def _notes_at_foot(flow: Flow, lines: Sequence[int]) -> list[Aside]:
    """In text of the body's size: the last lines of a page, from a mark that stands off."""
    inside = set(lines)
    found = []
    for last in (k for k in lines if _ends_page(flow, k)):
        start = next(
            (
                k
                for k in range(last, last - _MOST_NOTE_LINES, -1)
                if k not in inside or flow.lines[k].starts_page or _begins_notes(flow, k)
            ),
            last,
        )
        if start in inside and _begins_notes(flow, start):
            found.append(Aside(tuple(range(start, last + 1)), is_caption=False))
    return found


def _ends_page(flow: Flow, index: int) -> bool:
    return index + 1 < len(flow.lines) and flow.lines[index + 1].starts_page


def _begins_notes(flow: Flow, index: int) -> bool:
    """Is it marked as a note, set off from a sentence that goes on overleaf?"""
    line, before = flow.lines[index], flow.lines[index - 1]
    marked = _NOTE.match(line.text) and line.stands_off and not line.starts_column
    return bool(marked) and not flow.is_small(index) and not before.ends_sentence


def _small_groups(flow: Flow, lines: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for k in lines:
        if not flow.is_small(k):
            continue
        if groups and groups[-1][-1] == k - 1 and _goes_on(flow, k):
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups


def _goes_on(flow: Flow, index: int) -> bool:
    line, before = flow.lines[index], flow.lines[index - 1]
    beside = (
        line.printed.box is not None
        and before.printed.box is not None
        and line.printed.box.left > before.printed.box.right
    )
    return not line.starts_column and not beside and line.gap < _FAR and line.style == before.style


def _cutting_groups(flow: Flow, lines: Sequence[int]) -> list[Aside]:
    """Groups between blank lines with an open sentence before and its going on after."""
    found = []
    starts = [k for k in lines if flow.lines[k].gap > 0]
    for start in starts:
        end = start + 1
        while end < len(flow.lines) and not flow.lines[end].stands_off:
            end += 1
        group = range(start, end)
        if end in lines and start - 1 in lines and _cuts_sentence(flow, group):
            found.append(Aside(tuple(group), is_caption=True))
    return found


def _cuts_sentence(flow: Flow, group: range) -> bool:
    before, after = flow.lines[group.start - 1], flow.lines[group.stop]
    first = flow.lines[group.start]
    is_short = len(group) <= _MOST_TEXT_LINES and all(flow.lines[k].fill < _NARROW for k in group)
    opens_anew = not first.starts_lower and not flow.lines[group.stop - 1].text.endswith(".")
    left_open = not before.ends_sentence and before.text[-1:] not in ",-"
    if min(before.fill, after.fill) < _LEAST_FILL:
        return False
    return is_short and opens_anew and left_open and after.starts_lower
