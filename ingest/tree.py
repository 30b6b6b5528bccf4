"""Tree: marks → parts, cases and sections, each with its lines.

In:  a segmented publication: marks in reading order and the flow they stand in.
Out: a `Draft`: what the publication holds before text is made of its lines. Every line of the
     flow outside the contents page belongs to exactly one section, header or heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.addresses import LEAD, Kinds, kinds_in
from ingest.marks import CaseKind, Mark
from ingest.segmentation import Segmented


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section: its heading (None for the lead), and its lines as ranges of the flow."""

    mark: Mark | None
    kind: str
    lines: tuple[int, ...]
    subheadings: tuple[Mark, ...] = ()

    @property
    def heading(self) -> str:
        """As printed; "" for the lead."""
        return self.mark.title if self.mark else ""


@dataclass(frozen=True, slots=True)
class DraftCase:
    """A case with the title of the part it stands in; "" for none."""

    mark: Mark
    sections: tuple[DraftSection, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The tree; `parts` in reading order."""

    cases: tuple[DraftCase, ...]
    parts: tuple[Mark, ...] = ()


def grow_tree(segmented: Segmented, opening_title: str) -> Draft:
    """Grow the tree; lines before the first case become front matter under `opening_title`."""
    marks, line_count = segmented.marks, len(segmented.flow.lines)
    kinds = kinds_in(marks, segmented.names)
    cases: list[DraftCase] = []
    parts: list[Mark] = []
    first = next((m.start for m in marks if m.role in {"case", "part"}), None)
    free = _lines(0, line_count if first is None else first, segmented.outside)
    if free:
        kind: CaseKind = "case" if first is None else "front"
        opening = Mark("case", free[0], free[0], opening_title, kind=kind, title_end=free[0])
        cases.append(DraftCase(opening, (DraftSection(None, LEAD, free),)))
    for at, mark in enumerate(marks):
        if mark.role == "part":
            parts.append(mark)
        if mark.role == "case":
            end = next((k for k in range(at + 1, len(marks)) if _ends_case(marks[k])), len(marks))
            stop = marks[end].start if end < len(marks) else line_count
            sections = _sections(mark, marks[at + 1 : end], stop, segmented.outside, kinds)
            part = parts[-1].title if parts and mark.kind == "case" else ""
            cases.append(DraftCase(mark, sections, part if mark.part is None else mark.part))
    return Draft(tuple(cases), tuple(parts))


def _ends_case(mark: Mark) -> bool:
    return mark.role in {"case", "part"}


def _lines(start: int, end: int, outside: range) -> tuple[int, ...]:
    return tuple(k for k in range(start, end) if k not in outside)


def _sections(
    case: Mark,
    marks: Sequence[Mark],
    stop: int,
    outside: range,
    kinds: Kinds,
) -> tuple[DraftSection, ...]:
    heads: list[Mark | None] = [None, *(m for m in marks if m.role == "section")]
    sections = []
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        start = head.end if head else case.end
        end = following.start if following else stop
        lines = _lines(start, end, outside)
        if head is None and not lines and len(heads) > 1:  # a case has one section at the least
            continue
        below = tuple(m for m in marks if m.role == "heading" and start <= m.start < end)
        kind = kinds.of(head) if head else LEAD
        sections.append(DraftSection(head, kind, lines, below))
    return tuple(sections)
