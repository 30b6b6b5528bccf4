"""Headings: lines that may be headings, each with the evidence for it.

In:  the flow; promises of the contents page and of the outline found in it; recurring lines.
Out: candidates in reading order. None of the cues is required; each adds to the score, and what
     speaks against (a sentence, a small letter, the middle of a paragraph) takes from it.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.contents_match import Promise
from ingest.flow import Flow
from ingest.looks import Style
from ingest.recurrence import has_cells, stands_alone
from ingest.titles import containment, likeness, number_depth, split_number, title_words
from ingest.usual_names import UsualNames, begins_with_usual_word, is_legend

_MOST_LINES = 5
_MOST_CHARS = 260
_SHORT_LINE = 0.4  # of a full line: the end of a heading that wraps
_FEW_WORDS = 5  # of a heading known by its first words alone
_MUCH_LARGER = 1.12  # of the body's size
_CLOSE = 0.9  # of a line height: farther apart are two headings, not one that wraps
_FULL = 0.85  # of a line: running text
_MOST_TITLE_PAGE = 25  # lines
_NEARLY_EXACT = 0.9
_ACCEPTED = 1.6
_CERTAIN = 5.0  # a score that leaves no doubt

_WEIGHTS = {
    "outline": 3.0,
    "contents page": 2.5,
    "recurs": 2.0,
    "much larger type": 1.6,
    "larger type": 1.2,
    "bold": 1.2,
    "own look": 1.2,
    "more space than paragraphs have": 1.2,
    "usual name": 0.9,
    "usual beginning": 0.4,
    "number": 0.8,
    "counts on": 0.9,
    "capitals": 0.4,
    "centred": 0.4,
    "space above": 0.3,
    "space around": 0.5,
    "stands alone": 0.3,
    "ends like a sentence": -0.9,
    "small letter first": -1.2,
    "long": -0.8,
    "within a paragraph": -1.5,
    "list item": -1.0,
    "legend": -1.5,
    "row of a table": -1.5,
    "goes on below": -1.2,
    "within a box": -1.5,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A candidate: the lines [start, end) of the flow, and why they may be a heading."""

    start: int
    end: int
    text: str
    style: Style
    evidence: tuple[str, ...]
    label: str = ""  # of a recurring one; "" for the others
    number: str = ""
    promise: Promise | None = None
    outline_level: int = 0
    group: str = ""  # the contents page's name of the division it opens

    @property
    def score(self) -> float:
        """The sum of what speaks for and against."""
        return sum(_WEIGHTS[cue] for cue in self.evidence)

    @property
    def is_accepted(self) -> bool:
        """Does enough speak for it?"""
        return self.score >= _ACCEPTED

    @property
    def confidence(self) -> float:
        """The score as a share of certainty, 0 to 1."""
        return round(max(0.0, min(1.0, self.score / _CERTAIN)), 2)

    @property
    def is_promised(self) -> bool:
        """Does the outline or the contents page name it?"""
        return self.promise is not None or self.outline_level > 0

    @property
    def size(self) -> int:
        """How many lines it takes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Cues:
    """What is known of a publication's headings beyond the look of single lines."""

    contents: Sequence[Promise] = ()
    outline: Sequence[tuple[int, Promise]] = ()  # with the level of each
    recurring: Mapping[int, str] = field(default_factory=dict)
    outside: Container[int] = ()  # the contents page, cells of tables
    numbered: frozenset[int] = frozenset()  # lines whose numbers count through the book
    apart: Mapping[int, int] = field(default_factory=dict)  # of a plain text (plain_headings.py)
    boxed: frozenset[int] = frozenset()  # lines within boxes


