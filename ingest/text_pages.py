"""Text pages: where the pages of a plain text begin that has no form feeds.

In:  an extraction whose lines all stand on one page; the promises of its contents page.
Out: the same lines on their pages, with the places of the page-number lines; the extraction as
     it was where nothing tells the pages.
Errors: `ManifestError` for first words of a page that no line begins with.

Evidence, added up as costs: lines that are page numbers and count on; titles that the contents
page promises on a page; lines that begin with blanks where others don't (a page's first line
keeps them in some extractions), best in the middle of a sentence; and how much fits a page.
The cheapest division is found by dynamic programming over pages.
"""

from __future__ import annotations

import statistics
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.errors import ManifestError
from ingest.flow import FlowLine, Place
from ingest.nearest import nearest_lines
from ingest.page_numbers import printed_number
from ingest.titles import title_words
from search.model import Extraction, PrintedLine, PrintedPage

_LEAST_ANCHORS = 3
_MOST_INDENTED = 0.2  # share of lines; where more are indented, indents say nothing
_MOST_STEP = 2  # from one page number to the next, mostly
_PACE_SLACK = 4.0  # a page-number line may come this much too early or late
_MOST_STARTS = 70  # tried for one page
_ROOM = 1.3  # of the average page: what fits one
_BLANK_LINE = 0.5  # of a line of text, in the measure of a page

_COST_IN_SENTENCE, _COST_INDENTED, _COST_PARAGRAPH, _COST_LINE = 0.0, 0.8, 3.0, 6.0
_COST_OTHER_INDENT = 1.5
_COST_OVERFULL, _COST_SHORT, _COST_EMPTY = 12.0, 1.5, 3.0
_EMPTY = 0.1  # share of a page; less is no page of text


@dataclass(frozen=True, slots=True)
class PagedText:
    """The text on pages; `numbers` are the places of page-number lines."""

    extraction: Extraction
    numbers: frozenset[Place]
    labels: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Line `line` stands on page `page`."""

    line: int
    page: int


def find_pages(
    extraction: Extraction, anchors: Iterable[Anchor], said: Mapping[str, str] | None = None
) -> PagedText:
    """Divide a text into pages.

    `anchors` come from the contents page; `said` are the first words of pages by their number, as
    the editor gives them.
    """
    anchors = list(anchors)
    lines = [line for page in extraction.pages for line in page.lines]
    numbered = _number_lines(lines)
    at_foot = _stand_at_foot(lines, numbered, anchors)
    forced = {a.page + at_foot: a.line + at_foot for a in numbered}
    forced |= _said_starts(lines, said or {})
    free = [a for a in anchors if not _contradicts(a, forced)]
    if len(forced) + len(free) < _LEAST_ANCHORS:
        return PagedText(extraction, frozenset(), {})
    starts = _Division(lines, free, forced).starts()
    pages = _paged(lines, starts)
    gone = {a.line for a in numbered}
    numbers = {_place(starts, line) for line in gone}
    labels = {page.number: str(page.number) for page in pages}
    paged = Extraction(
        media=extraction.media,
        pages=pages,
        metadata=extraction.metadata,
        lost_pages=extraction.lost_pages,
        paged=False,
    )
    return PagedText(paged, frozenset(numbers), labels)


def _said_starts(lines: list[PrintedLine], said: Mapping[str, str]) -> dict[int, int]:
    """The lines that begin with the words the editor gave for a page."""
    starts = {}
    for page, words in said.items():
        wanted = title_words(words)
        found = [k for k, ln in enumerate(lines) if title_words(ln.text)[: len(wanted)] == wanted]
        if not page.isdecimal() or not found:
            raise ManifestError(
                f"at “pages.{page}”: expected a page number and the first words of a line, "
                f"found “{words}” ({nearest_lines(words, lines)})",
                where="manifest.toml",
                fix="Copy the first words of the page as they are printed",
            )
        starts[int(page)] = found[0]
    return starts


def on_one_page(extraction: Extraction) -> Extraction:
    """A text's lines on one page again, as the reader gave them."""
    lines = tuple(line for page in extraction.pages for line in page.lines)
    page = PrintedPage(number=1, lines=lines)
    return Extraction(
        media=extraction.media, pages=(page,), metadata=extraction.metadata, paged=False
    )


