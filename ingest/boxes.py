"""Boxes: lines that stand within a frame or on a tinted ground, apart from the text around.

In:  the lines of a flow, the frames, grounds and pictures of each page.
Out: such lines in groups, a box each. A ground that holds most of a page is the page's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ingest.flow import Flow
from search.model import Box, Extraction

Figures = Mapping[int, Sequence[Box]]  # by the page that they stand on

_MOST_BOXED = 0.6  # of a page's lines
_LEAST_TEXT = 2  # lines of a box that holds text, and no heading alone


def figures_of(extraction: Extraction) -> Figures:
    """The frames, grounds and pictures of each page that has any."""
    return {page.number: page.figures for page in extraction.pages if page.figures}


def boxed_groups(flow: Flow, lines: Iterable[int], figures: Figures) -> list[list[int]]:
    """The lines within a frame or on a ground that holds a part of its page's text."""
    groups: list[tuple[Box, list[int]]] = []
    for k in lines:
        ground = _ground(flow, k, figures)
        if ground is None:
            continue
        if groups and groups[-1][0] == ground and groups[-1][1][-1] == k - 1:
            groups[-1][1].append(k)
        else:
            groups.append((ground, [k]))
    on_page = Counter(line.page for line in flow.lines) if groups else Counter[int]()
    return [
        group
        for _, group in groups
        if len(group) <= _MOST_BOXED * on_page[flow.lines[group[0]].page]
    ]


def boxed_lines(flow: Flow, figures: Figures) -> frozenset[int]:
    """The lines of boxes that hold text; a heading on a ground of its own is none of them."""
    groups = boxed_groups(flow, range(len(flow.lines)), figures)
    return frozenset(k for group in groups if _holds_text(flow, group) for k in group)


def _holds_text(flow: Flow, group: Sequence[int]) -> bool:
    return sum(not flow.is_prominent(k) for k in group) >= _LEAST_TEXT


def _ground(flow: Flow, index: int, figures: Figures) -> Box | None:
    line = flow.lines[index]
    box = line.printed.box
    if box is None:
        return None
    middle = (box.top + box.bottom) / 2
    return next((f for f in figures.get(line.page, ()) if _holds(f, box, middle)), None)


def _holds(ground: Box, box: Box, middle: float) -> bool:
    across = ground.left <= box.left + 1 and box.right <= ground.right + 1
    return across and ground.top <= middle <= ground.bottom
