"""Headers: the lines that open a case: the name of a part, a title, an organisation.

In:  the flow and the titles found in one place (or only the place), and where the first section
     below begins.
Out: a `Header` with the lines told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.contents_match import Promise
from ingest.flow import Flow
from ingest.headings import Heading
from ingest.looks import Style
from ingest.marks import CaseKind, Mark
from ingest.titles import join_wrapped, likeness, title_words

_MOST_ORGANISATION_LINES = 3
_MOST_ORGANISATION_WORDS = 16
_LIKE = 0.75
_SAME_WORDING = 0.999


@dataclass(frozen=True, slots=True)
class Header:
    """The lines [start, end) that open a case; `title_span` and `part` lie within."""

    start: int
    end: int
    title: str
    title_span: tuple[int, int]
    heading: Heading | None = None
    organisation: str = ""
    organisation_in_contents: str = ""
    title_in_contents: str = ""
    part: str = ""
    part_heading: Heading | None = None
    part_end: int | None = None  # after the last line of the part's name, where it has lines
    doubts: tuple[str, ...] = ()

    def marks(self, kind: CaseKind) -> list[Mark]:
        """The header as marks: of the part it opens, if any, and of the case."""
        marks = []
        if self.part:
            end = self.start if self.part_end is None else self.part_end
            marks.append(
                Mark(
                    role="part",
                    start=self.start,
                    end=end,
                    title=self.part,
                    heading=self.part_heading,
                    title_end=end,
                )
            )
        marks.append(
            Mark(
                role="case",
                start=self.start if self.part_end is None else self.part_end,
                end=self.end,
                title=self.title,
                heading=self.heading,
                title_start=self.title_span[0],
                title_end=self.title_span[1],
                kind=kind,
                organisation=self.organisation or self.organisation_in_contents,
                title_in_contents=self.title_in_contents,
                doubts=self.doubts,
            )
        )
        return marks


def read_header(
    flow: Flow, stack: Sequence[Heading], section_start: int | None, sizes: Counter[Style]
) -> Header:
    """Tell apart the headings of a stack and the plain lines below them."""
    part = _part_of(stack, sizes)
    rest = [h for h in stack if h is not part] or list(stack)
    part = part if len(stack) > 1 else None
    title = _title_of(rest)
    promise = title.promise
    below = [h for h in rest if h.start > title.start]
    end = below[-1].end if below else title.end
    lines = [(h.start, h.end) for h in rest if h is not title]
    plain_end = _organisation_end(flow, end, section_start)
    lines += [(k, k + 1) for k in range(end, plain_end)]
    apart = () if lines or section_start is None else (flow.lines[section_start].style,)
    above = _organisation_above(flow, rest[0].start, part, promise, apart)
    lines += [(k, k + 1) for k in above]
    group = part.group if part and part.group else promise.group if promise else ""
    return Header(
        start=min([stack[0].start, *above]),
        end=max(plain_end, end),
        title=flow.joined(title.start, title.end),
        title_span=(title.start, title.end),
        heading=title,
        organisation=join_wrapped([flow.joined(*span) for span in sorted(lines)]),
        organisation_in_contents=promise.organisation if promise else "",
        title_in_contents=_other_wording(promise.title if promise else "", title.text),
        part=_fuller(part.text if part else "", group),
        part_heading=part,
        part_end=part.end if part else None,
    )


def _part_of(stack: Sequence[Heading], sizes: Counter[Style]) -> Heading | None:
    """The heading that names a part: the contents page says so, or it is larger and rarer."""
    if len(stack) == 1:
        return None
    named = next((h for h in stack if h.group), None)
    if named is not None:
        return named
    first, second = stack[0], stack[1]
    if 0 < first.outline_level < second.outline_level:
        return first
    promised = first.promise is not None and any(h.promise is not None for h in stack[1:])
    larger = first.style.half_points > second.style.half_points
    rarer = sizes[first.style] < sizes[second.style]
    return first if promised or (larger and rarer) else None


def _title_of(rest: Sequence[Heading]) -> Heading:
    """The promised heading, else the most prominent, the first of equals."""
    promised = [h for h in rest if h.promise is not None or h.outline_level]
    return max(promised or rest, key=lambda h: (h.style.prominence, -h.start))


def _organisation_above(
    flow: Flow,
    first: int,
    part: Heading | None,
    promise: Promise | None,
    apart_from: Sequence[Style],
) -> list[int]:
    """Lines right above the first title that are set off from the text, or that are promised.

    Bold or large lines are set off, too, if they are `apart_from` the type of section headings;
    where none is given, the organisation stands below the title.
    """
    floor = part.end if part else max(0, first - _MOST_ORGANISATION_LINES)
    found: list[int] = []
    for k in range(first - 1, floor - 1, -1):
        line = flow.lines[k]
        promised = promise is not None and likeness(promise.organisation, line.text) > _LIKE
        bold = bool(apart_from) and line.style not in apart_from and flow.is_prominent(k)
        set_off = flow.has_type and line.style != flow.body and (line.centred or bold)
        other_page = flow.has_type and flow.lines[k + 1].starts_page
        if line.ends_sentence or flow.is_small(k) or other_page or not (promised or set_off):
            break
        found.append(k)
    return found[::-1]


def _organisation_end(flow: Flow, start: int, section_start: int | None) -> int:
    """After the short plain lines between a title and the first section right below it."""
    if section_start is None or section_start - start > _MOST_ORGANISATION_LINES:
        return start
    words = title_words(flow.joined(start, section_start))
    sentence = any(flow.lines[k].ends_sentence for k in range(start, section_start))
    return section_start if len(words) <= _MOST_ORGANISATION_WORDS and not sentence else start


def _other_wording(promised: str, printed: str) -> str:
    return promised if promised and likeness(promised, printed) < _SAME_WORDING else ""


def _fuller(heading: str, group: str) -> str:
    """The longer of two forms of a part's name; the contents page's own where they are equal."""
    one, other = " ".join(heading.split()), " ".join(group.split())
    if not other or len(title_words(one)) > len(title_words(other)):
        return one
    return other