def title_anchors(
    lines: Sequence[FlowLine], promised: Iterable[tuple[int | None, str]]
) -> list[Anchor]:
    """Anchors from found titles: (line of the flow, label of the page that was promised)."""
    return [
        Anchor(lines[start].index, int(label))
        for start, label in promised
        if start is not None and label.isdecimal()
    ]


def _number_lines(lines: list[PrintedLine]) -> list[Anchor]:
    """The longest run of lines that are numbers and count up at an even pace."""
    found = [
        Anchor(k, int(number))
        for k, line in enumerate(lines)
        if line.text and (number := printed_number(line.text)).isdecimal()
    ]
    chain = _longest_rising(found)
    if len(chain) < _LEAST_ANCHORS:
        return []
    steps = [b.page - a.page for a, b in pairwise(chain)]
    if statistics.median(steps) > _MOST_STEP:  # figures of a table, which rise by chance
        return []
    pace = statistics.median((b.line - a.line) / (b.page - a.page) for a, b in pairwise(chain))
    kept = chain[:1]
    for anchor in chain[1:]:
        step = (anchor.line - kept[-1].line) / (anchor.page - kept[-1].page)
        if pace / _PACE_SLACK <= step <= pace * _PACE_SLACK:
            kept.append(anchor)
    return kept if len(kept) >= _LEAST_ANCHORS else []


def _longest_rising(anchors: list[Anchor]) -> list[Anchor]:
    tails: list[int] = []  # smallest page that ends a chain of each length
    ends: list[int] = []  # and its anchor
    before: list[int | None] = []
    for k, anchor in enumerate(anchors):
        at = bisect_left(tails, anchor.page)
        tails[at : at + 1] = [anchor.page]
        ends[at : at + 1] = [k]
        before.append(ends[at - 1] if at else None)
    chain: list[Anchor] = []
    last = ends[-1] if ends else None
    while last is not None:
        chain.append(anchors[last])
        last = before[last]
    return chain[::-1]


def _stand_at_foot(lines: list[PrintedLine], numbered: list[Anchor], titles: list[Anchor]) -> bool:
    """Do page numbers follow their page? Titles tell; else where more text lies outside them."""
    if not numbered:
        return False
    by_page = {a.page: a.line for a in numbered}
    at_head = sum(by_page[a.page] <= a.line for a in titles if a.page in by_page)
    at_foot = sum(by_page[a.page] > a.line for a in titles if a.page in by_page)
    if at_head != at_foot:
        return at_foot > at_head
    before = sum(bool(line.text) for line in lines[: numbered[0].line])
    after = sum(bool(line.text) for line in lines[numbered[-1].line + 1 :])
    return before > after


def _contradicts(anchor: Anchor, forced: Mapping[int, int]) -> bool:
    too_late = any(page <= anchor.page and line > anchor.line for page, line in forced.items())
    too_early = any(page > anchor.page and line <= anchor.line for page, line in forced.items())
    return too_late or too_early


