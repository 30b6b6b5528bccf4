"""Ranks: which candidates are headings of a report, and how deep each stands.

In:  the flow and the candidates.
Out: the headings that hold, in order, each with its level from 1.

The outline knows all levels. Else the contents page tells them by numbers or indents, and the look
that its entries are set in tells which other lines are headings, and how deep. Looks that the
contents page stops short of, and all looks where there is none, rank as they nest: a heading
stands one deeper than the last more prominent one above it, most often.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.flow import Flow
from ingest.heading_types import heading_types, speaks_for_itself
from ingest.headings import Heading
from ingest.looks import Look
from ingest.plain_levels import prominent_by_place
from ingest.titles import number_depth, number_kind, split_number

_COMPLETE = 8  # outline entries found; then the outline is taken to know all
_RELIABLE = 0.5  # share of a look's headings that are promised
_TYPICAL = 0.7
_LEAST_DEPTHS = 2
_MOST_STEPS = 4
_EVEN = 1.6  # the widest step of an indent beside the narrowest
_INDENT = 4.0  # points
_BLANKS = 1.5

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A heading and how deep it stands, from 1."""

    heading: Heading
    level: int


def rank_headings(flow: Flow, headings: Sequence[Heading]) -> list[Ranked]:
    """The headings that hold, with their levels, in order."""
    outlined = [h for h in headings if h.outline_level]
    if len(outlined) >= _COMPLETE and len({h.outline_level for h in outlined}) > 1:
        return [Ranked(h, h.outline_level) for h in outlined]
    promised = _promised_levels(headings)
    keys: dict[Heading, Key] = {h: (promised[h.start],) for h in headings if h.start in promised}
    if flow.has_type:
        keys |= _keys_of_types(flow, headings, keys)
    keys |= _keys_of_numbers(flow, headings, keys)
    if not flow.has_type:
        keys |= _keys_of_plain(flow, headings, keys)
    return _nested([(h, keys[h]) for h in headings if h in keys])


# ---- what is promised -------------------------------------------------------------------------


def _promised_levels(headings: Sequence[Heading]) -> dict[int, int]:
    """The level of each promised heading: by number, by outline, else by indent in the contents."""
    promised = [(h, h.promise) for h in headings if h.promise is not None]
    numbered: dict[int, list[float]] = defaultdict(list)
    for heading, promise in promised:
        if depth := _depth(heading):
            numbered[depth].append(promise.left)
    usual_left = {depth: statistics.median(lefts) for depth, lefts in numbered.items()}
    if not _grows(usual_left) or len(usual_left) < _LEAST_DEPTHS:
        lefts = [promise.left for _, promise in promised]
        types = {heading.style for heading, _ in promised if heading.style.half_points}
        edges = _clusters(lefts, _INDENT if types else _BLANKS)
        if len(types) <= 1 and not _is_staircase(lefts, edges):
            edges = []  # the contents page indents by something else
        usual_left = dict(enumerate(edges, 1)) if len(edges) > 1 else usual_left
        numbered = {}
    levels = {
        heading.start: (_depth(heading) if numbered else 0) or _nearest(usual_left, promise.left)
        for heading, promise in promised
    }
    levels.update({h.start: h.outline_level for h in headings if h.outline_level})
    return levels


def _depth(heading: Heading) -> int:
    """How deep its number goes, in the text or in the contents; 0 for none."""
    in_contents = split_number(heading.promise.title)[0] if heading.promise else ""
    return number_depth(heading.number or in_contents)


def _grows(usual_left: Mapping[int, float]) -> bool:
    """Do deeper numbers stand as far right as others, or farther?"""
    lefts = [usual_left[depth] for depth in sorted(usual_left)]
    return all(one <= other + _INDENT for one, other in pairwise(lefts))


def _nearest(usual_left: Mapping[int, float], left: float) -> int:
    """The level whose entries usually stand at this left edge; the top where none is known."""
    return min(usual_left, key=lambda depth: (abs(usual_left[depth] - left), depth), default=1)


def _clusters(lefts: Sequence[float], apart: float) -> list[float]:
    edges: list[float] = []
    for left in sorted(lefts):
        if not edges or left - edges[-1] > apart:
            edges.append(left)
    return edges


def _is_staircase(lefts: Sequence[float], edges: Sequence[float]) -> bool:
    """Do indents begin at the left, go in by even steps, and come each several times?"""
    steps = [after - before for before, after in pairwise(edges)]
    places = [edges.index(_near_edge(edges, left)) for left in lefts]
    counts = Counter(places)
    return (
        bool(steps)
        and len(edges) <= _MOST_STEPS
        and max(steps) <= min(steps) * _EVEN
        and min(counts.values()) >= _LEAST_DEPTHS
        and places[0] == 0
        and all(after <= before + 1 for before, after in pairwise(places))
    )


def _near_edge(edges: Sequence[float], left: float) -> float:
    return min(edges, key=lambda edge: abs(edge - left))


# ---- what looks and numbers tell --------------------------------------------------------------


def _keys_of_types(
    flow: Flow, headings: Sequence[Heading], told: Mapping[Heading, Key]
) -> dict[Heading, Key]:
    """Keys for the headings that are not promised: of the level told for their look, or below."""
    keys: dict[Heading, Key] = {}
    types = heading_types(flow, headings)
    order = sorted(types, key=lambda look: look.rank, reverse=True)
    for place, look in enumerate(order):
        free = [h for h in types[look] if h not in told]
        level = _told_level(types[look], told)
        if level:
            keys |= dict.fromkeys([h for h in free if h.is_accepted], (level,))
        elif (_is_below(flow, look, told) or _counts_below(free, told)) and (
            len(free) > 1 or _is_named(free)
        ):
            keys |= _keys_below(free, (max(told.values(), default=(0,))[0], place))
    return keys


