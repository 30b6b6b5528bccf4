"""Units: the levels of a book whose cases share their section headings.

In:  the flow, the candidates for headings, the promises of the contents page.
Out: marks for parts, cases and sections; none at all where no headings recur from case to case.

The recurring headings are the sections. What stands between the last text of one case and the
first heading of the next is a header: the name of a part (rarely), a title, an organisation.
Titles are told by the outline, the contents page or their type; where all of these are silent,
by the shape of the lines before a heading that begins the round again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.flow import Flow
from ingest.header_shapes import shaped_headers
from ingest.headers import Header, read_header
from ingest.headings import Heading
from ingest.looks import Style
from ingest.marks import CaseKind, Mark
from ingest.usual_names import UsualNames, kinds_of_place

_LEAST_UNITS = 3
_LEAST_SHARE = 0.4  # of all titles: fewer with sections below are a manual, no casebook
_MANY_TITLES = 0.5  # of the cases
_MOST_A_UNIT = 1.3  # of one label, on the average
_LEAST_LABELS = 2
_LEAST_SCORE = 1.0  # the type of the recurring ones speaks for it as well
_MANY_TIMES = 5  # one label alone will do when it recurs as often


def find_units(flow: Flow, headings: Sequence[Heading], names: UsualNames) -> tuple[Mark, ...]:
    """Marks for every part, case and section, in order; () where no sections recur."""
    recurring = [h for h in headings if h.label]
    if not _is_pattern(recurring):
        return ()
    style = _usual_style(flow, recurring)
    headers = _headers(flow, headings, style, names)
    having = len(_with_sections(headers, recurring))
    often = max(Counter(h.label for h in recurring).values())
    if having < min(often, _LEAST_UNITS) or having < len(headers) * _LEAST_SHARE:
        return ()
    if not _once_a_unit(headers, recurring):
        return ()
    marks: list[Mark] = []
    kinds = _case_kinds(headers, recurring)
    ends = [*(header.start for header in headers[1:]), len(flow.lines)]
    for header, kind, end in zip(headers, kinds, ends, strict=True):
        inside = [h for h in headings if header.end <= h.start < end]
        marks.extend(header.marks(kind))
        marks.extend(_section_marks(flow, inside, style, names))
    return tuple(marks)


def _is_pattern(recurring: list[Heading]) -> bool:
    times = Counter(heading.label for heading in recurring)
    often = max(times.values(), default=0)
    return len(times) >= _LEAST_LABELS or often >= _MANY_TIMES


def _usual_style(flow: Flow, recurring: list[Heading]) -> Style | None:
    if not flow.has_type:
        return None
    return Counter(h.style for h in recurring).most_common(1)[0][0]


def _with_sections(headers: Sequence[Header], recurring: Sequence[Heading]) -> list[int]:
    """Which headers have recurring sections below them."""
    starts = [header.start for header in headers]
    found = []
    for rank, header in enumerate(headers):
        end = starts[rank + 1] if rank + 1 < len(starts) else None
        if any(h.start >= header.end and (end is None or h.start < end) for h in recurring):
            found.append(rank)
    return found


def _once_a_unit(headers: Sequence[Header], recurring: Sequence[Heading]) -> bool:
    """Do labels come once a case, as sections do, and not over and over, as notes do?"""
    starts = [header.start for header in headers]
    per_unit = Counter((bisect_right(starts, h.start), h.label) for h in recurring)
    return per_unit.total() <= _MOST_A_UNIT * len(per_unit)


def _case_kinds(headers: Sequence[Header], recurring: Sequence[Heading]) -> list[CaseKind]:
    """Front matter comes before the first unit with sections, back matter after the last."""
    having = _with_sections(headers, recurring)
    first, last = having[0], having[-1]
    return [
        "front" if rank < first else "back" if rank > last else "case"
        for rank in range(len(headers))
    ]


# ---- headers --------------------------------------------------------------------------------


def _headers(
    flow: Flow, headings: Sequence[Heading], style: Style | None, names: UsualNames
) -> list[Header]:
    """The headers of all units: those told by titles, then those told by shape alone."""
    sections = [h for h in headings if h.label]
    titles = _titles(flow, headings, style, names)
    headers = _stacked(flow, titles, sections)
    headers += shaped_headers(flow, sections, headers)
    return sorted(headers, key=lambda header: header.start)


def _titles(
    flow: Flow, headings: Sequence[Heading], style: Style | None, names: UsualNames
) -> list[Heading]:
    """Headings above the level of sections."""
    first = next(h.start for h in headings if h.label)
    last = max(h.start for h in headings if h.label)
    level = _title_outline_level(headings)
    by_size = _sizes_tell_titles(headings, style, last)
    return [
        h
        for h in headings
        if not h.label
        and (
            h.group
            or h.promise is not None
            or 0 < h.outline_level <= level
            or (_is_larger(h, style) and (by_size or h.start > last))
            or _is_end_matter(flow, h, names, first, last)
        )
    ]


def _sizes_tell_titles(headings: Sequence[Heading], style: Style | None, last: int) -> bool:
    """Are the headings larger than sections as many as cases? A few are the names of parts."""
    larger = sum(_is_larger(h, style) and not h.label for h in headings if h.start < last)
    most = max(Counter(h.label for h in headings if h.label).values())
    return larger > _MANY_TITLES * most


def _title_outline_level(headings: Sequence[Heading]) -> int:
    """The outline level of titles: that of the last entry before a recurring heading, mostly."""
    levels: Counter[int] = Counter()
    for before, heading in pairwise(headings):
        if heading.label and not before.label and before.outline_level:
            levels[before.outline_level] += 1
    return levels.most_common(1)[0][0] if levels else 0


def _is_larger(heading: Heading, style: Style | None) -> bool:
    """Is it set more prominently than sections are?"""
    if style is None or not heading.is_accepted:
        return False
    return heading.style.half_points > style.half_points


def _is_end_matter(flow: Flow, heading: Heading, names: UsualNames, first: int, last: int) -> bool:
    """Before the first case or after the last: a usual name of front or back matter."""
    kind = names.kind(heading.text)
    usual = "stands alone" in heading.evidence or flow.is_prominent(heading.start)
    if heading.start < first:
        return usual and kind in kinds_of_place("front")
    return usual and heading.start > last and kind in kinds_of_place("back")


def _stacked(flow: Flow, titles: Sequence[Heading], sections: Sequence[Heading]) -> list[Header]:
    """Titles with nothing but header lines between them make one header."""
    stacks: list[list[Heading]] = []
    for title in titles:
        if stacks and _is_stacked(flow, stacks[-1], title):
            stacks[-1].append(title)
        else:
            stacks.append([title])
    starts = sorted(h.start for h in sections)
    sizes = Counter(h.style for stack in stacks for h in stack)
    return [
        read_header(flow, stack, next((s for s in starts if s >= stack[-1].end), None), sizes)
        for stack in stacks
    ]


def _is_stacked(flow: Flow, stack: list[Heading], title: Heading) -> bool:
    """Does the title stand right below the last of the stack, each not a chapter of its own?"""
    between = range(stack[-1].end, title.start)
    short = all(not flow.lines[k].ends_sentence and flow.lines[k].fill < 1 for k in between)
    return len(between) <= 1 and short


# ---- sections -------------------------------------------------------------------------------


def _section_marks(
    flow: Flow, inside: Sequence[Heading], style: Style | None, names: UsualNames
) -> list[Mark]:
    """Marks for the headings below one header."""
    marks: list[Mark] = []
    for heading in inside:
        mark = Mark(
            role="section",
            start=heading.start,
            end=heading.end,
            title=heading.text,
            heading=heading,
            title_end=heading.end,
        )
        if heading.label:
            marks.append(mark)
        elif _is_subheading(flow, heading, marks, style, names):
            marks.append(replace(mark, role="heading"))
        elif _is_section(flow, heading, style, names):
            marks.append(mark)
    return marks


def _is_subheading(
    flow: Flow,
    heading: Heading,
    marks: Sequence[Mark],
    style: Style | None,
    names: UsualNames,
) -> bool:
    """Right below another heading, or set less prominently than sections are."""
    if not flow.has_type or style is None or heading.score < _LEAST_SCORE:
        return False
    right_below = bool(marks) and marks[-1].end == heading.start and not names.kind(heading.text)
    return right_below or (heading.is_accepted and heading.style.prominence < style.prominence)


def _is_section(flow: Flow, heading: Heading, style: Style | None, names: UsualNames) -> bool:
    """The same type as the recurring ones; without type, a usual name that stands alone."""
    if flow.has_type and flow.is_prominent(heading.start):
        return heading.score >= _LEAST_SCORE and heading.style == style
    return bool(names.kind(heading.text)) and "stands alone" in heading.evidence