class _Division:
    """The cheapest starts of pages 1 … N that keep every anchor on its page."""

    def __init__(
        self, lines: list[PrintedLine], anchors: list[Anchor], forced: Mapping[int, int]
    ) -> None:
        self.lines, self.forced = lines, forced
        self.anchors = sorted(_in_order(anchors), key=lambda a: a.line)
        self.amount = [0.0]
        for line in lines:
            self.amount.append(self.amount[-1] + (1.0 if line.text else _BLANK_LINE))
        self.last_page = max([*forced, *(a.page for a in anchors)])
        self.capacity = _ROOM * self.amount[-1] / self.last_page
        self.titles = {a.line for a in anchors}
        self.indent = _telling_indent(lines)

    def starts(self) -> list[int]:
        """The first line of each page; pages without text share their start with the next."""
        states: dict[int, float] = {0: 0.0}
        steps: list[dict[int, int]] = []
        for page in range(2, self.last_page + 1):
            states, step = self._next_page(page, states)
            steps.append(step)
        end = len(self.lines)
        at = min(states, key=lambda start: states[start] + self._length_cost(start, end))
        chosen = [at]
        for step in reversed(steps):
            at = step[at]
            chosen.append(at)
        return chosen[::-1]

    def _next_page(
        self, page: int, states: Mapping[int, float]
    ) -> tuple[dict[int, float], dict[int, int]]:
        costs: dict[int, float] = {}
        step: dict[int, int] = {}
        for start in self._candidates(page, min(states)):
            before = [s for s in states if s <= start] or [min(states)]
            best = min(before, key=lambda s: states[s] + self._length_cost(s, start))
            cost = states[best] + self._length_cost(best, start) + self._break_cost(start)
            costs[start], step[start] = cost, best
        return costs, step

    def _candidates(self, page: int, earliest: int) -> list[int]:
        if page in self.forced:
            return [max(self.forced[page], earliest)]
        low = max([earliest, *(a.line + 1 for a in self.anchors if a.page < page)])
        high = min([len(self.lines), *(a.line for a in self.anchors if a.page >= page)])
        high = min([high, *(line for p, line in self.forced.items() if p > page)])
        possible = [k for k in range(low, high + 1) if k < len(self.lines) and self.lines[k].text]
        possible.sort(key=lambda k: (self._break_cost(k), -k))
        return sorted(possible[:_MOST_STARTS]) or [max(low, min(high, len(self.lines)))]

    def _break_cost(self, start: int) -> float:
        if start >= len(self.lines):
            return _COST_LINE
        indent = self.lines[start].indent if self.indent else 0
        after_blank = start == 0 or not self.lines[start - 1].text
        cost = _COST_PARAGRAPH if after_blank else _COST_LINE
        if indent:
            cost = _COST_INDENTED if after_blank else _COST_IN_SENTENCE
            cost += _COST_OTHER_INDENT * (indent != self.indent)
        return cost - (start in self.titles)

    def _length_cost(self, start: int, end: int) -> float:
        share = (self.amount[end] - self.amount[start]) / self.capacity
        empty = _COST_EMPTY if share < _EMPTY else 0.0
        return empty + _COST_OVERFULL * max(0.0, share - 1) + _COST_SHORT * max(0.0, 1 - share) ** 2


def _telling_indent(lines: list[PrintedLine]) -> int:
    """The blanks that a page's first line may keep: the usual indent, where indents are rare."""
    indents = Counter(line.indent for line in lines if line.text)
    rare = sum(indents.values()) - indents[0] < _MOST_INDENTED * sum(indents.values())
    del indents[0]
    return indents.most_common(1)[0][0] if indents and rare else 0


def _in_order(anchors: list[Anchor]) -> list[Anchor]:
    """Anchors whose pages do not fall as lines rise."""
    kept: list[Anchor] = []
    for anchor in sorted(anchors, key=lambda a: (a.line, a.page)):
        if not kept or anchor.page >= kept[-1].page:
            kept.append(anchor)
    return kept


def _paged(lines: list[PrintedLine], starts: list[int]) -> tuple[PrintedPage, ...]:
    ends = [*starts[1:], len(lines)]
    return tuple(
        PrintedPage(number=number, lines=tuple(lines[start:end]))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _place(starts: list[int], line: int) -> Place:
    page = sum(start <= line for start in starts)
    return (page, line - starts[page - 1])
