"""Furniture: running heads, feet and page numbers, which are no part of the text.

In:  an extraction with real pages.
Out: the places of the lines to leave out, the labels printed on the pages, the running heads.

A line at the edge of a page is furniture when it is a page number that counts on from page to
page, or when the same words come again at the edge of many pages (or of pages in a row, as the
running title of a chapter does).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.flow import Place
from ingest.page_numbers import consistent_numbers, fill_labels, printed_number
from search.model import Extraction, PrintedLine, PrintedPage

_END_NUMBER = re.compile(r"^\W*(?:\d{1,4}|[ivxlc]+)(?=\s|$)|(?<=\s)(?:\d{1,4}|[ivxlc]+)\W*$")
_NUMBERED_HEAD = re.compile(r"^\d+\b|\b\d+$")
_EDGE_LINES = 2  # lines from the top and from the foot that may be furniture
_EDGE_ZONE = 0.14  # of the page height, where heights are known
_LARGER = 1.12  # beside the body text
_MANY_PAGES = 0.2  # share of pages
_LEAF = 2  # pages
_TWICE = 2
_MANY_HEADS = 0.4  # share of pages
_LEAST_PAGES = 3
_CLEAR = 0.6  # line heights of white between a running head and the text
_MOSTLY = 0.8
_SOME = 0.25
_LONG_HEAD = 30  # characters
_LEAST_IN_A_ROW = 2
_LEADER = re.compile(r"(?:[.…]\s?){3,}")  # an entry of a contents page, no running head
_NUMBERED = re.compile(
    r"^(?:(?P<before>\d{1,4}|[ivxlc]+)\b)?(?P<text>.*?)(?:\b(?P<after>\d{1,4}|[ivxlc]+))?$"
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the text: `labels` has every page, "" where nothing can be told."""

    dropped: frozenset[Place]
    labels: Mapping[int, str]
    running_heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at an edge of a page: `at_top`, its order from the edge, and its height there."""

    place: Place
    line: PrintedLine
    at_top: bool
    is_outermost: bool = False
    clearance: float = 0.0  # line heights to the next line towards the text
    is_like_heading: bool = False  # larger than text, or numbered otherwise than pages are

    @property
    def words(self) -> str:
        return _words_of(self.line)

    @property
    def position(self) -> tuple[bool, int, int]:
        """Where on the page and how large: lines of one running head agree in it."""
        top = round(self.line.box.top / 4) if self.line.box else 0
        return (self.at_top, top, round(self.line.size_pt * 2))


def find_furniture(extraction: Extraction) -> Furniture:
    """Find the running heads, feet and page numbers of a paged extraction."""
    body_size = _body_size(extraction)
    edges = [edge for page in extraction.pages for edge in _edges(page, body_size)]
    edges = _without_heading_numbers(edges)
    numbers = consistent_numbers(_numbers_by_page(edges))
    number_places = {
        edge.place: printed_number(edge.line.text)
        for edge in edges
        if numbers.get(edge.place[0], " ") in _numbers_of(edge)
    }
    number_places |= _numbers_within(extraction, numbers)
    heads = _outermost(_running_heads(edges, extraction.pages, numbers), edges, number_places)
    printed = numbers or {p.number: p.label for p in extraction.pages if p.label}
    return Furniture(
        dropped=frozenset(place for place, text in number_places.items() if text)
        | frozenset(edge.place for edge in heads),
        labels=fill_labels(printed, [page.number for page in extraction.pages]),
        running_heads=tuple(
            dict.fromkeys(_unnumbered(edge, numbers.get(edge.place[0], "")) for edge in heads)
        ),
    )


def _unnumbered(head: _Edge, number: str) -> str:
    """A running head without the number of its page."""
    text = head.line.text.strip()
    own = re.escape(number)
    rest = re.sub(rf"^{own}\b\s*|\s*\b{own}$", "", text) if number else text
    return rest or text


def _outermost(
    heads: Sequence[_Edge], edges: Sequence[_Edge], numbers: Collection[Place]
) -> list[_Edge]:
    """The heads without those that text stands outside of: they are headings at a page's top."""
    around = {edge.place for edge in heads} | set(numbers)
    text = {(e.place[0], e.at_top) for e in edges if e.is_outermost and e.place not in around}
    return [head for head in heads if (head.place[0], head.at_top) not in text]


