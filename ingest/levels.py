"""Levels: the tree of a publication whose sections do not recur: a report, a manual, a thesis.

In:  the flow and the candidates for headings.
Out: marks; what stands at the top is a chapter, which is the case of such a publication.

Which lines are headings, and how deep each stands, is worked out in `ranks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.flow import Flow
from ingest.headings import Heading
from ingest.marks import CaseKind, Mark, Role
from ingest.ranks import Ranked, rank_headings
from ingest.usual_names import UsualNames, begins_with_usual_word, kinds_of_place


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
