"""Contents match: the promises of the contents page, found in the text.

In:  the flow, the contents page, and which page of the file carries which label.
Out: every entry with its title made whole, its organisation, the group it opens, and the lines
     where the title stands (None where the text does not deliver it).

Titles are compared fuzzily, because contents pages word them otherwise; order and page number
decide between equals, since a title may come again in running text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.alignment import Placing, heaviest_in_order
from ingest.contents_page import ContentsEntry, ContentsPage
from ingest.flow import Flow
from ingest.printed_titles import PrintedTitles
from ingest.repair import join_lines
from ingest.titles import likeness, squeeze, title_words

_LIKE_ON_PAGE = 0.62
_UNLIKE = 0.5  # weight of what is not alike, beyond its own
_LIKE_ENOUGH = 0.8  # then no other way to read the entry is tried
_DELIVERED = 0.8  # share of entries that a contents page with right numbers delivers
_MOST_ABOVE = 3  # lines of a wrapped entry before its last
_WRAPS_AT = 0.5  # of a full line: a shorter one does not wrap
_WORD_WEIGHT = 0.05  # a longer title is surer
_ORGANISATION_SHARE = 0.5  # of the entries that have a line above: then it is a pattern
_LIKE_GROUP = 0.82
_GROUP_REACH = 14  # lines above a title in which the name of its group may stand


@dataclass(frozen=True, slots=True)
class Promise:
    """An entry of the contents page, read beside the text.

    Attributes:
        title: Made whole where it wrapped.
        page_label: As printed in the contents; "" where lost.
        page: The page of the file, where known.
        organisation: The line above it, where the contents page gives one for most entries.
        group: The division that opens with this entry; "" for none.
        start: First line of the title in the flow, None where it was not found.
        end: After the last line of the title.
        score: How sure the match is, 0 to 1.
        left: Left edge of the entry on the contents page.
        group_start: First line of the group's name in the flow; None where not found.
    """

    title: str
    page_label: str
    page: int | None
    organisation: str = ""
    group: str = ""
    start: int | None = None
    end: int | None = None
    score: float = 0.0
    left: float = 0.0
    prominence: tuple[int, bool, bool] = (0, False, False)
    group_start: int | None = None


def match_contents(
    flow: Flow, contents: ContentsPage, labels: Mapping[int, str]
) -> tuple[Promise, ...]:
    """Find every entry of the contents page in the text, in order."""
    outside = range(contents.start, contents.end)
    page_of = _page_of_label(flow, contents, labels)
    found = match_entries(flow, contents.entries, page_of, outside)
    delivered = sum(promise.start is not None for promise in found)
    if page_of and delivered < len(found) * _DELIVERED:
        # The numbers mislead: an old contents page, or other pages than the print had.
        anywhere = match_entries(flow, contents.entries, {}, outside)
        if sum(promise.start is not None for promise in anywhere) > delivered:
            return anywhere
    return found


def match_entries(
    flow: Flow, entries: Sequence[ContentsEntry], page_of: Mapping[str, int], outside: range
) -> tuple[Promise, ...]:
    """Find promised titles in the text, in order, outside the lines of the contents page."""
    if not entries:
        return ()
    placings: list[Placing] = []
    forms: dict[tuple[int, int, int], int] = {}
    places = _Places(flow, outside)
    for rank, entry in enumerate(entries):
        for lines_above, placing in places.placings(rank, entry, page_of.get(entry.page_label)):
            placings.append(placing)
            forms.setdefault((rank, placing.start, placing.end), lines_above)
    chosen = {placing.rank: placing for placing in heaviest_in_order(placings)}
    chosen.update(places.between_neighbours(entries, chosen))
    used = [
        forms.get((rank, chosen[rank].start, chosen[rank].end), 0)
        if rank in chosen
        else _wraps(entry).start
        for rank, entry in enumerate(entries)
    ]
    return tuple(
        _promise(flow, entry, page_of.get(entry.page_label), chosen.get(rank), above)
        for (rank, entry), above in zip(
            enumerate(entries), _divide_above(entries, used), strict=True
        )
    )


@dataclass(frozen=True, slots=True)
class _Above:
    """The lines above an entry by what they are."""

    title: tuple[str, ...]
    organisation: str
    group: str


def _wraps(entry: ContentsEntry) -> range:
    """How many lines above may belong to an entry's title, least first.

    A line in small letters goes on from the one above it; a short line does not wrap.
    """
    least = 0
    while least < len(entry.above) and _is_lower(([entry.title, *entry.above[::-1]])[least]):
        least += 1
    most = least
    fills = entry.above_fill[::-1]
    while most < min(_MOST_ABOVE, len(entry.above)) and fills[most] >= _WRAPS_AT:
        most += 1
    return range(least, most + 1)


def _is_lower(text: str) -> bool:
    return next((c for c in text if c.isalnum()), "").islower()


def _divide_above(entries: Sequence[ContentsEntry], used: list[int]) -> list[_Above]:
    """Tell organisations from names of groups: the former stand above most entries."""
    rest = [
        e.above[: len(e.above) - n] if n else e.above for e, n in zip(entries, used, strict=True)
    ]
    titles = [e.above[len(e.above) - n :] if n else () for e, n in zip(entries, used, strict=True)]
    has_organisations = sum(bool(lines) for lines in rest) > len(rest) * _ORGANISATION_SHARE
    divided = []
    for title, lines in zip(titles, rest, strict=True):
        organisation = lines[-1] if lines and has_organisations else ""
        groups = lines[:-1] if organisation else lines
        divided.append(_Above(title, organisation, groups[-1] if groups else ""))
    return divided


def _promise(
    flow: Flow, entry: ContentsEntry, page: int | None, placing: Placing | None, above: _Above
) -> Promise:
    return Promise(
        title=join_lines([*above.title, entry.title], flow.words).text,
        page_label=entry.page_label,
        page=page,
        organisation=above.organisation,
        group=above.group,
        start=placing.start if placing else None,
        end=placing.end if placing else None,
        score=placing.score if placing else 0.0,
        left=entry.above_left[-len(above.title)] if above.title else entry.left,
        prominence=entry.prominence,
        group_start=_find_group(flow, above.group, placing.start) if placing else None,
    )


def _find_group(flow: Flow, group: str, title_start: int) -> int | None:
    """The line above a title on which the name of its group stands."""
    if not group:
        return None
    reach = range(title_start - 1, max(-1, title_start - _GROUP_REACH), -1)
    return next((k for k in reach if likeness(flow.lines[k].text, group) >= _LIKE_GROUP), None)


def _page_of_label(flow: Flow, contents: ContentsPage, labels: Mapping[int, str]) -> dict[str, int]:
    """Which page of the file each promised label is; by exact titles where labels are missing."""
    known = {label: page for page, label in sorted(labels.items(), reverse=True) if label}
    if known or len({line.page for line in flow.lines}) < 2:  # noqa: PLR2004 - one page is none
        return known
    at: dict[str, list[int]] = {}
    for line in flow.lines[contents.end :]:
        at.setdefault(squeeze(line.text), []).append(line.page)
    offsets: Counter[int] = Counter()
    for entry in contents.entries:
        if entry.page_label.isdecimal():
            pages = at.get(squeeze(entry.title), ())
            offsets.update({page - int(entry.page_label) for page in pages})
    offset = offsets.most_common(1)[0][0] if offsets else 0
    return {
        e.page_label: int(e.page_label) + offset
        for e in contents.entries
        if e.page_label.isdecimal()
    }


class _Places:
    """Where the entries of a list of titles may stand in the text."""

    def __init__(self, flow: Flow, excluded: range) -> None:
        self.flow = flow
        self.titles = PrintedTitles(flow, excluded)

    def placings(
        self, rank: int, entry: ContentsEntry, page: int | None
    ) -> Iterator[tuple[int, Placing]]:
        """Where an entry may stand, with how many of the lines above it are of its title.

        Lines above are tried only for an entry that does not stand well for itself: one that
        goes on in small letters, or that the text has not, or only as the end of a longer title.
        """
        for used in _wraps(entry):
            lines = [*entry.above[len(entry.above) - used :], entry.title]
            title = join_lines(lines, self.flow.words).text
            near = list(self.titles.near(title, page) if page else self.titles.anywhere(title))
            weight = 1 + _WORD_WEIGHT * len(title_words(title))
            for (start, end), like in near:
                score = like - _UNLIKE * (1 - like) + self._standing(start, end)
                if score > 0:
                    yield used, Placing(rank, start, end, score * weight)
            best = max(near, key=lambda found: found[1], default=None)
            if best and best[1] >= _LIKE_ENOUGH and self._is_whole(best[0][0]):
                return

    def _is_whole(self, start: int) -> bool:
        """Does a title begin here, and not go on from a line of its own kind?"""
        line = self.flow.lines[start]
        if start == 0 or line.stands_off:
            return True
        before = self.flow.lines[start - 1]
        ended = before.ends_sentence and not self.flow.is_prominent(start)
        return before.style != line.style or ended

    def between_neighbours(
        self, entries: Sequence[ContentsEntry], chosen: Mapping[int, Placing]
    ) -> dict[int, Placing]:
        """Entries worded otherwise in the text: looked for between the titles around them."""
        found: dict[int, Placing] = {}
        for rank in set(range(len(entries))) - set(chosen):
            lo = max((chosen[r].end for r in chosen if r < rank), default=0)
            hi = min((chosen[r].start for r in chosen if r > rank), default=len(self.flow.lines))
            start = next(
                (k for k in range(lo, hi) if self.titles.as_part(entries[rank].title, k)), None
            )
            if start is not None and self.titles.is_possible((start, start + 1)):
                found[rank] = Placing(rank, start, start + 1, _LIKE_ON_PAGE)
        return found

    def _standing(self, start: int, end: int) -> float:
        """Prefer lines that stand alone to the same words in running text."""
        first, last = self.flow.lines[start], self.flow.lines[end - 1]
        score = 0.0
        if first.starts_lower or last.text.endswith((",", ";")):
            score -= 0.3
        if self.flow.is_prominent(start):
            score += 0.15
        if first.stands_off:
            score += 0.02
        if start and not first.stands_off and not self.flow.lines[start - 1].ends_sentence:
            score -= 0.02 + 0.15 * (self.flow.lines[start - 1].fill > 0.85)  # noqa: PLR2004
        return score
