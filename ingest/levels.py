"""Levels: the tree of a publication whose sections do not recur: a report, a manual, a thesis.

In:  the flow and the candidates for headings.
Out: marks; what stands at the top is a chapter, which is the case of such a publication.

The outline knows all levels. Else the contents page tells them by numbers or indents, and the type
that its entries are set in tells which other lines are headings, and how deep. Else type alone
does, or numbers alone.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.flow import Flow, Style
from ingest.headings import Heading
from ingest.marks import CaseKind, Mark, Role
from ingest.titles import number_depth, split_number
from ingest.usual_names import UsualNames, begins_with_usual_word, kinds_of_place

_COMPLETE = 8  # outline entries found; then the outline is taken to know all
_RELIABLE = 0.5  # share of a type's lines that are promised
_MOST_DENSE = 0.05  # headings of one type as a share of all lines
_FEW = 12  # headings of one type, which no text is too short for
_TYPICAL = 0.7
_LEAST_DEPTHS = 2
_INDENT = 4.0  # points; blanks in a text
_TWICE = 2
_LEGEND = re.compile(r"[^\W\d_]+\.? \d+(?:[.-]\d+)*[.:]? ")
_FIXED_WIDTH = re.compile(r"mono|courier|typewriter|consol|cmtt|code", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A heading and how deep it stands, from 1."""

    heading: Heading
    level: int


def find_levels(flow: Flow, headings: Sequence[Heading], names: UsualNames) -> tuple[Mark, ...]:
    """Marks for chapters, sections and sub-headings."""
    ranked = _below_title(rank_headings(flow, headings))
    parts = _parts(ranked)
    top = min((r.level for r in ranked if r.heading not in parts), default=1)
    marks = []
    for place, item in enumerate(ranked):
        role, level = _role(item, parts, top)
        kind = _chapter_kind(ranked, place, top, names) if role == "case" else "case"
        marks.append(
            Mark(
                role=role,
                start=item.heading.start,
                end=item.heading.end,
                title=item.heading.text,
                heading=item.heading,
                title_end=item.heading.end,
                kind=kind,
                level=level,
            )
        )
    return tuple(marks)


def _below_title(ranked: list[Ranked]) -> list[Ranked]:
    """All but the title of the whole, which opens the text and has all headings below it."""
    if not ranked or ranked[0].heading.is_promised:
        return ranked
    levels = [item.level for item in ranked]
    below = levels[1:]
    is_title = bool(below) and levels[0] < min(below) and below.count(min(below)) > 1
    return ranked[1:] if is_title else ranked


def _role(item: Ranked, parts: frozenset[Heading], top: int) -> tuple[Role, int]:
    if item.heading in parts:
        return "part", 1
    depth = max(0, item.level - top)
    return (("case", 1), ("section", 1))[depth] if depth < 2 else ("heading", depth - 1)  # noqa: PLR2004


def _parts(ranked: Sequence[Ranked]) -> frozenset[Heading]:
    """Top headings that are called a part and have nothing but chapters below."""
    top = min((item.level for item in ranked), default=1)
    found = []
    for place, item in enumerate(ranked[:-1]):
        following = ranked[place + 1].heading
        bare = following.start - item.heading.end <= 1
        if item.level == top and bare and begins_with_usual_word("part", item.heading.text):
            found.append(item.heading)
    return frozenset(found)


def _chapter_kind(ranked: Sequence[Ranked], place: int, top: int, names: UsualNames) -> CaseKind:
    """Usual names of front matter before the first other chapter, of back matter after the last."""
    chapters = [k for k, item in enumerate(ranked) if item.level == top]
    front, back = kinds_of_place("front"), kinds_of_place("back")
    kinds = {k: names.kind(ranked[k].heading.text) for k in chapters}
    plain = [k for k in chapters if kinds[k] not in front | back] or chapters
    if place < plain[0] and kinds[place] in front:
        return "front"
    return "back" if place > plain[-1] and kinds[place] in back else "case"


# ---- which are headings, and how deep ---------------------------------------------------------


def rank_headings(flow: Flow, headings: Sequence[Heading]) -> list[Ranked]:
    """The headings that hold, with their levels, in order."""
    outlined = [h for h in headings if h.outline_level]
    if len(outlined) >= _COMPLETE:
        return [Ranked(h, h.outline_level) for h in outlined]
    promised = _promised_levels(headings)
    known = _levels_of_types(headings, promised)
    if promised:
        known |= _deeper_types(flow, headings, promised)
    ranked = []
    for heading in headings:
        level = promised.get(heading.start) or _level(flow, headings, heading, known)
        if level and (heading.start in promised or heading.is_accepted):
            ranked.append(Ranked(heading, level))
    return ranked or _by_type(flow, headings)