def find_headings(flow: Flow, cues: Cues, names: UsualNames) -> tuple[Heading, ...]:
    """All candidates, best evidence first where two share a line, in reading order."""
    contents = {_whole(flow, p, cues.recurring): p for p in cues.contents if p.start is not None}
    outline = {
        _whole(flow, p, cues.recurring): level for level, p in cues.outline if p.start is not None
    }
    groups = {(p.group_start, p.group_start + 1): p.group for p in cues.contents if p.group_start}
    spans: dict[tuple[int, int], None] = dict.fromkeys(
        (s, e) for s, e in [*outline, *contents, *groups] if s is not None and e is not None
    )
    taken = {k for start, end in spans for k in range(start, end)}
    taken.update(_title_page(flow))
    for start, end in _looking_like_headings(flow, cues, names):
        if not _has_words(flow.joined(start, end)):
            continue
        if start not in cues.outside and not any(k in taken for k in range(start, end)):
            spans[start, end] = None
            taken.update(range(start, end))
    found = [
        replace(
            _heading(flow, span, contents.get(span), outline.get(span, 0), cues, names),
            group=groups.get(span, ""),
        )
        for span in _without_overlaps(spans)
    ]
    return tuple(sorted(found, key=lambda heading: heading.start))


def _title_page(flow: Flow) -> range:
    """The lines of a first page that holds no running text: its large lines head nothing."""
    lines = flow.lines
    end = next((k for k, line in enumerate(lines) if line.page != lines[0].page), 0)
    running = any(line.fill >= _FULL and line.style == flow.body for line in lines[:end])
    return range(0) if running or end > _MOST_TITLE_PAGE else range(end)


def _has_words(text: str) -> bool:
    """A sign or a single letter is no heading: letters part the entries of an index."""
    return sum(c.isalpha() for c in text) > 1


def _whole(
    flow: Flow, promise: Promise, recurring: Mapping[int, str]
) -> tuple[int | None, int | None]:
    """The lines of a promised title, with those of its heading that are worded otherwise.

    Lines of the same type around the match are taken in where the whole then holds all the
    promised words; a match that is nearly exact stays as it is.
    """
    start, end = promise.start, promise.end
    if start is None or end is None or not flow.is_prominent(start):
        return start, end
    if likeness(promise.title, flow.joined(start, end)) > _NEARLY_EXACT:
        return start, end
    first = start
    while first and _end_of_run(flow, first - 1, recurring) > start:
        first -= 1
    last = max(end, _end_of_run(flow, first, recurring))
    widened = containment(promise.title, flow.joined(first, last))
    return (
        (first, last)
        if widened > containment(promise.title, flow.joined(start, end))
        else (
            start,
            end,
        )
    )


def _without_overlaps(spans: Mapping[tuple[int, int], None]) -> Iterator[tuple[int, int]]:
    """The outline comes first; a contents entry on the same lines says nothing more."""
    used: set[int] = set()
    for start, end in spans:
        if used.isdisjoint(range(start, end)):
            used.update(range(start, end))
            yield start, end


def _heading(
    flow: Flow,
    span: tuple[int, int],
    promise: Promise | None,
    outline_level: int,
    cues: Cues,
    names: UsualNames,
) -> Heading:
    start, end = span
    text = flow.joined(start, end)
    label = cues.recurring.get(start, "") if end == start + 1 else ""
    evidence = {
        "outline": outline_level > 0,
        "contents page": promise is not None,
        "recurs": bool(label),
        "usual name": names.is_name(text),
        "usual beginning": bool(names.kind(text)) and not names.is_name(text),
        "number": bool(split_number(text)[0]) or begins_with_usual_word("chapter", text),
        "counts on": start in cues.numbered,
        "space around": cues.apart.get(start) == end,
        "within a box": start in cues.boxed,
        **_look(flow, start, end, text),
    }
    return Heading(
        start=start,
        end=end,
        text=text,
        style=flow.lines[start].style,
        evidence=tuple(cue for cue, holds in evidence.items() if holds),
        label=label,
        number=split_number(text)[0],
        promise=promise,
        outline_level=outline_level,
    )


def _look(flow: Flow, start: int, end: int, text: str) -> dict[str, bool]:
    """The cues that single lines show."""
    first, last = flow.lines[start], flow.lines[end - 1]
    size, body = first.style.half_points, flow.body.half_points
    much = flow.has_type and size >= body * _MUCH_LARGER
    before = flow.lines[start - 1] if start else None
    runs_on = before is not None and not first.stands_off and not before.ends_sentence
    return {
        "much larger type": much,
        "larger type": flow.has_type and size > body and not much,
        "bold": flow.has_type and first.style.bold and not flow.body.bold,
        "own look": flow.has_own_look(start) and not first.is_apart,
        "more space than paragraphs have": flow.has_own_look(start) and first.is_apart,
        "capitals": first.is_caps,
        "centred": first.centred,
        "space above": first.stands_off and not first.starts_column,
        "stands alone": stands_alone(flow, start, wrapped=end - start > 1),
        "ends like a sentence": _ends_like_a_sentence(text),
        "small letter first": first.starts_lower,
        "long": len(text) > _MOST_CHARS / 2,
        "within a paragraph": runs_on
        and before is not None
        and before.style == first.style
        and before.fill > 0.85  # noqa: PLR2004 - a full line that the next goes on from
        and last.style == flow.body,
        "list item": text[0] in "•·▪–—-*●",
        "legend": is_legend(text),
        "row of a table": has_cells(first.text),
        "goes on below": _goes_on(flow, end),
    }