def _is_below(flow: Flow, look: Look, told: Iterable[Heading]) -> bool:
    """Is it as prominent as the least that is told, or less?"""
    return all(look.rank <= flow.lines[h.start].look.rank for h in told)


def _counts_below(free: Sequence[Heading], told: Iterable[Heading]) -> bool:
    """Do its numbers mostly go deeper than all that is told?"""
    deepest = max(map(_depth, told), default=0)
    return deepest > 0 and sum(_depth(h) > deepest for h in free) >= _TYPICAL * len(free) > 0


def _told_level(members: Sequence[Heading], told: Mapping[Heading, Key]) -> int:
    """The level at which most headings of a look are promised; 0 where too few are."""
    levels = Counter(told[h][0] for h in members if h in told)
    return levels.most_common(1)[0][0] if levels.total() >= _RELIABLE * len(members) > 0 else 0


def _is_named(free: Sequence[Heading]) -> bool:
    """A look that comes once is one of headings where number or name tell it as well."""
    return any(set(h.evidence) & {"number", "usual name"} for h in free)


def _keys_below(free: Sequence[Heading], above: Key) -> dict[Heading, Key]:
    """Keys within one look: all alike, unless its numbers go to several depths."""
    shapes = [_shape(h) for h in free]
    known = [shape for shape in shapes if shape[1]]
    if len(set(known)) < _LEAST_DEPTHS or len(known) < _TYPICAL * len(free):
        return dict.fromkeys(free, (*above, 0))
    kinds = list(dict.fromkeys(kind for kind, _ in known))
    return {
        h: (*above, kinds.index(kind) if depth else 0, depth)
        for h, (kind, depth) in zip(free, shapes, strict=True)
    }


def _shape(heading: Heading) -> tuple[str, int]:
    return number_kind(heading.number), number_depth(heading.number)


def _keys_of_numbers(
    flow: Flow, headings: Sequence[Heading], told: Mapping[Heading, Key]
) -> dict[Heading, Key]:
    """Keys for headings of no type whose numbers count through the publication."""
    counted = [h for h in headings if "counts on" in h.evidence and h not in told]
    counted = [h for h in counted if speaks_for_itself(h) and _fits_in(h, told)]
    if any(not h.promise for h in told):  # looks tell chapters; a single number may be an item's
        counted = [h for h in counted if _depth(h) > 1]
    levels = {_depth(h): key for h, key in told.items() if _depth(h)}
    deepest = max(told.values(), default=(0,))[0]
    below = (deepest, len(headings))
    return {
        h: levels.get(_depth(h), (*below, _depth(h)) if told else (_depth(h),))
        for h in counted
        if not told or _depth(h) in levels or flow.has_type
    }


def _fits_in(heading: Heading, told: Iterable[Heading]) -> bool:
    """Is its number one that the contents page left out, and not another's or an item's?"""
    promised = [h for h in told if h.promise]
    if not heading.number.isdecimal():
        return all(h.number != heading.number for h in promised)
    single = sorted((h.start, int(h.number)) for h in promised if h.number.isdecimal())
    before = [number for start, number in single if start < heading.start]
    after = [number for start, number in single if start > heading.start]
    number = int(heading.number)
    return (not before or before[-1] < number) and (not after or number < after[0])


def _keys_of_plain(
    flow: Flow, headings: Sequence[Heading], told: Mapping[Heading, Key]
) -> dict[Heading, Key]:
    """Keys where there is no type: of the lines that stand apart, else of all that holds.

    Where most of those that stand apart are told by contents or numbers, they are all.
    """
    apart = [h for h in headings if "space around" in h.evidence and speaks_for_itself(h)]
    if sum(h in told for h in apart) > _RELIABLE * len(apart):
        return {}
    chosen = apart if apart or told else [h for h in headings if h.is_accepted]
    chosen = [h for h in chosen if h not in told]
    above = max(told.values(), default=(0,))[0]
    ranks = sorted({flow.lines[h.start].look.rank for h in chosen}, reverse=True)
    looks = [[h for h in chosen if flow.lines[h.start].look.rank == rank] for rank in ranks]
    return {
        h: (above, place, h not in first, below.index(_below(h, below)), _depth(h))
        for place, alike in enumerate(looks)
        for first in [prominent_by_place(flow, alike)]
        for below in [_kinds_below(alike)]
        for h in alike
    }


def _kinds_below(headings: Sequence[Heading]) -> list[str]:
    """Kinds of numbers that stand below others, in order: they begin again, as A, B under II.

    Letters that come once are those of annexes, which stand beside the chapters; they are none.
    """
    times = Counter(h.number for h in headings if h.number)
    kinds = dict.fromkeys(number_kind(h.number) for h in headings if times[h.number] > 1)
    first = next((number_kind(h.number) for h in headings if h.number), "")
    return ["", *(kind for kind in kinds if kind != first)]


def _below(heading: Heading, kinds: Sequence[str]) -> str:
    kind = number_kind(heading.number)
    return kind if kind in kinds else ""


def _nested(keyed: Sequence[tuple[Heading, Key]]) -> list[Ranked]:
    """Levels by nesting: each key one deeper than what its headings mostly stand below."""
    levels: dict[Key, int] = {}
    for key in sorted({key for _, key in keyed}):
        if len(key) == 1:
            levels[key] = key[0]
            continue
        above = 0
        found: Counter[int] = Counter()
        for _, other in keyed:
            if other == key:
                found[above + 1] += 1
            elif other < key:
                above = levels[other]
        levels[key] = max(found, key=lambda level: (found[level], level))
    return [Ranked(heading, levels[key]) for heading, key in keyed]
