"""Single case: a short text that is one case, called by its title, with sections below.

In:  the flow, the candidates for headings, the usual names.
Out: marks for the case and its sections; none for any other text.

Such a text has no second case that its sections could recur in. It is told by its length and by
several headings that are called as the sections of cases are, where nothing promises chapters.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.flow import Flow
from ingest.headings import Heading
from ingest.marks import Mark, Role
from ingest.ranks import Ranked, rank_headings
from ingest.usual_names import UsualNames, kinds_of_place

_MOST_LINES = 250
_MOST_HEADER_LINES = 8
_LEAST_KINDS = 3
_LEAST_SHARE = 0.5  # of the headings of one level
_LEAST_OF_CASES = 2


def single_case(flow: Flow, headings: Sequence[Heading], names: UsualNames) -> tuple[Mark, ...]:
    """Marks for a text that is one case; () where it is none."""
    if len(flow.lines) > _MOST_LINES or any(h.is_promised for h in headings):
        return ()
    ranked = rank_headings(flow, headings)
    usual = [item for item in ranked if names.is_name(item.heading.text)]
    if not usual:
        return ()
    first, level = usual[0].heading.start, usual[0].level
    sections = [item for item in ranked if item.heading.start >= first]
    title_end = _title_end(flow, first)
    if not title_end or not _is_of_a_case(sections, level, names):
        return ()
    return (_case(flow, title_end, first), *(_section(item, level) for item in sections))


def _is_of_a_case(sections: Sequence[Ranked], level: int, names: UsualNames) -> bool:
    """Are most sections called as those of cases are, each once?"""
    kinds = [names.kind(item.heading.text) for item in sections if item.level == level]
    usual = [kind for kind in kinds if kind]
    of_cases = set(usual) & kinds_of_place("case")
    return (
        len(usual) == len(set(usual)) >= _LEAST_KINDS
        and len(usual) >= _LEAST_SHARE * len(kinds)
        and len(of_cases) >= _LEAST_OF_CASES
    )


def _title_end(flow: Flow, first: int) -> int:
    """After the title, which a few lines above the first section begin with; 0 for none."""
    above = flow.lines[:first]
    if not 0 < len(above) <= _MOST_HEADER_LINES or any(line.ends_sentence for line in above):
        return 0
    parts = [k for k in range(1, first) if above[k].stands_off or above[k].style != above[0].style]
    if parts:
        return parts[0]
    return first - 1 if first > 1 else first  # the last line is the organisation's


def _case(flow: Flow, title_end: int, end: int) -> Mark:
    return Mark(
        role="case",
        start=0,
        end=end,
        title=flow.joined(0, title_end),
        title_end=title_end,
        organisation=flow.joined(title_end, end),
        doubts=("it was taken for a single case by its sections",),
    )


def _section(item: Ranked, level: int) -> Mark:
    heading = item.heading
    role: Role = "section" if item.level <= level else "heading"
    return Mark(
        role=role,
        start=heading.start,
        end=heading.end,
        title=heading.text,
        heading=heading,
        title_end=heading.end,
        level=max(1, item.level - level),
    )
