"""Passages: the sentences of a section that answer a question, cut from what is stored of it.

In:  a segment's sections, a section's number, what is looked for in each of its texts.
Out: `Passage`s: whole sentences, best first: most of the wanted words, then most phrases, then
     text order. Those that one match runs across go together. A sentence over `MAX_LENGTH`
     characters is cut at word boundaries around its matches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from search.documents import STRANDS
from search.highlights import merged
from search.results import Passage
from search.snapshot.fields import FIELD_COUNT, FIELD_NUMBERS
from search.snapshot.marking import Finder, Stretch
from search.snapshot.segment import SegmentScope
from search.snapshot.stored import Layout

MAX_LENGTH = 420  # of a passage, in characters; longer sentences are cut
LEAD = 120  # characters kept before the first match of a cut sentence

_FIELDS = tuple(FIELD_NUMBERS[name] for name in STRANDS)

Span = tuple[int, int]


class Sought(NamedTuple):
    """What is looked for in texts of one field, and what must not be marked there."""

    finders: Sequence[Finder]
    unwanted: Sequence[Finder]


class FoundPassages(NamedTuple):
    """The best passages with a mark, and how many more sentences have one.

    `plain` stands for a text in which nothing can be marked.
    """

    marked: list[Passage]
    plain: Passage | None
    more: int


# First and last word of what a finder matched, the finder's number, whether it is a phrase.
_Match = tuple[int, int, int, bool]


class _Candidate:
    """A run of whole sentences and the matches inside."""

    __slots__ = ("first", "last", "matches")

    def __init__(self, first: int, last: int, matches: list[_Match]) -> None:
        self.first, self.last, self.matches = first, last, matches

    def rank(self) -> tuple[int, int, int]:
        """Return the sort key: distinct wanted words, phrase hits, text order."""
        matches = self.matches
        if len(matches) == 1:
            return -1, -matches[0][3], self.first
        wanted = len({leaf for _, _, leaf, _ in matches})
        return -wanted, -sum(is_phrase for _, _, _, is_phrase in matches), self.first


def section_passages(
    scope: SegmentScope, number: int, sought: Mapping[str, Sought], limit: int
) -> FoundPassages:
    """Return up to `limit` passages of each of a section's texts."""
    marked: list[Passage] = []
    plain: Passage | None = None
    more = at = 0
    body = scope.stored.body(number)
    for layout in scope.stored.layouts(number):
        candidates = _candidates(layout, _matches(scope, number, layout, sought))
        if len(candidates) > 1:
            candidates.sort(key=_Candidate.rank)
            more += max(0, len(candidates) - limit)
        elif not candidates and plain is None:
            candidates = [_Candidate(0, 0, [])]
        for candidate in candidates[:limit]:
            passage = _passage(StoredStrand(layout, body, at), candidate)
            if passage.highlights:
                marked.append(passage)
            else:
                plain = plain or passage
        at += 2 * layout.words + layout.text_bytes
    return FoundPassages(marked, plain, more)


class StoredStrand:
    """One text of a section: its layout, and where its spans and its text stand in the body."""

    __slots__ = ("_at", "_body", "layout")

    def __init__(self, layout: Layout, body: memoryview, at: int) -> None:
        self.layout, self._body, self._at = layout, body, at

    def text(self) -> str:
        """Return all of it."""
        at = self._at + 2 * self.layout.words
        return str(self._body[at : at + self.layout.text_bytes], "utf-8")

    def sentence_text(self, first: int, last: int) -> str:
        """Return some sentences."""
        layout = self.layout
        places = layout.sentence_bytes or layout.sentences
        at = self._at + 2 * layout.words
        end = places[last + 1] if last + 1 < len(places) else layout.text_bytes
        return str(self._body[at + places[first] : at + end], "utf-8").rstrip()

    def span(self, match: _Match) -> Span:
        """Return where in the text a match begins and ends."""
        first, last, _, _ = match
        sentences = self.layout.sentence_words
        here = bisect_right(sentences, first) - 1
        start = self._place(here, 2 * first + 1)
        if first == last:
            return start, start + self._count(2 * first + 1, 2 * first + 2)
        there = bisect_right(sentences, last, here) - 1
        return start, self._place(there, 2 * last + 2)

    def _place(self, sentence: int, end: int) -> int:
        """Return the place that the bytes of a sentence's spans lead to, up to an end."""
        layout = self.layout
        return layout.sentences[sentence] + self._count(2 * layout.sentence_words[sentence], end)

    def _count(self, start: int, end: int) -> int:
        """Add up the characters that bytes of spans stand for."""
        count = sum(self._body[self._at + start : self._at + end])
        if wide := self.layout.wide:
            pairs = zip(wide[::2], wide[1::2], strict=True)
            count += sum(more for at, more in pairs if start <= at < end)
        return count


