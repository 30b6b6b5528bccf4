"""Marking: where in one document a leaf of the plan matches.

In:  a segment's scope, a leaf; the words of one text, and which of them are hyphenated.
Out: (first word, last word) of every match, counted from the text's first word.

Words are looked up once a segment. Forms are then looked for byte by byte in the run of the text's
words: that touches one place of the file, where a look into a word's sorted places touches twenty.
For most questions that is all; what only texts with hyphenated words ask for is worked out then.
Stems whose forms have others in other languages, and words that also stand for a hyphenated whole,
have nothing but their places. A hyphenated word stands at the address of its first part, so what is
found there is asked again which of the two it is: the part, or all of them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from search.analysis import View, written_as_one
from search.linguistics.stems import stem
from search.query_plan import TextLeaf
from search.sequences import find_sequences
from search.snapshot.places import Step, read_steps
from search.snapshot.segment import WORD_BYTES, SegmentScope, Words

_FINDER_BYTES, _RUN_BYTES = 1_500, 150  # about what is kept of a leaf, of a run of words
_MOST_FORMS = 8  # words that a text is looked through for one after the other
_FEW = 2  # words whose places are looked into; for more, a text is looked through

# First and last word of what was found, the number of its leaf, whether it is a phrase.
Match = tuple[int, int, int, bool]

_NO_WHOLES: Mapping[int, int] = MappingProxyType({})


class Stretch(Struct, frozen=True, gc=False):
    """The words of one text: their addresses, themselves as bytes, its language, its wholes.

    `wholes` maps the first word of each hyphenated word to the number of its parts.
    """

    first: int
    end: int
    words: bytes
    language: str = ""
    wholes: Mapping[int, int] = _NO_WHOLES


class _Sought:
    """The words that may stand at one position."""

    def __init__(self, words: Words, exact: Words, view: View, step: Step) -> None:
        self._words, self._exact, self._view, self._runs = words, exact, view, step.runs
        count = sum([end - first for first, end in step.runs])
        is_few = view == "stem" or count <= _MOST_FORMS
        few = [word for run in step.runs for word in range(*run)] if is_few else []
        is_plain = view == "exact" and not any(map(exact.is_joined, few))
        self.packed = [_packed([word]) for word in few] if is_plain else []
        is_looked_into = view == "stem" or (not is_plain and count <= _FEW)
        self._places = [words.places(word).data for word in few] if is_looked_into else []
        self.size_bytes = _RUN_BYTES * len(step.runs)

    @cached_property
    def _edges(self) -> NDArray[np.int32]:
        return np.array([edge for run in self._runs for edge in run], np.int32)

    @cached_property
    def _stems(self) -> frozenset[str] | None:
        if self._view != "stem":
            return None
        return frozenset(self._words.text(first).decode() for first, _ in self._runs)

    def within(self, stretch: Stretch) -> list[int]:
        """Return the words of a text, in rising order, at which it may stand."""
        if self.packed:
            runs = [(form, 0, 0, False) for form in self.packed]
            return [word for word, *_ in plain_matches(stretch.words, runs)]
        return self._by_places(stretch) if self._places else self._along(stretch)

    def _by_places(self, stretch: Stretch) -> list[int]:
        first, end = stretch.first, stretch.end
        found: list[int] = []
        for places in self._places:
            at = bisect_left(places, first)
            while at < len(places) and (place := places[at]) < end:
                found.append(place - first)
                at += 1
        return sorted(set(found)) if len(self._places) > 1 else found

    def _along(self, stretch: Stretch) -> list[int]:
        """Look at every word of a text."""
        words = np.frombuffer(stretch.words, np.int32)
        sides = self._edges.searchsorted(words, side="right") & 1
        found: list[int] = sides.nonzero()[0].tolist()
        if not stretch.wholes:
            return found
        more = [word for word in stretch.wholes if word not in found and self.ends(stretch, word)]
        return sorted(found + more) if more else found

    def ends(self, stretch: Stretch, word: int) -> list[int]:
        """Return the last words of what stands at a word: itself, or all parts of a whole."""
        parts = stretch.wholes.get(word)
        if parts is None:
            return [word]
        forms = self._forms_at(stretch, word, parts)
        part, whole = forms[0], written_as_one(forms)
        found = [word] if self._fits(part, stretch.language) else []
        return [*found, word + parts - 1] if self._fits(whole, stretch.language) else found

    def _forms_at(self, stretch: Stretch, word: int, parts: int) -> list[str]:
        """Return the exact forms of the parts of a hyphenated word."""
        numbers = np.frombuffer(stretch.words, np.int32)[word : word + parts].tolist()
        return [self._exact.text(number).decode() for number in numbers]

    def _fits(self, form: str, language: str) -> bool:
        if self._stems is not None:
            return stem(form, language) in self._stems
        number = self._exact.find(form.encode())
        return any(first <= number < end for first, end in self._runs)


class Finder:
    """Finds one leaf in the texts of one segment.

    `plain` are runs of words, packed, with the number of words behind the first: where texts have
    no hyphenated words, they are all that it looks for, and `matches` says the same. None where
    that does not hold.
    """

    def __init__(self, scope: SegmentScope, leaf: TextLeaf) -> None:
        self._scope, self._leaf = scope, leaf
        self.is_phrase = len(leaf.steps) > 1
        self.size_bytes = _FINDER_BYTES
        self.plain: Sequence[tuple[bytes, int]] | None = None
        if leaf.slop or (leaf.whole and self._whole):
            return
        if leaf.view == "stem":
            self.plain = _forms(scope, leaf.steps[0]) if not self.is_phrase else None
        elif not (leaf.pattern or leaf.is_prefix):
            self.plain = _run(scope.views["exact"], leaf)
        elif not self.is_phrase:
            self.plain = self._words()

    def _words(self) -> Sequence[tuple[bytes, int]] | None:
        """Return the few words that a beginning or a pattern stands for."""
        if not self._steps:
            return ()
        (step,) = self._steps
        self.size_bytes += step.size_bytes
        return [(form, 0) for form in step.packed] or None

    @cached_property
    def _steps(self) -> Sequence[_Sought]:
        """Return what may stand at each position; nothing where one has no word that occurs."""
        return self._read(self._leaf.steps)

    @cached_property
    def _whole(self) -> Sequence[_Sought]:
        """Return what a hyphenated word is looked for as, written as one."""
        return self._read([self._leaf.whole]) if self._leaf.whole else ()

    def _read(self, steps: Sequence[frozenset[str]]) -> Sequence[_Sought]:
        leaf, views = self._leaf, self._scope.views
        words, exact = views[leaf.view], views["exact"]
        read = read_steps(words, leaf, steps)
        if not all(step.runs for step in read):
            return ()
        return [_Sought(words, exact, leaf.view, step) for step in read]

    def matches(self, stretch: Stretch, number: int = 0) -> list[Match]:
        """Return every match, as one of the leaf of this number."""
        is_phrase = self.is_phrase
        if self.plain is not None and not stretch.wholes:
            return plain_matches(stretch.words, [(*run, number, is_phrase) for run in self.plain])
        pairs: list[tuple[int, int]] = []
        if self._steps:
            pairs = self._sequences(stretch) if is_phrase else _each(self._steps[0], stretch)
        for whole in self._whole:
            pairs += _each(whole, stretch)
        return [(first, end, number, is_phrase) for first, end in pairs]

    def _sequences(self, stretch: Stretch) -> list[tuple[int, int]]:
        """Return the phrases."""
        places = []
        for step in self._steps:
            here = step.within(stretch)
            if not here:
                return []
            places.append(here)
        last = self._steps[-1]
        return [
            (first, last.ends(stretch, final)[-1])
            for first, final in find_sequences(places, self._leaf.slop)
        ]


def _packed(words: Sequence[int]) -> bytes:
    return array("i", words).tobytes()


def plain_matches(words: bytes, runs: Iterable[tuple[bytes, int, int, bool]]) -> list[Match]:
    """Return where runs of words, packed, stand among the words of a text, in text order."""
    found: list[Match] = []
    for run, more, leaf, is_phrase in runs:
        at = words.find(run)
        while at >= 0:
            if not at % WORD_BYTES:
                word = at // WORD_BYTES
                found.append((word, word + more, leaf, is_phrase))
            at = words.find(run, at + 1)
    if len(found) > 1:
        found.sort()
    return found


def _run(exact: Words, leaf: TextLeaf) -> Sequence[tuple[bytes, int]] | None:
    """Return a run of words as a leaf spells them; None where one also stands for several."""
    words: list[int] = []
    for form in leaf.typed:
        words.append(exact.find(form.encode()))
        if words[-1] < 0:
            return ()
    if any(map(exact.is_joined, words)):
        return None
    return ((_packed(words), len(words) - 1),)


def _forms(scope: SegmentScope, family: Iterable[str]) -> Sequence[tuple[bytes, int]] | None:
    """Return the forms of a word; None where one also stands for several, or for another word.

    It does where it has another stem, in texts of another language.
    """
    stems, exact = scope.views["stem"], scope.views["exact"]
    numbers = stems.numbers(family)
    forms = {form for number in numbers for form in stems.forms_of(number).tolist()}
    if len(forms) > _MOST_FORMS or any(map(exact.is_joined, forms)):
        return None
    if sum(map(exact.place_count, forms)) > sum(map(stems.place_count, numbers)):
        return None
    return [(_packed([form]), 0) for form in forms]


def _each(sought: _Sought, stretch: Stretch) -> list[tuple[int, int]]:
    """Return the matches of one position by itself."""
    words = sought.within(stretch)
    if not stretch.wholes:
        return list(zip(words, words, strict=True))
    return [(word, end) for word in words for end in sought.ends(stretch, word)]