def _goes_on(flow: Flow, end: int) -> bool:
    """Does a full line go on in small letters right below?"""
    if end >= len(flow.lines) or flow.lines[end].stands_off:
        return False
    return flow.lines[end - 1].fill >= _FULL and flow.lines[end].starts_lower


def _looking_like_headings(flow: Flow, cues: Cues, names: UsualNames) -> Iterator[tuple[int, int]]:
    """Runs of lines in a heading's type; without type, single lines that stand alone."""
    labels = frozenset(cues.recurring.values())
    index = 0
    while index < len(flow.lines):
        end = index + 1
        if index in cues.recurring or (index in cues.numbered and not flow.is_prominent(index)):
            yield index, end
        elif flow.is_prominent(index):
            end = _end_of_run(flow, index, cues.recurring)
            if flow.joined(index, end)[:_MOST_CHARS].count(" ") < _MOST_CHARS / 6:
                yield index, end
        elif index in cues.apart and not _holds(cues.recurring, range(index, cues.apart[index])):
            end = cues.apart[index]
            yield index, end
        elif named := _end_of_named(flow, index, names, labels):
            end = named
            yield index, end
        index = end


def _holds(recurring: Mapping[int, str], lines: range) -> bool:
    return any(k in recurring for k in lines)


def _end_of_named(flow: Flow, index: int, names: UsualNames, labels: Collection[str]) -> int:
    """After a line of plain text (or two, where it wraps) that names a section; 0 for none."""
    if not _is_named(flow.lines[index].text, names, labels):
        return 0
    if stands_alone(flow, index):
        return index + 1
    wraps = (
        stands_alone(flow, index, wrapped=True)
        and index + 2 < len(flow.lines)
        and flow.lines[index + 1].fill < _SHORT_LINE
        and not flow.lines[index + 1].ends_sentence
        and (flow.lines[index + 2].stands_off or not flow.lines[index + 2].starts_lower)
    )
    return index + 2 if wraps else 0


def _is_named(text: str, names: UsualNames, labels: Collection[str]) -> bool:
    """Is a line of plain text called as sections are, numbered, or nearly a recurring one?"""
    words = title_words(text)
    numbered = number_depth(split_number(text)[0]) > 1
    chapter = begins_with_usual_word("chapter", text) and any(c.isdecimal() for c in text)
    known = any(words[: len(label.split())] == label.split() for label in labels)
    return bool(names.kind(text) and (len(words) <= _FEW_WORDS or known)) or numbered or chapter


def _end_of_run(flow: Flow, start: int, recurring: Mapping[int, str]) -> int:
    """After the last line that goes on from the first in the same type."""
    end = start + 1
    while (
        end < min(start + _MOST_LINES, len(flow.lines))
        and _is_set_alike(flow, start, end)
        and not flow.lines[end].starts_column
        and flow.lines[end].gap < _CLOSE
        and end not in recurring
        and not split_number(flow.lines[end].text)[0]
    ):
        end += 1
    return end


def _is_set_alike(flow: Flow, start: int, other: int) -> bool:
    """Is it the same type? In a look of body size the rest of the look counts, too."""
    if flow.has_own_look(start):
        return flow.lines[other].look == flow.lines[start].look
    return flow.lines[other].style == flow.lines[start].style


def _ends_like_a_sentence(text: str) -> bool:
    """Does it end with a full stop or comma, quoted or not? A few words may ("Annex B.")."""
    bare = text.rstrip('"”»’)')
    return bare.endswith((".", ",", ";")) and len(title_words(text)) > 3  # noqa: PLR2004
