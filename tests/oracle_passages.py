"""The oracle of passages: cut from the record, whose text is analysed for every question.

In:  a publication's record, a case or one of its sections, the query.
Out: the passages of its hit and the number of matching sentences that are not shown, as the
     docstrings of `search.results` and `search.snapshot.passages` promise.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from search.analysis import analyze
from search.documents import STRANDS, Strand, section_language, strands
from search.linguistics.sentences import split_sentences
from search.model import Publication, Section
from search.query import Query
from search.query_plan import Branch, TextLeaf, plan_query, positive_leaves
from search.results import Passage
from search.sequences import find_sequences

MAX_LENGTH = 420  # of a passage, in characters; longer sentences are cut
LEAD = 120  # characters kept before the first match of a cut sentence


def expected_passages(
    record: Publication, sections: Sequence[Section], query: Query, limit: int
) -> tuple[tuple[Passage, ...], int]:
    """Return the best passages of some sections and how many matching sentences are not shown."""
    marked: list[Passage] = []
    plain: list[Passage] = []
    more = 0
    for section in sections:
        language = section_language(record, section)
        for strand, field in zip(strands(section), STRANDS, strict=True):
            found = passages_of(Reading(strand.text, language, field), query, limit)
            for passage in found.passages:
                group = marked if passage.highlights else plain
                group.append(_shown(section, strand, passage))
            more += found.more
    best = sorted(marked, key=_marked_words, reverse=True) or plain[:1]
    return tuple(best[:limit]), more + max(0, len(best) - limit)


def _shown(section: Section, strand: Strand, found: FoundPassage) -> Passage:
    number = strand.block_at(found.start)
    block = section.blocks[number - 1]
    inside = found.start - strand.starts[strand.numbers.index(number)]
    pages = [line.page for line in block.lines if line.end > inside]
    return Passage(
        text=found.text,
        highlights=found.highlights,
        start=strand.in_section(found.start),
        paragraph=number,
        page=pages[0] if pages else block.page or section.page,
    )


def _marked_words(passage: Passage) -> int:
    return len({passage.text[start:end].casefold() for start, end in passage.highlights})


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage: its text, where it begins, its highlights (spans of the passage)."""

    text: str
    start: int
    highlights: tuple[tuple[int, int], ...]


class FoundPassages(NamedTuple):
    """The best passages, and how many more sentences match."""

    passages: tuple[FoundPassage, ...]
    more: int


class _Words(NamedTuple):
    """The tokens of a text, column by column: a fifth of what the tokens themselves would take."""

    exact: tuple[str, ...]
    stem: tuple[str, ...]
    positions: array[int]
    starts: array[int]
    ends: array[int]


