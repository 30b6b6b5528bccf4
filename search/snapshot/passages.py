"""Passages: the sentences of a section that answer a question, cut from what is stored of it.

In:  a segment's sections, a section's number, what is looked for in each of its texts.
Out: `Passage`s: whole sentences, best first: most of the wanted words, then most phrases, then
     text order. Those that one match runs across go together. A sentence over `MAX_LENGTH`
     characters is cut at word boundaries around its matches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from search.documents import STRANDS
from search.highlights import merged
from search.query_plan import TextLeaf
from search.results import Passage
from search.shown import HitFields
from search.snapshot.fields import FIELD_COUNT, FIELD_NUMBERS
from search.snapshot.marking import Finder, Match, Stretch, plain_matches
from search.snapshot.segment import SegmentScope
from search.snapshot.stored import Layout
from search.snapshot.strands import sentences

MAX_LENGTH = 420  # of a passage, in characters; longer sentences are cut
LEAD = 120  # characters kept before the first match of a cut sentence

_FIELDS = [FIELD_NUMBERS[name] for name in STRANDS]

Span = tuple[int, int]


class Sought:
    """What is looked for in a text. What a question excludes stands in no hit."""

    __slots__ = ("finders", "plain")

    def __init__(self, finders: Sequence[Finder]) -> None:
        self.finders = finders
        # All that is looked for, where that is nothing but runs of words; else None.
        self.plain: list[tuple[bytes, int, int, bool]] | None = []
        for number, finder in enumerate(finders):
            if finder.plain is None:
                self.plain = None
                return
            self.plain += [(run, more, number, finder.is_phrase) for run, more in finder.plain]


def what_is_sought(
    scope: SegmentScope, leaves: Sequence[TextLeaf]
) -> tuple[tuple[Sought, ...], int]:
    """Return what is looked for in the texts of a segment, by strand; about its bytes.

    Texts of all fields share it, unless the question names one.
    """
    finders = [Finder(scope, leaf) for leaf in leaves]
    size = sum([finder.size_bytes for finder in finders])
    if not any(leaf.field for leaf in leaves):
        return (Sought(finders),) * len(STRANDS), size
    of_strands = [
        [finder for leaf, finder in zip(leaves, finders, strict=True) if leaf.field in {"", name}]
        for name in STRANDS
    ]
    return tuple(map(Sought, of_strands)), size


# The fields of a section; its best passages with a mark; one for a text in which nothing can be
# marked; how many more sentences have a mark.
FoundPassages = tuple[HitFields, list[Passage], Passage | None, int]

# A run of whole sentences and the matches inside. They sort by distinct wanted words, then phrases
# (both counted downwards), then text order: first sentence, last one.
_Candidate = tuple[int, int, int, int, list[Match]]

_NO_MATCH: _Candidate = (0, 0, 0, 0, [])


def section_passages(
    scope: SegmentScope, sections: Iterable[int], sought: Sequence[Sought], limit: int
) -> Iterator[FoundPassages]:
    """Yield the fields of some sections and up to `limit` passages of each of their texts."""
    for number in sections:
        fields, layouts, body, at = scope.stored.section(number)
        marked: list[Passage] = []
        plain: Passage | None = None
        more = 0
        for layout in layouts if limit > 0 else ():
            wanted, count = sought[layout.strand], layout.words
            first, words = scope.words_of(number * FIELD_COUNT + _FIELDS[layout.strand], count)
            if wanted.plain is None or layout.wholes:
                wholes = dict(zip(layout.wholes[::2], layout.wholes[1::2], strict=True))
                stretch = Stretch(first, first + count, words, fields[-1], wholes)
                matches = _matches(stretch, wanted)
            else:
                matches = plain_matches(words, wanted.plain)
            if matches:
                found = _candidates(layout.sentence_words, matches)
                marked += [_passage(layout, body, at, each) for each in found[:limit]]
                more += max(0, len(found) - limit)
            elif plain is None:
                plain = _passage(layout, body, at, _NO_MATCH)
            at += 2 * count + layout.text_bytes
        yield fields, marked, plain, more


def _matches(stretch: Stretch, sought: Sought) -> list[Match]:
    """Return what is matched in one text of a section, in text order."""
    found: list[Match] = []
    for leaf, finder in enumerate(sought.finders):
        found += finder.matches(stretch, leaf)
    found.sort()
    return found


def _candidates(words: Sequence[int], matches: Sequence[Match]) -> list[_Candidate]:
    """Return the sentences with a match, best first; `words` are the first ones of all sentences.

    Those that one match runs across go together.
    """
    found: list[_Candidate] = []
    last = -1
    for match in matches:
        begin, end, _, is_phrase = match
        sentence = bisect_right(words, begin) - 1
        final = sentence if begin == end else bisect_right(words, end, sentence) - 1
        if sentence > last:
            last = final
            found.append((-1, -is_phrase, sentence, last, [match]))
        else:
            last = max(last, final)
            _, _, first, _, inside = found[-1]
            inside.append(match)
            found[-1] = (*_rank(inside), first, last, inside)
    if len(found) > 1:
        found.sort()
    return found


def _rank(matches: Sequence[Match]) -> tuple[int, int]:
    wanted = {leaf for _, _, leaf, _ in matches}
    return -len(wanted), -sum([is_phrase for _, _, _, is_phrase in matches])


def _passage(layout: Layout, body: memoryview, at: int, candidate: _Candidate) -> Passage:
    """Cut a passage from a text of which spans, and then characters, begin at a place of a body."""
    _, _, first, last, matches = candidate
    text, spans = sentences(layout, body, at, first, last, matches)
    begin = layout.sentences[first]
    if len(text) > MAX_LENGTH:
        start, end = _cut(text, spans, [leaf for _, _, leaf, _ in matches])
        text, begin = text[start:end], begin + start
        spans = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    block = bisect_right(layout.starts, begin) - 1
    return Passage(
        text,
        tuple(spans if len(spans) < 2 else merged(spans)),  # noqa: PLR2004 - one covers nothing
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
