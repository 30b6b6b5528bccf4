"""Heading types: the looks that headings are set in, and those that only strike the eye.

In:  the flow and all candidates for headings.
Out: the candidates of each look that is one of headings.

Bold terms, legends, code, quotations in large type and the cells of tables are prominent as well.
A look is one of headings where most of its lines are worded and placed as headings are, do not
come again and again with the same words, and have text below them.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.flow import Flow
from ingest.headings import Heading
from ingest.looks import Look, is_fixed_width
from ingest.recurrence import has_cells
from ingest.titles import number_depth

_TYPICAL = 0.7
_MOST_BARE = 0.34  # of a type's lines: others that strike the eye follow at once
_MOST_DENSE = 0.05  # headings of one type as a share of all lines
_FEW = 12  # headings of one type, which no text is too short for
_LEAST_TEXT = 4  # lines from one to the next, mostly, in a type that is not larger than the body
_TWICE = 2
_RARE = 0.25  # of the lines that differ only in capitals or centring
_SMALL_LETTER = frozenset({"small letter first"})
_AGAINST = frozenset(
    {
        "ends like a sentence",
        "within a paragraph",
        "small letter first",
        "list item",
        "goes on below",
        "legend",
        "row of a table",
        "within a box",
    }
)


def heading_types(flow: Flow, headings: Sequence[Heading]) -> Mapping[Look, Sequence[Heading]]:
    """The headings of every look that is one of headings, by their look."""
    prominent = [h for h in headings if flow.is_prominent(h.start)]
    by_look = _by_look(flow, [h for h in prominent if not _says_nothing(flow, h)])
    found = {}
    for look, members in by_look.items():
        good = [h for h in members if speaks_for_itself(h)]
        if len(good) >= _TYPICAL * len(members) and _is_heading_type(flow, good):
            found[look] = [h for h in members if h in good or _begins_small(flow, h)]
    return found


def _says_nothing(flow: Flow, heading: Heading) -> bool:
    """Does it stand in a box, or above the rows of a table? Those have looks of their own."""
    if "within a box" in heading.evidence:
        return True
    after = heading.end if heading.end < len(flow.lines) else heading.start
    heads_rows = has_cells(flow.lines[after].text) and not flow.is_prominent(after)
    return heads_rows and "row of a table" in heading.evidence


def _begins_small(flow: Flow, heading: Heading) -> bool:
    """Is nothing wrong with it but a small letter, below a whole sentence that a space ends?"""
    first = flow.lines[heading.start]
    above = flow.lines[heading.start - 1] if heading.start else None
    apart = first.stands_off and above is not None and above.ends_sentence
    return apart and _AGAINST & set(heading.evidence) == _SMALL_LETTER


def speaks_for_itself(heading: Heading) -> bool:
    """Does nothing in its wording or place speak against it?"""
    return _AGAINST.isdisjoint(heading.evidence)


def _by_look(flow: Flow, headings: Sequence[Heading]) -> dict[Look, list[Heading]]:
    """Headings by look; a few in capitals, or centred, go with the many that are not.

    A word like "ONE" may be an abbreviation or in capitals; where others are, it is.
    """
    by_look: dict[Look, list[Heading]] = defaultdict(list)
    looks = {flow.lines[heading.start].look for heading in headings}
    for heading in headings:
        look = flow.lines[heading.start].look
        in_capitals = replace(look, is_caps=True)
        as_such = heading.text.isupper() and in_capitals in looks
        by_look[in_capitals if as_such else look].append(heading)
    joined: dict[Look, list[Heading]] = defaultdict(list)
    for look in sorted(by_look, key=lambda look: -len(by_look[look])):
        kin = (other for other in joined if _differ_in_dress(look, other))
        near = next((o for o in kin if len(by_look[look]) <= _RARE * len(by_look[o])), look)
        joined[near] += by_look[look]
    return {look: sorted(found, key=lambda h: h.start) for look, found in joined.items()}


def _differ_in_dress(one: Look, other: Look) -> bool:
    return one.style == other.style and one.family == other.family


def _is_heading_type(flow: Flow, members: Sequence[Heading]) -> bool:
    if not members or _are_labels(members):
        return False
    lines = [flow.lines[h.start] for h in members]
    fixed = sum(is_fixed_width(line.printed.font) for line in lines)
    set_off = sum(line.stands_off for line in lines)
    if fixed * 2 >= len(lines) or set_off < _TYPICAL * len(lines):
        return False
    larger = lines[0].style.half_points > flow.body.half_points
    crowded = not larger and _are_crowded(flow, members)
    if _are_numbered(members):
        return not (crowded and _count_items(members))
    return not crowded and not _are_bare(flow, members)


def _are_labels(members: Sequence[Heading]) -> bool:
    """Do most of them say the same again and again, as "Note" does?"""
    labels = Counter(h.text for h in members)
    repeated = sum(times for times in labels.values() if times > _TWICE)
    return repeated * 2 > len(members) > _TWICE


def _are_numbered(members: Sequence[Heading]) -> bool:
    return sum(bool(h.number) for h in members) >= _TYPICAL * len(members)


def _count_items(members: Sequence[Heading]) -> bool:
    """Do single numbers begin again from 1 several times, as in lists?"""
    return sum(number_depth(h.number) == 1 for h in members) >= _TYPICAL * len(members) and (
        sum(h.number in {"1", "I", "A"} for h in members) > _TWICE
    )


def _are_bare(flow: Flow, members: Sequence[Heading]) -> bool:
    """Do others of the same look follow many of them at once?"""
    looks = [flow.lines[h.end].look if h.end < len(flow.lines) else None for h in members]
    bare = sum(flow.lines[h.start].look == look for h, look in zip(members, looks, strict=True))
    return bare > _MOST_BARE * len(members)


def _are_crowded(flow: Flow, members: Sequence[Heading]) -> bool:
    """Are they too many, and too close to one another, to have text of their own?"""
    if len(members) <= max(_FEW, _MOST_DENSE * len(flow.lines)):
        return False
    steps = [after.start - before.end for before, after in pairwise(members)]
    return statistics.median(steps) < _LEAST_TEXT