class Reading:
    """A text as it was analysed; its sentences are found when they are asked for."""

    def __init__(self, text: str, language: str, field: str) -> None:
        tokens = analyze(text, language)
        self.text, self.field = text, field
        self._language = language
        self.words = _Words(
            tuple([token.exact for token in tokens]),
            tuple([token.stem for token in tokens]),
            array("I", [token.position for token in tokens]),
            array("I", [token.start for token in tokens]),
            array("I", [token.end for token in tokens]),
        )

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Return the spans of the sentences."""
        return split_sentences(self.text, self._language)


class _Match(NamedTuple):
    """A stretch that a leaf of the plan matched; `leaf` counts the leaves."""

    start: int
    end: int
    leaf: int
    is_phrase: bool


@dataclass(slots=True)
class _Candidate:
    """A run of whole sentences and the matches inside."""

    start: int
    end: int
    matches: list[_Match]

    def rank(self) -> tuple[int, int, int]:
        """Return the sort key: distinct wanted words, phrase hits, text order."""
        wanted = len({match.leaf for match in self.matches})
        return -wanted, -sum(match.is_phrase for match in self.matches), self.start


def passages_of(reading: Reading, query: Query, limit: int) -> FoundPassages:
    """Return up to `limit` passages of a text, best first, and the number of those not shown."""
    text = reading.text
    matches = _matches(reading, Marks(plan_query(query)))
    sentences = reading.sentences
    candidates = sorted(_candidates(sentences, matches), key=_Candidate.rank)
    if not candidates and sentences:
        candidates = [_Candidate(*sentences[0], [])]
    shown = tuple(_passage(text, candidate) for candidate in candidates[:limit])
    return FoundPassages(shown, max(0, len(candidates) - limit) if matches else 0)


class _Sought(NamedTuple):
    """What is looked for in texts of one field, and what must not be marked there."""

    leaves: tuple[TextLeaf, ...]
    unwanted: tuple[TextLeaf, ...]


class Marks(dict[str, _Sought]):
    """What a question marks, by field; worked out when a text of the field comes up."""

    def __init__(self, plan: Branch) -> None:
        super().__init__()
        self._leaves = tuple(dict.fromkeys(positive_leaves(plan)))
        # Words that the question excludes stand in no hit, but in a section opened from elsewhere.
        self._excluded = tuple(
            leaf for leaf in plan.excluded if isinstance(leaf, TextLeaf) and not leaf.field
        )

    def __missing__(self, field: str) -> _Sought:
        leaves = tuple(leaf for leaf in self._leaves if leaf.field in {"", field})
        sought = self[field] = _Sought(leaves, self._excluded)
        return sought


def _matches(reading: Reading, marks: Marks) -> list[_Match]:
    sought = marks[reading.field]
    if not sought.leaves:
        return []
    words = reading.words
    unwanted = {span for leaf in sought.unwanted for span in _leaf_spans(words, leaf)}
    found = [
        _Match(*span, number, len(leaf.steps) > 1)
        for number, leaf in enumerate(sought.leaves)
        for span in _leaf_spans(words, leaf)
        if span not in unwanted
    ]
    found.sort()
    return found


def _leaf_spans(words: _Words, leaf: TextLeaf) -> Iterator[tuple[int, int]]:
    """Yield the span of every match of a leaf."""
    if leaf.pattern:
        fitting = {form for form in set(words.exact) if leaf.pattern.fits(form)}
        for number, form in enumerate(words.exact):
            if form in fitting:
                yield words.starts[number], words.ends[number]
        return
    if len(leaf.steps) == 1:
        numbers = set(_having(words, leaf, leaf.steps[0] | leaf.whole, leaf.is_prefix))
        for number in sorted(numbers):
            yield words.starts[number], words.ends[number]
        return
    last = len(leaf.steps) - 1
    steps = [
        {
            words.positions[n]: n
            for n in _having(words, leaf, step, leaf.is_prefix and number == last)
        }
        for number, step in enumerate(leaf.steps)
    ]
    for first, final in find_sequences([list(step) for step in steps], leaf.slop):
        yield words.starts[steps[0][first]], words.ends[steps[-1][final]]
    for number in _having(words, leaf, leaf.whole, leaf.is_prefix):
        yield words.starts[number], words.ends[number]


def _having(
    words: _Words,
    leaf: TextLeaf,
    forms: frozenset[str],
    is_prefix: bool,  # noqa: FBT001
) -> Iterator[int]:
    """Yield the words that have one of the forms, in the view that the leaf looks at."""
    if not is_prefix:
        column = words.exact if leaf.view == "exact" else words.stem
        yield from sorted(number for form in forms for number in _all_of(column, form))
    elif forms:
        beginnings = tuple(forms)
        yield from (n for n, form in enumerate(words.exact) if form.startswith(beginnings))


def _all_of(column: tuple[str, ...], form: str) -> Iterator[int]:
    number = -1
    with suppress(ValueError):  # where there is no further one
        while True:
            number = column.index(form, number + 1)
            yield number


def _merged(matches: Iterable[_Match]) -> tuple[tuple[int, int], ...]:
    """Return the spans of matches in text order; those that overlap become one."""
    spans: list[tuple[int, int]] = []
    for match in matches:
        if spans and match.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], match.end))
        else:
            spans.append((match.start, match.end))
    return tuple(spans)


def _candidates(sentences: list[tuple[int, int]], matches: list[_Match]) -> Iterator[_Candidate]:
    """Yield the sentences with a match; those that one match runs across go together."""
    found: list[_Candidate] = []
    place = 0
    for match in matches:
        while place < len(sentences) - 1 and sentences[place][1] <= match.start:
            place += 1
        last = place
        while last < len(sentences) - 1 and sentences[last][1] < match.end:
            last += 1
        start, end = sentences[place][0], sentences[last][1]
        if found and start < found[-1].end:
            found[-1].end = max(found[-1].end, end)
            found[-1].matches.append(match)
        else:
            found.append(_Candidate(start, end, [match]))
    yield from found


def _passage(text: str, candidate: _Candidate) -> FoundPassage:
    start, end = candidate.start, candidate.end
    if end - start > MAX_LENGTH:
        start, end = _cut(text, candidate)
    inside = [m for m in candidate.matches if start <= m.start and m.end <= end]
    highlights = tuple((first - start, last - start) for first, last in _merged(inside))
    return FoundPassage(text[start:end], start, highlights)


def _cut(text: str, candidate: _Candidate) -> tuple[int, int]:
    """Return the piece of a long candidate around the window that holds most wanted words."""
    first, last = candidate.start, candidate.start
    if best := _best_window(candidate):
        first, last = best[0].start, best[0].end
    start = _word_start(text, max(candidate.start, first - LEAD), candidate.start)
    end = _word_end(text, min(candidate.end, start + MAX_LENGTH), candidate.end, last)
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _best_window(candidate: _Candidate) -> list[_Match]:
    """Return the matches of the first window with most distinct leaves."""
    matches, room = candidate.matches, MAX_LENGTH - LEAD
    inside: Counter[int] = Counter()
    best, best_count, end = (0, 1), 0, 0
    for start, first in enumerate(matches):
        while end < len(matches) and (end == start or matches[end].end <= first.start + room):
            inside[matches[end].leaf] += 1
            end += 1
        if (count := sum(times > 0 for times in inside.values())) > best_count:
            best, best_count = (start, end), count
        inside[first.leaf] -= 1
    return matches[best[0] : best[1]]


def _word_start(text: str, place: int, lowest: int) -> int:
    """Move a cut to the beginning of the next word, unless it is at the lowest place already."""
    if place <= lowest or text[place - 1].isspace():
        return place
    ahead = next((i for i in range(place, min(place + LEAD, len(text))) if text[i].isspace()), -1)
    return ahead + 1 if ahead >= 0 else place


def _word_end(text: str, place: int, highest: int, lowest: int) -> int:
    """Move a cut back to the end of a word, but not before `lowest`."""
    if place >= highest:
        return highest
    place = max(place, lowest)
    return next((i for i in range(place, lowest, -1) if text[i].isspace()), place)
