"""Marking: where in one document a leaf of the plan matches.

In:  a segment's scope, a leaf; the addresses of one text and its hyphenated words.
Out: (first word, last word) of every match, counted from the text's first word.

Words are looked up once a segment; a text is then a few looks into the sorted places of a word
or along the words by address. A hyphenated word stands at the address of its first part, so what
is found there is asked again which of the two it is: the part, or all of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from search.analysis import View, written_as_one
from search.linguistics.stems import stem
from search.query_plan import TextLeaf
from search.sequences import find_sequences
from search.snapshot.places import Step, read_steps
from search.snapshot.segment import SegmentScope, Words

_FEW = 2  # words that are looked up one by one; for more, a text is looked through

Pair = tuple[int, int]


class Stretch(NamedTuple):
    """The words of one text: their addresses, its language, its hyphenated words.

    `wholes` maps the first word of each to the number of its parts.
    """

    first: int
    end: int
    language: str = ""
    wholes: Mapping[int, int] = MappingProxyType({})


class _Sought:
    """The words that may stand at one position."""

    def __init__(self, words: Words, exact: Words, view: View, step: Step) -> None:
        self._exact, self._view = exact, view
        self._runs = step.runs
        self._edges = np.array([edge for run in step.runs for edge in run], np.int32)
        is_few = view == "stem" or (
            len(step.runs) <= _FEW and all(end == first + 1 for first, end in step.runs)
        )
        self._places = [words.places(first).data for first, _ in step.runs] if is_few else None
        self._forms: frozenset[str] | None = None
        if view == "stem":
            self._forms = frozenset(words.text(first).decode() for first, _ in step.runs)

    def within(self, stretch: Stretch) -> list[int]:
        """Return the words of a text, in rising order, at which it may stand."""
        first, end = stretch.first, stretch.end
        if self._places is None:
            return self._along(stretch)
        found: list[int] = []
        for places in self._places:
            at = bisect_left(places, first)
            while at < len(places) and (place := places[at]) < end:
                found.append(place - first)
                at += 1
        return sorted(set(found)) if len(self._places) > 1 else found

    def _along(self, stretch: Stretch) -> list[int]:
        """Look at every word of a text."""
        forward = self._exact.forward
        if forward is None or not self._edges.size:
            return []
        sides = self._edges.searchsorted(forward[stretch.first : stretch.end], side="right") & 1
        found: list[int] = sides.nonzero()[0].tolist()
        more = [word for word in stretch.wholes if word not in found and self.ends(stretch, word)]
        return sorted(found + more) if more else found

    def ends(self, stretch: Stretch, word: int) -> list[int]:
        """Return the last words of what stands at a word: itself, or all parts of a whole."""
        parts = stretch.wholes.get(word)
        if parts is None:
            return [word]
        forms = self._forms_at(stretch.first + word, parts)
        part, whole = forms[0], written_as_one(forms)
        found = [word] if self._fits(part, stretch.language) else []
        return [*found, word + parts - 1] if self._fits(whole, stretch.language) else found

    def _forms_at(self, address: int, parts: int) -> list[str]:
        """Return the exact forms of the parts of a hyphenated word."""
        forward = self._exact.forward
        numbers = [] if forward is None else forward[address : address + parts].tolist()
        return [self._exact.text(number).decode() for number in numbers]

    def _fits(self, form: str, language: str) -> bool:
        if self._forms is not None:
            return stem(form, language) in self._forms
        number = self._exact.find(form.encode())
        return any(first <= number < end for first, end in self._runs)


class Finder:
    """Finds one leaf in the texts of one segment."""

    def __init__(self, scope: SegmentScope, leaf: TextLeaf) -> None:
        words, exact = scope.views[leaf.view], scope.views["exact"]
        self.is_phrase = len(leaf.steps) > 1
        self._slop = leaf.slop
        steps = read_steps(words, leaf, leaf.steps)
        self._steps = [_Sought(words, exact, leaf.view, step) for step in steps]
        self._whole = _whole(words, exact, leaf)
        self._is_there = all(step.runs for step in steps)
        self._run = _run(exact, leaf, steps)
        self.size_bytes = 1_500 + 8 * sum(len(step.runs) for step in steps)

    def pairs(self, stretch: Stretch) -> list[Pair]:
        """Return the first and last word of every match."""
        steps, found = self._steps, []
        if self._is_there:
            found = _each(steps[0], stretch) if len(steps) == 1 else self._sequences(stretch)
        return found + _each(self._whole, stretch) if self._whole else found

    def _sequences(self, stretch: Stretch) -> list[Pair]:
        """Return the phrases."""
        if self._run is not None:
            return self._runs(self._run, stretch)
        places = []
        for step in self._steps:
            here = step.within(stretch)
            if not here:
                return []
            places.append(here)
        last = self._steps[-1]
        return [
            (first, last.ends(stretch, final)[-1])
            for first, final in find_sequences(places, self._slop)
        ]

    def _runs(self, run: _Run, stretch: Stretch) -> list[Pair]:
        """Look at the words around each place of the rarest."""
        size, first = len(run.words), stretch.first
        found: list[Pair] = []
        for word in self._steps[run.rarest].within(stretch):
            start = word - run.rarest
            if start >= 0 and run.forward[first + start : first + start + size] == run.words:
                found.append((start, start + size - 1))
        return found


class _Run(NamedTuple):
    """A phrase of words none of which stands for several: a run of the words by address."""

    words: memoryview
    rarest: int
    forward: memoryview


def _run(exact: Words, leaf: TextLeaf, steps: Sequence[Step]) -> _Run | None:
    """Return a phrase as a run of words, None where it may be another thing too."""
    if leaf.view != "exact" or leaf.slop or leaf.pattern or exact.forward is None:
        return None
    words = [step.only if step.runs else -1 for step in steps]
    if any(word < 0 or exact.is_joined(word) for word in words):
        return None
    rarest = min(range(len(steps)), key=[step.count for step in steps].__getitem__)
    return _Run(np.array(words, np.int32).data, rarest, exact.forward.data)


def _whole(words: Words, exact: Words, leaf: TextLeaf) -> _Sought | None:
    """Return what a hyphenated word is looked for as, written as one."""
    if not leaf.whole:
        return None
    (step,) = read_steps(words, leaf, [leaf.whole])
    return _Sought(words, exact, leaf.view, step) if step.runs else None


def _each(sought: _Sought, stretch: Stretch) -> list[Pair]:
    """Return the matches of one position by itself."""
    if not stretch.wholes:
        return [(word, word) for word in sought.within(stretch)]
    return [(word, end) for word in sought.within(stretch) for end in sought.ends(stretch, word)]
