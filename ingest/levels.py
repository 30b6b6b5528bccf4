"""Levels: the tree of a publication whose sections do not recur: a report, a manual, a thesis.

In:  the flow and the candidates for headings.
Out: marks; what stands at the top is a chapter, which is the case of such a publication.

Which lines are headings, and how deep each stands, is worked out in `ranks`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.counters import without_counter
from ingest.flow import Flow
from ingest.headings import Heading
from ingest.marks import CaseKind, Mark, Role
from ingest.ranks import Ranked, rank_headings
from ingest.titles import title_words
from ingest.usual_names import UsualNames, begins_with_usual_word, is_usual_word, kinds_of_place

_TYPICAL = 0.7
_LEAST_COUNTERS = 3
_MOST_COUNTER_WORDS = 2


def find_levels(
    flow: Flow, headings: Sequence[Heading], names: UsualNames, contents_start: int = 0
) -> tuple[Mark, ...]:
    """Marks for chapters, sections and sub-headings; a contents page begins at `contents_start`."""
    ranked = _behind_title_page(rank_headings(flow, headings), contents_start, names)
    counters, ranked = _chapter_counters(flow, _below_title(ranked))
    parts = _parts(ranked)
    top = min((r.level for r in ranked if r.heading not in parts), default=1)
    marks = []
    for place, item in enumerate(ranked):
        role, level = _role(item, parts, top)
        kind = _chapter_kind(ranked, place, top, names) if role == "case" else "case"
        marks.append(
            Mark(
                role=role,
                start=counters.get(item.heading.start, item.heading.start),
                end=item.heading.end,
                title=item.heading.text,
                heading=item.heading,
                title_start=item.heading.start,
                title_end=item.heading.end,
                kind=kind,
                level=level,
            )
        )
    return tuple(marks)


def _behind_title_page(
    ranked: list[Ranked], contents_start: int, names: UsualNames
) -> list[Ranked]:
    """Before the contents page, only what it promises or what is called as front matter is."""
    return [
        item
        for item in ranked
        if item.heading.start >= contents_start
        or item.heading.is_promised
        or names.kind(item.heading.text) in kinds_of_place("front")
    ]


def _below_title(ranked: list[Ranked]) -> list[Ranked]:
    """All but the title of the whole, which opens the text and has all headings below it."""
    if not ranked or ranked[0].heading.is_promised:
        return ranked
    levels = [item.level for item in ranked]
    below = levels[1:]
    is_title = bool(below) and levels[0] < min(below) and below.count(min(below)) > 1
    return ranked[1:] if is_title else ranked


def _chapter_counters(flow: Flow, ranked: Sequence[Ranked]) -> tuple[dict[int, int], list[Ranked]]:
    """Lines that only count what follows ("ONE", "Chapter 1"), by the heading right below each.

    Out: where each such line begins, by the first line of its heading; the headings without them.
    """
    pairs = [(one, other) for one, other in pairwise(ranked) if _counts(one, other)]
    levels = Counter(other.level for _, other in pairs)
    counting = {one.heading for one, _ in pairs}
    of_level = Counter(item.level for item in ranked if item.heading not in counting)
    usual = {
        level
        for level, count in levels.items()
        if count >= _LEAST_COUNTERS and count >= _TYPICAL * of_level[level]
    }
    pairs = [pair for pair in pairs if pair[1].level in usual]
    gone = {one.heading for one, _ in pairs}
    starts = {
        other.heading.start: _with_word_above(flow, one.heading.start) for one, other in pairs
    }
    return starts, [item for item in ranked if item.heading not in gone]


def _counts(one: Ranked, other: Ranked) -> bool:
    """A word or two right above a heading, no deeper than it or nothing but a number?"""
    label = one.heading
    if label.is_promised or label.end != other.heading.start:
        return False
    few = len(title_words(label.text)) <= _MOST_COUNTER_WORDS
    return few and (one.level >= other.level or not without_counter(label.text))


def _with_word_above(flow: Flow, start: int) -> int:
    """The line itself, or the one above it that says "Chapter" and nothing else."""
    return start - (start > 0 and is_usual_word("chapter", flow.lines[start - 1].text))


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
