"""Header shapes: headers that no outline, contents page or larger type gives away.

In:  the flow and the recurring section headings; headers that are known already.
Out: further headers, each before a section that begins the round again.

The lines right above a section heading are a header when they are short, end no sentence and are
no data ("Tel.: …"). That alone would take in the last words of a list; so the round must begin
again there: the section came before in this case, or what stands above it usually ends a case.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.counters import without_counter
from ingest.flow import Flow
from ingest.headers import Header
from ingest.headings import Heading
from ingest.titles import title_words

_MOST_LINES = 8
_MOST_GROUPS = 4  # a caption above, part, title, organisation
_USUALLY = 0.6
_NEAR = 14  # lines below in which an organisation comes again
_LABEL = ":"
_DOUBT = "only its shape tells this title"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Round:
    """A section heading with the header-like lines above it, in groups from the top."""

    section: Heading
    before: str  # label of the section before; "" for the first
    groups: tuple[Span, ...]


def shaped_headers(
    flow: Flow, sections: Sequence[Heading], known: Sequence[Header]
) -> list[Header]:
    """Headers told by shape alone, where no known header opens the case."""
    rounds = _rounds(flow, sections)
    closing = _closing_labels(rounds)
    opened: list[_Round] = []
    seen: set[str] = set()
    floor = 0
    for item in rounds:
        again = item.section.label in seen or item.before in {"", *closing}
        if any(_opens(flow, header, floor, item.section) for header in known):
            seen = set()
        elif again and item.groups:
            opened.append(item)
            seen = set()
        seen.add(item.section.label)
        floor = item.section.end
    opened = _cut_where_lines_break(flow, opened)
    usual = _usual_count(opened)
    opened = [replace(item, groups=_as_usual(item.groups, usual)) for item in opened]
    # One more than usual is the name of a part; what stands above that is a caption.
    opened = [replace(item, groups=item.groups[-usual - 1 :]) for item in opened]
    return [
        _header(flow, item, with_part=with_part)
        for item, with_part in zip(opened, _with_parts(opened), strict=True)
    ]


def _cut_where_lines_break(flow: Flow, opened: list[_Round]) -> list[_Round]:
    """Cut the last groups where a line had room for more: a title ends there, no line wraps.

    Only where most headers have such a place, for titles may be broken by sense as well.
    """
    cut = [replace(item, groups=_cut_last(flow, item.groups)) for item in opened]
    parted = sum(
        len(one.groups) < len(other.groups) for one, other in zip(opened, cut, strict=True)
    )
    return cut if parted >= _USUALLY * len(opened) else opened


def _cut_last(flow: Flow, groups: tuple[Span, ...]) -> tuple[Span, ...]:
    start, end = groups[-1]
    at = next((k for k in range(start + 1, end) if flow.breaks_early(k - 1, k)), end)
    return (*groups[:-1], (start, at), (at, end)) if at < end else groups


def _as_usual(groups: tuple[Span, ...], usual: int) -> tuple[Span, ...]:
    """One group of several lines, where others have two groups: its last line is the second."""
    start, end = groups[-1]
    if len(groups) == 1 < usual and end - start > 1:
        return ((start, end - 1), (end - 1, end))
    return groups


def _usual_count(opened: Sequence[_Round]) -> int:
    """How many groups most headers have; the fewer where two counts are as frequent.

    A single group of several lines may be two that no space parts; it gives way to others.
    """
    counts = Counter(len(item.groups) for item in opened)
    most = sorted(count for count in counts if counts[count] == max(counts.values()))
    single = [item.groups[0] for item in opened if len(item.groups) == 1]
    if len(most) > 1 and most[0] == 1 and all(end - start > 1 for start, end in single):
        return most[1]
    return most[0] if most else 0


def _with_parts(opened: Sequence[_Round]) -> list[bool]:
    """Which headers open a part: those with a group too many; where some do, the first does."""
    if not opened:
        return []
    usual = _usual_count(opened)
    more = [len(item.groups) > usual for item in opened]
    more[0] = more[0] or (any(more) and opened[0].before == "" and len(opened[0].groups) > 1)
    return more


def _opens(flow: Flow, header: Header, floor: int, section: Heading) -> bool:
    """Does a known header open the case of this section?

    One that is only called as front matter is does not, when text lies between.
    """
    if not floor <= header.start <= section.start:
        return False
    promised = header.heading is not None and header.heading.is_promised
    text = any(flow.lines[k].ends_sentence for k in range(header.end, section.start))
    larger = header.heading is not None and "much larger type" in header.heading.evidence
    return promised or larger or not text


def _rounds(flow: Flow, sections: Sequence[Heading]) -> list[_Round]:
    rounds = []
    has_own_type = any(flow.is_prominent(k) for k in range(len(flow.lines)))
    for rank, section in enumerate(sections):
        before = sections[rank - 1] if rank else None
        floor = before.end if before else 0
        groups = _groups(flow, floor, section.start, has_own_type=has_own_type)
        rounds.append(_Round(section, before.label if before else "", tuple(groups)))
    return rounds


def _closing_labels(rounds: Sequence[_Round]) -> frozenset[str]:
    """Sections after which header-like lines usually follow: the last ones of a case."""
    followed: dict[str, list[bool]] = defaultdict(list)
    for item in rounds:
        followed[item.before].append(bool(item.groups))
    return frozenset(
        label
        for label, have in followed.items()
        if len(have) > 1 and sum(have) >= _USUALLY * len(have)
    )


def _groups(flow: Flow, floor: int, section_start: int, *, has_own_type: bool) -> list[Span]:
    """The header-like lines above a section, cut where a space or another type parts them."""
    start = section_start
    while start > max(floor, section_start - _MOST_LINES) and _is_title_like(flow, start - 1):
        start -= 1
    groups: list[Span] = []
    for k in range(start, section_start):
        line = flow.lines[k]
        parted = line.stands_off or line.style != flow.lines[k - 1].style
        if groups and not parted:
            groups[-1] = (groups[-1][0], k + 1)
        else:
            groups.append((k, k + 1))
    above = groups[0][0] if groups else 0
    if len(groups) > 1 and (above == 0 or not flow.lines[above].stands_off):
        groups = groups[1:]  # the book's own title, or the end of a list or of data: no header
    groups = _prominent(flow, groups, has_own_type=has_own_type)[-_MOST_GROUPS:]
    return _organisation_apart(flow, groups, section_start)


def _organisation_apart(flow: Flow, groups: list[Span], section_start: int) -> list[Span]:
    """The last line of the last group is an organisation if the text below names it again."""
    if groups and len(groups) < _MOST_GROUPS:
        start, end = groups[-1]
        if end - start > 1 and _is_named_below(flow, end - 1, section_start):
            return [*groups[:-1], (start, end - 1), (end - 1, end)]
    return groups


def _prominent(flow: Flow, groups: list[Span], *, has_own_type: bool) -> list[Span]:
    """Where headings have a type of their own, from the first group that is set in one."""
    if not has_own_type:
        return groups
    firsts = [rank for rank, group in enumerate(groups) if flow.is_prominent(group[0])]
    if not firsts:
        return []
    first = firsts[0]
    above = flow.lines[groups[first - 1][0]] if first else None
    is_organisation = above is not None and above.style != flow.body and above.centred
    return groups[first - is_organisation :]


def _is_title_like(flow: Flow, index: int) -> bool:
    line = flow.lines[index]
    is_data = _LABEL in without_counter(line.text).removesuffix(_LABEL) or "@" in line.text
    ends = line.ends_sentence and not line.text.endswith(("?", "!", "”", '"', "»"))
    return not ends and not is_data and line.text[0] not in "•-–*"


def _header(flow: Flow, item: _Round, *, with_part: bool) -> Header:
    groups = list(item.groups)
    part = groups.pop(0) if with_part else None
    title, organisation = _title_and_organisation(flow, groups)
    return Header(
        start=part[0] if part else groups[0][0],
        end=item.section.start,
        title=flow.joined(*title),
        title_span=title,
        organisation=flow.joined(*organisation) if organisation else "",
        part=flow.joined(*part) if part else "",
        part_end=part[1] if part else None,
        doubts=(_DOUBT,),
    )


def _title_and_organisation(flow: Flow, groups: list[Span]) -> tuple[Span, Span | None]:
    """Of several groups the last is an organisation, or the first if it is set more lightly."""
    if len(groups) > 1:
        upper, lower = flow.lines[groups[0][0]].style, flow.lines[groups[-1][0]].style
        if upper.prominence < lower.prominence and not flow.is_prominent(groups[0][0]):
            return (groups[1][0], groups[-1][1]), groups[0]
        return (groups[0][0], groups[-2][1]), groups[-1]
    return groups[0], None


def _is_named_below(flow: Flow, index: int, section_start: int) -> bool:
    """Do most words of the line come again in the text right below? A title's seldom do."""
    words = set(title_words(flow.lines[index].text))
    below = flow.joined(section_start, min(section_start + _NEAR, len(flow.lines)))
    return len(words & set(title_words(below))) * 2 > len(words)
