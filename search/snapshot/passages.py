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
from search.snapshot.marking import Finder, Match, Stretch
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


# A run of whole sentences and the matches inside. They sort by distinct wanted words, then phrases
# (both counted downwards), then text order: first sentence, last one.
_Candidate = tuple[int, int, int, int, list[Match]]


def section_passages(
    scope: SegmentScope, number: int, sought: Mapping[int, Sought], limit: int
) -> FoundPassages:
    """Return up to `limit` passages of each of a section's texts."""
    marked: list[Passage] = []
    plain: Passage | None = None
    more = at = 0
    layouts, body = scope.stored.texts(number)
    for layout in layouts:
        matches = _matches(scope, number, layout, sought[layout.strand])
        candidates = _candidates(layout.sentence_words, matches)
        if len(candidates) > 1:
            candidates.sort()
            more += max(0, len(candidates) - limit)
        elif not candidates and plain is None:
            candidates = [(0, 0, 0, 0, [])]
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

    __slots__ = ("_counts", "_text", "layout")

    def __init__(self, layout: Layout, body: memoryview, at: int) -> None:
        text = at + 2 * layout.words
        self.layout, self._counts, self._text = layout, body[at:text], body[text:]

    def text(self) -> str:
        """Return all of it."""
        return str(self._text[: self.layout.text_bytes], "utf-8")

    def sentence_text(self, first: int, last: int) -> str:
        """Return some sentences."""
        layout = self.layout
        places = layout.sentence_bytes or layout.sentences
        end = places[last + 1] if last + 1 < len(places) else layout.text_bytes
        return str(self._text[places[first] : end], "utf-8").rstrip()

    def span(self, first: int, last: int) -> Span:
        """Return where in the text a word begins and another one, or it itself, ends.

        A word is two counts: the characters since the word before it in its sentence, and its own.
        """
        layout = self.layout
        sentences = layout.sentence_words
        sentence = bisect_right(sentences, first) - 1
        start = self._place(sentence, 2 * first + 1)
        if first == last and not layout.wide:
            return start, start + self._counts[2 * first + 1]
        sentence = bisect_right(sentences, last, sentence) - 1
        return start, self._place(sentence, 2 * last + 2)

    def _place(self, sentence: int, end: int) -> int:
        """Return the place that the counts of a sentence lead to, up to an end."""
        layout = self.layout
        start = 2 * layout.sentence_words[sentence]
        place = layout.sentences[sentence] + sum(self._counts[start:end])
        if wide := layout.wide:
            pairs = zip(wide[::2], wide[1::2], strict=True)
            place += sum(more for at, more in pairs if start <= at < end)
        return place


def _matches(scope: SegmentScope, number: int, layout: Layout, sought: Sought) -> list[Match]:
    """Return what is matched in one text of a section, in text order."""
    finders, unwanted = sought
    stretch = _stretch(scope, number, layout)
    if len(finders) == 1 and not unwanted:
        found = finders[0].matches(stretch)
    else:
        found = [match for n, finder in enumerate(finders) for match in finder.matches(stretch, n)]
    if unwanted:
        avoid = {match[:2] for finder in unwanted for match in finder.matches(stretch)}
        found = [match for match in found if match[:2] not in avoid]
    if len(found) > 1:
        found.sort()
    return found


def _stretch(scope: SegmentScope, number: int, layout: Layout) -> Stretch:
    first = scope.first_address(number * FIELD_COUNT + _FIELDS[layout.strand])
    end = first + layout.words
    words = scope.words_of(first, end)
    if wholes := layout.wholes:
        parts = dict(zip(wholes[::2], wholes[1::2], strict=True))
        return Stretch(first, end, words, scope.stored.own_fields(number)[-1], parts)
    return Stretch(first, end, words)


def _candidates(sentences: Sequence[int], matches: Sequence[Match]) -> list[_Candidate]:
    """Return the sentences with a match; those that one match runs across go together."""
    found: list[_Candidate] = []
    last = -1
    for match in matches:
        begin, end, _, is_phrase = match
        sentence = bisect_right(sentences, begin) - 1
        final = sentence if begin == end else bisect_right(sentences, end, sentence) - 1
        if sentence > last:
            last = final
            found.append((-1, -is_phrase, sentence, last, [match]))
        else:
            last = max(last, final)
            _, _, first, _, inside = found.pop()
            inside.append(match)
            found.append((*_rank(inside), first, last, inside))
    return found


def _rank(matches: Sequence[Match]) -> tuple[int, int]:
    wanted = {leaf for _, _, leaf, _ in matches}
    return -len(wanted), -sum([is_phrase for _, _, _, is_phrase in matches])


def _passage(strand: StoredStrand, candidate: _Candidate) -> Passage:
    layout = strand.layout
    _, _, first, last, matches = candidate
    text = strand.sentence_text(first, last)
    begin = layout.sentences[first]
    spans = [strand.span(start, end) for start, end, _, _ in matches]
    if len(text) > MAX_LENGTH:
        leaves = [leaf for _, _, leaf, _ in matches]
        start, end = _cut(text, [(a - begin, b - begin) for a, b in spans], leaves)
        text, begin = text[start:end], begin + start
        spans = [span for span in spans if begin <= span[0] and span[1] <= begin + len(text)]
    if len(spans) > 1:
        spans = merged(spans)
    block = bisect_right(layout.starts, begin) - 1
    return Passage(
        text,
        tuple([(first - begin, last - begin) for first, last in spans]),
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