def _body_size(extraction: Extraction) -> float:
    letters: Counter[float] = Counter()
    for page in extraction.pages:
        for line in page.lines:
            letters[line.size_pt] += len(line.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def _edges(page: PrintedPage, body_size: float) -> Iterator[_Edge]:
    lines = [(k, line) for k, line in enumerate(page.lines) if line.text.strip()]
    if any(line.box for _, line in lines):
        lines.sort(key=lambda at: at[1].box.top if at[1].box else 0.0)
    last = len(lines)
    near = [k for k in range(last) if k < _EDGE_LINES or k >= last - _EDGE_LINES]
    for k in near:
        at_top = k < _EDGE_LINES and not _is_at_foot(page, lines[k][1])
        index, line = lines[k]
        if _in_zone(page, line, at_top=at_top) and not _LEADER.search(line.text):
            clearance = _clearance(lines, k, at_top=at_top)
            outermost = k == (0 if at_top else last - 1)
            is_large = line.size_pt > body_size * _LARGER
            yield _Edge((page.number, index), line, at_top, outermost, clearance, is_large)


def _is_at_foot(page: PrintedPage, line: PrintedLine) -> bool:
    """Does a line stand in the lower half? A page of few lines may hold but its number there."""
    return line.box is not None and line.box.top * 2 > page.height_pt > 0


def _clearance(lines: list[tuple[int, PrintedLine]], at: int, *, at_top: bool) -> float:
    other = at + 1 if at_top else at - 1
    box = lines[at][1].box
    next_box = lines[other][1].box if 0 <= other < len(lines) else None
    if box is None or next_box is None:
        return float(abs(lines[other][0] - lines[at][0]) - 1) if 0 <= other < len(lines) else 0.0
    gap = next_box.top - box.bottom if at_top else box.top - next_box.bottom
    return gap / max(box.bottom - box.top, 1.0)


def _words_of(line: PrintedLine) -> str:
    """The words of a line without a number at either end, which may be the page's."""
    return re.sub(r"\W+", " ", _END_NUMBER.sub("", line.text)).casefold().strip()


def _headings_on(page: PrintedPage) -> frozenset[str]:
    """The words of a page's lines, alone and two by two; entries of a contents page are none."""
    words = [_words_of(line) for line in page.lines if not _LEADER.search(line.text)]
    pairs = (f"{one} {two}" for one, two in pairwise(words))
    return frozenset([*words, *pairs])


def _in_zone(page: PrintedPage, line: PrintedLine, *, at_top: bool) -> bool:
    if not line.box or not page.height_pt:
        return True
    depth = line.box.bottom if at_top else page.height_pt - line.box.top
    return depth < page.height_pt * _EDGE_ZONE


def _numbers_of(edge: _Edge) -> set[str]:
    """The numbers that a line may show: the whole of it, or at either end of a running head."""
    alone = printed_number(edge.line.text)
    if edge.is_like_heading:
        return {alone} - {""}
    found = _NUMBERED.match(edge.line.text.strip())
    ends = {found["before"], found["after"]} if found else set()
    return {number for number in {alone, *ends} if number}


def _without_heading_numbers(edges: Sequence[_Edge]) -> list[_Edge]:
    """Numbers beside words that never come again count pages only where most do so alike.

    The first line of a page may be a heading with a number of its own.
    """
    times = Counter(edge.words for edge in edges)
    once = {
        edge.place: number
        for edge in edges
        if edge.words and times[edge.words] == 1
        for number in _numbers_of(edge)
        if number.isdecimal()
    }
    steps = Counter(int(number) - place[0] for place, number in once.items())
    usual = max(steps.values(), default=0)
    if usual >= _MOSTLY * len(once):
        return list(edges)
    return [replace(e, is_like_heading=True) if e.place in once else e for e in edges]


def _numbers_by_page(edges: list[_Edge]) -> dict[int, list[str]]:
    numbers: dict[int, list[str]] = defaultdict(list)
    for edge in edges:
        numbers[edge.place[0]].extend(sorted(_numbers_of(edge)))
    return numbers


def _numbers_within(extraction: Extraction, numbers: Mapping[int, str]) -> dict[Place, str]:
    """In a plain text captions may come after the page number: it then stands alone on a line."""
    if extraction.media != "text":
        return {}
    expected = fill_labels(numbers, [page.number for page in extraction.pages])
    return {
        (page.number, index): line.text
        for page in extraction.pages
        for index, line in enumerate(page.lines)
        if line.text and line.text.strip() == expected[page.number]
    }


def _running_heads(
    edges: list[_Edge], pages: Sequence[PrintedPage], numbers: Mapping[int, str]
) -> list[_Edge]:
    """Edge lines whose words come again; then all lines of a place that mostly holds such.

    In a plain text the first of them may be the very heading that the others repeat; it stays.
    """
    page_count = len(pages)
    printed = {page.number: _headings_on(page) for page in pages}
    by_words: dict[tuple[object, ...], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if edge.words:
            by_words[(edge.words, *edge.position)].append(edge)
    within = Counter(words for page in pages for words in _words_within(page))
    groups = [
        group
        for group in by_words.values()
        if _is_running(group, page_count, numbers) and not _heads_text(group, within)
    ]
    if sum(map(len, groups)) >= page_count * _MANY_HEADS:
        groups += [g for g in by_words.values() if g not in groups and _comes_again_soon(g)]
    sure = [
        edge
        for group in groups
        for edge in (group if _is_repeated(group[0], printed) else group[1:])
    ]
    sure += _numbered_heads(edges, page_count, numbers)
    sure_places = {edge.place for edge in sure}
    sure += _clear_heads(edges, pages, sure_places)
    by_position: dict[tuple[object, ...], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if edge.line.box and edge.words:
            by_position[edge.position].append(edge)
    for group in by_position.values():
        known = sum(edge.place in sure_places for edge in group)
        mostly, partly = known * 3 >= len(group) * 2, known * 3 >= len(group)
        if mostly or (partly and _is_apart(group, page_count)):
            sure.extend(edge for edge in group if edge.place not in sure_places)
    return sure


def _numbered_heads(edges: list[_Edge], page_count: int, numbers: Mapping[int, str]) -> list[_Edge]:
    """Outermost lines with the page's own number, where many pages have such a line."""
    heads = [
        edge
        for edge in edges
        if edge.is_outermost and edge.words and numbers.get(edge.place[0], " ") in _numbers_of(edge)
    ]
    return heads if len(heads) >= page_count * _MANY_HEADS else []


def _clear_heads(
    edges: list[_Edge], pages: Sequence[PrintedPage], sure_places: set[Place]
) -> list[_Edge]:
    """In a plain text: outermost lines set off by a blank line that repeat an earlier line.

    Only where most pages have such a line and many of them are known as running heads.
    """
    clear = [e for e in edges if e.is_outermost and e.at_top and e.words and not e.line.box]
    clear = [e for e in clear if e.clearance > _CLEAR]
    known = sum(edge.place in sure_places for edge in clear)
    if len(clear) < len(pages) * _MOSTLY or known < len(clear) * _SOME:
        return []
    earlier: set[str] = set()
    texts: dict[int, set[str]] = {}
    for page in pages:
        own = [_words_of(ln) for ln in page.lines if not _LEADER.search(ln.text)]
        texts[page.number] = earlier | {
            words for k, words in enumerate(own) if own.index(words) < k
        }
        texts[page.number] |= set(own[2:])
        earlier = earlier | set(own)
    return [
        edge
        for edge in clear
        if edge.place not in sure_places
        and any(_repeats(edge.words, words) for words in texts[edge.place[0]])
    ]


def _repeats(head: str, words: str) -> bool:
    """Are these the words of a running head, which may be cut short where it is long?"""
    return words == head or (len(head) >= _LONG_HEAD and words.startswith(head))


def _comes_again_soon(group: list[_Edge]) -> bool:
    """Twice within a leaf at the very edge: enough in a text most of whose pages have heads."""
    pages = sorted({edge.place[0] for edge in group})
    if any(edge.line.box or not edge.is_outermost for edge in group):
        return False
    return len(pages) == _TWICE and pages[1] - pages[0] <= _LEAF


def _is_repeated(first: _Edge, printed: Mapping[int, frozenset[str]]) -> bool:
    """Is the first of a group a running head too, and not the heading that the others repeat?

    In a PDF it has the same place and size as the others. In a plain text the heading itself would
    stand on a page before, on one line or two.
    """
    if first.line.box or _NUMBERED_HEAD.search(first.line.text):
        return True
    return any(first.words in printed[page] for page in printed if page < first.place[0])


def _words_within(page: PrintedPage) -> list[str]:
    """The words of each line away from the edges of a page."""
    lines = [line for line in page.lines if line.text.strip()]
    return [_words_of(line) for line in lines[_EDGE_LINES : len(lines) - _EDGE_LINES]]


def _heads_text(group: list[_Edge], within: Mapping[str, int]) -> bool:
    """Do the words stand within pages as well, many times? Then they are a recurring heading."""
    times = within.get(group[0].words, 0)
    return times >= _LEAST_PAGES and times * 2 >= len(group)


def _is_apart(group: list[_Edge], page_count: int) -> bool:
    """Do the lines of one place stand clear of the text, on many pages?"""
    clear = sum(edge.clearance > _CLEAR for edge in group)
    return clear >= len(group) * _MOSTLY and len(group) >= page_count * _MANY_PAGES


def _is_running(group: list[_Edge], page_count: int, numbers: Mapping[int, str]) -> bool:
    """Does the line come on many pages, on pages in a row, or with each page's number?"""
    pages = sorted({edge.place[0] for edge in group})
    numbered = [e for e in group if numbers.get(e.place[0], " ") in _numbers_of(e)]
    if len(numbered) >= _LEAST_IN_A_ROW and len(numbered) * 2 > len(group):
        return True
    in_a_row = sum(after - before <= _LEAF for before, after in pairwise(pages))
    many = len(pages) >= max(_LEAST_PAGES, page_count * _MANY_PAGES)
    return many or (
        len(pages) >= _LEAST_PAGES and in_a_row >= max(_LEAST_IN_A_ROW, len(pages) // 2)
    )
