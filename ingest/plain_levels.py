"""Plain levels: which of the headings of a plain text stand above the others.

In:  the flow and headings of one look.
Out: those that are more prominent by their place, where the place parts them into two kinds: by
     opening a page that the text before broke off for, by more blank lines above, or by standing
     farther left. None where nothing parts them.

The first of these that parts them well is taken; a few that stand otherwise are chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.flow import Flow
from ingest.headings import Heading

_LEAST = 3
_SHARE = 0.1  # of the headings are of either kind at least
_TWO_KINDS = 0.9  # of them are of the two most frequent kinds
_SHORT_PAGE = 0.85  # of the lines of a full one
_BREAKS = 0.75  # of the short pages end before a heading


def prominent_by_place(flow: Flow, headings: Sequence[Heading]) -> frozenset[Heading]:
    """Those of the headings that stand above the others."""
    for above in (_by_page, _by_space, _by_indent):
        found = above(flow, headings)
        if min(len(found), len(headings) - len(found)) >= max(_LEAST, _SHARE * len(headings)):
            return found
    return frozenset()


def _by_space(flow: Flow, headings: Sequence[Heading]) -> frozenset[Heading]:
    """By blank lines above; at the top of a page these are not known, and taken for many."""
    within = [h for h in headings if not flow.lines[h.start].starts_page]
    two = _two_kinds(within, lambda h: flow.lines[h.start].gap)
    if not two:
        return frozenset()
    top = [h for h in headings if flow.lines[h.start].starts_page]
    return frozenset([*top, *(h for h in within if flow.lines[h.start].gap >= max(two))])


def _by_indent(flow: Flow, headings: Sequence[Heading]) -> frozenset[Heading]:
    two = _two_kinds(headings, lambda h: float(flow.lines[h.start].printed.indent))
    return frozenset(h for h in headings if two and flow.lines[h.start].printed.indent <= min(two))


def _two_kinds(headings: Sequence[Heading], measure: Callable[[Heading], float]) -> list[float]:
    """The two measures that almost all have; none where there are other ways to stand."""
    kinds = Counter(map(measure, headings)).most_common(2)
    enough = sum(count for _, count in kinds) >= _TWO_KINDS * len(headings)
    return [kind for kind, _ in kinds] if len(kinds) > 1 and enough else []


def _by_page(flow: Flow, headings: Sequence[Heading]) -> frozenset[Heading]:
    """By a page that begins with them, though the one before had room for more text."""
    sizes = Counter(line.page for line in flow.lines)
    full = sorted(sizes.values())[len(sizes) * 3 // 4]
    short = {page for page, size in sizes.items() if size < _SHORT_PAGE * full}
    breaks = [
        k
        for k, (line, after) in enumerate(pairwise(flow.lines), 1)
        if line.page != after.page and line.page in short
    ]
    opening = frozenset(h for h in headings if h.start in set(breaks))
    return opening if len(opening) >= _BREAKS * len(breaks) else frozenset()