def _promised_levels(headings: Sequence[Heading]) -> dict[int, int]:
    """The level of each promised heading: by number, by outline, else by indent in the contents."""
    promised = [(h, h.promise) for h in headings if h.promise is not None]
    numbered: dict[int, list[float]] = defaultdict(list)
    for heading, promise in promised:
        if depth := _depth(heading):
            numbered[depth].append(promise.left)
    usual_left = {depth: statistics.median(lefts) for depth, lefts in numbered.items()}
    if not _grows(usual_left) or len(usual_left) < _LEAST_DEPTHS:
        edges = _clusters([promise.left for _, promise in promised])
        if len({heading.style for heading, _ in promised if heading.style.half_points}) == 1:
            edges = []  # one type for all: the contents page indents by something else
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


def _clusters(lefts: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for left in sorted(lefts):
        if not edges or left - edges[-1] > _INDENT:
            edges.append(left)
    return edges


def _levels_of_types(headings: Sequence[Heading], promised: Mapping[int, int]) -> dict[Style, int]:
    """For types whose lines are mostly promised: the level they are mostly promised at."""
    levels: dict[Style, Counter[int]] = defaultdict(Counter)
    all_of: Counter[Style] = Counter(h.style for h in headings if h.is_accepted)
    for heading in headings:
        if heading.start in promised:
            levels[heading.style][promised[heading.start]] += 1
    return {
        style: counts.most_common(1)[0][0]
        for style, counts in levels.items()
        if counts.total() >= _RELIABLE * all_of[style] and style.half_points
    }


def _deeper_types(
    flow: Flow, headings: Sequence[Heading], promised: Mapping[int, int]
) -> dict[Style, int]:
    """Types of headings that the contents page stops short of: less prominent, never promised."""
    accepted = [h for h in headings if h.is_accepted]
    told = {h.style for h in headings if h.start in promised}
    last = min((style.prominence for style in told), default=(0, False, False))
    deeper = [
        style
        for style in {h.style for h in accepted} - told
        if style.prominence < last and _is_heading_type(flow, accepted, style)
    ]
    deepest = max(promised.values(), default=0)
    order = sorted(deeper, key=lambda style: style.prominence, reverse=True)
    return {style: deepest + rank for rank, style in enumerate(order, 1)}


def _level(
    flow: Flow, headings: Sequence[Heading], heading: Heading, known: Mapping[Style, int]
) -> int:
    """An unpromised heading's level: that of its type; a number that counts on tells it better."""
    level = known.get(heading.style, 0)
    if "counts on" in heading.evidence and flow.is_prominent(heading.start):
        is_type = level or _is_heading_type(flow, headings, heading.style)
        return number_depth(heading.number) if is_type else 0
    return level


def _by_type(flow: Flow, headings: Sequence[Heading]) -> list[Ranked]:
    """Without any promise: types ranked by prominence, numbers where there is no type."""
    accepted = [h for h in headings if h.is_accepted]
    if not flow.has_type:
        counted = [h for h in accepted if "counts on" in h.evidence]
        apart = [h for h in headings if "space around" in h.evidence]
        return [Ranked(h, max(1, number_depth(h.number))) for h in counted or apart or accepted]
    styles = [s for s in {h.style for h in accepted} if _is_heading_type(flow, accepted, s)]
    order = sorted(styles, key=lambda s: s.prominence, reverse=True)
    return [Ranked(h, order.index(h.style) + 1) for h in accepted if h.style in order]


def _is_legend(heading: Heading) -> bool:
    """Does it count pictures or tables ("Table 4.1. …")?"""
    return bool(_LEGEND.match(heading.text)) and not (
        begins_with_usual_word("chapter", heading.text)
        or begins_with_usual_word("part", heading.text)
    )


def _is_heading_type(flow: Flow, accepted: Sequence[Heading], style: Style) -> bool:
    """Is a type one of headings? Not too frequent, not a typewriter's, mostly set off."""
    lines = [h for h in accepted if h.style == style]
    numbered = sum(bool(h.number) for h in lines) >= _TYPICAL * len(lines)
    if sum(_is_legend(h) for h in lines) >= _TYPICAL * len(lines):
        return False
    labels = Counter(h.text for h in lines)
    repeated = sum(times for times in labels.values() if times > _TWICE)
    if repeated * 2 > len(lines) > _TWICE:
        return False
    many = len(lines) > max(_FEW, _MOST_DENSE * len(flow.lines)) and not numbered
    set_off = sum(flow.lines[h.start].stands_off for h in lines)
    fixed = sum(bool(_FIXED_WIDTH.search(flow.lines[h.start].printed.font)) for h in lines)
    return not many and set_off >= _TYPICAL * len(lines) and fixed * 2 < len(lines)
