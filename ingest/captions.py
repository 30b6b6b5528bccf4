"""Captions: lines that belong to a picture and cut the text they stand in.

In:  the lines of a section.
Out: the lines that are captions, in groups; each group is lifted out and set after the paragraph
     it interrupted.

In a PDF a caption is set smaller than the body, on a page with pictures (small lines without a
picture are notes). In a plain text only lines between blank lines that cut a sentence in two are
taken, for nothing else tells a caption from a paragraph there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.flow import Flow

_FAR = 2.0  # line heights: farther apart are two captions
_MOST_TEXT_LINES = 4
_NARROW = 0.8
_LEAST_FILL = 0.5  # of the lines that are cut apart: shorter ones are captions themselves


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines set apart from the text: a picture's caption, or a note."""

    lines: tuple[int, ...]
    is_caption: bool


def find_asides(
    flow: Flow, lines: Sequence[int], pages_with_pictures: Collection[int]
) -> tuple[Aside, ...]:
    """Find captions and notes among the lines of a section."""
    if not flow.has_type:
        return tuple(_cutting_groups(flow, lines))
    return tuple(
        Aside(tuple(group), flow.lines[group[0]].page in pages_with_pictures)
        for group in _small_groups(flow, lines)
    )


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