def _matches(
    scope: SegmentScope,
    number: int,
    layout: Layout,
    sought: Mapping[str, Sought],
) -> list[_Match]:
    """Return what is matched in one text of a section, in text order."""
    field = layout.strand
    finders, unwanted = sought[STRANDS[field]]
    first = scope.first_address(number * FIELD_COUNT + _FIELDS[field])
    stretch = Stretch(first, first + layout.words)
    if wholes := layout.wholes:
        parts = dict(zip(wholes[::2], wholes[1::2], strict=True))
        language = scope.stored.own_fields(number)[-1]
        stretch = Stretch(first, first + layout.words, language, parts)
    found = [
        (*pair, leaf, finder.is_phrase)
        for leaf, finder in enumerate(finders)
        for pair in finder.pairs(stretch)
    ]
    if unwanted:
        avoid = {pair for finder in unwanted for pair in finder.pairs(stretch)}
        found = [match for match in found if match[:2] not in avoid]
    found.sort()
    return found


def _candidates(layout: Layout, matches: Sequence[_Match]) -> list[_Candidate]:
    """Return the sentences with a match; those that one match runs across go together."""
    sentences = layout.sentence_words
    found: list[_Candidate] = []
    for match in matches:
        begin, end, _, _ = match
        first = bisect_right(sentences, begin) - 1
        last = first if begin == end else bisect_right(sentences, end, first) - 1
        if found and first <= found[-1].last:
            found[-1].last = max(found[-1].last, last)
            found[-1].matches.append(match)
        else:
            found.append(_Candidate(first, last, [match]))
    return found


def _passage(strand: StoredStrand, candidate: _Candidate) -> Passage:
    layout = strand.layout
    text = strand.sentence_text(candidate.first, candidate.last)
    begin = layout.sentences[candidate.first]
    spans = [strand.span(match) for match in candidate.matches]
    if len(text) > MAX_LENGTH:
        leaves = [leaf for _, _, leaf, _ in candidate.matches]
        start, end = _cut(text, [(a - begin, b - begin) for a, b in spans], leaves)
        text, begin = text[start:end], begin + start
        spans = [span for span in spans if begin <= span[0] and span[1] <= begin + len(text)]
    block = bisect_right(layout.starts, begin) - 1
    return Passage(
        text,
        tuple([(first - begin, last - begin) for first, last in merged(spans)]),
        layout.places[block] + begin - layout.starts[block],
        layout.numbers[block],
        layout.pages[bisect_right(layout.page_starts, begin) - 1],
    )


def _cut(text: str, spans: Sequence[Span], leaves: Sequence[int]) -> Span:
    """Return the piece of a long text around the window that holds most wanted words."""
    first, last = _best_window(spans, leaves) if spans else (0, 0)
    start = _word_start(text, max(0, first - LEAD))
    end = _word_end(text, min(len(text), start + MAX_LENGTH), last)
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _best_window(spans: Sequence[Span], leaves: Sequence[int]) -> Span:
    """Return the first match of the first window with most distinct leaves."""
    room = MAX_LENGTH - LEAD
    inside: Counter[int] = Counter()
    best, best_count, end = spans[0], 0, 0
    for start, first in enumerate(spans):
        while end < len(spans) and (end == start or spans[end][1] <= first[0] + room):
            inside[leaves[end]] += 1
            end += 1
        if (count := sum(times > 0 for times in inside.values())) > best_count:
            best, best_count = first, count
        inside[leaves[start]] -= 1
    return best


def _word_start(text: str, place: int) -> int:
    """Move a cut to the beginning of the next word, unless it is at the beginning already."""
    if place <= 0 or text[place - 1].isspace():
        return place
    ahead = next((i for i in range(place, min(place + LEAD, len(text))) if text[i].isspace()), -1)
    return ahead + 1 if ahead >= 0 else place


def _word_end(text: str, place: int, lowest: int) -> int:
    """Move a cut back to the end of a word, but not before `lowest`."""
    if place >= len(text):
        return len(text)
    place = max(place, lowest)
    return next((i for i in range(place, lowest, -1) if text[i].isspace()), place)
