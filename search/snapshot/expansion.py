"""Expansion: a beginning or a pattern → the words of a segment that it stands for.

In:  one view's words; a beginning, or a pattern of `search.word_patterns`.
Out: runs of words (first, behind the last); the most frequent `MAX_EXPANSIONS` where there are
     more, and word of it.

A word one letter away has the same first half or the same last half: both are slices, one of the
words as they are sorted, one of the words as they are sorted from behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, cast

import numpy as np

from search.snapshot.segment import Words
from search.word_patterns import MAX_EXPANSIONS, Near, WordPattern

_SHORT = 4  # letters: halves of shorter words say too little

Runs = tuple[tuple[int, int], ...]


class Expansion(NamedTuple):
    """Runs of words; `is_cut` tells that there were too many."""

    runs: Runs
    is_cut: bool = False


def words_beginning(words: Words, beginning: str) -> Expansion:
    """Return the words that begin so."""
    first, end = words.beginning(beginning.encode())
    if end - first <= MAX_EXPANSIONS:
        return Expansion(((first, end),) if first < end else ())
    return _most_frequent(words, range(first, end))


def words_fitting(words: Words, pattern: WordPattern) -> Expansion:
    """Return the words that fit a pattern, which is asked for twice: for hits, for their marks."""
    found = words.fitting.get(pattern)
    if found is None:
        found = _fitting(words, pattern)
        words.fitting.put(pattern, found, 1)
    return cast("Expansion", found)


def _fitting(words: Words, pattern: WordPattern) -> Expansion:
    numbers = _candidates(words, pattern)
    found = [numbers[place] for place in pattern.fitting(words.forms(numbers))]
    if len(found) > MAX_EXPANSIONS:
        return _most_frequent(words, found)
    return Expansion(_runs(found))


def _candidates(words: Words, pattern: WordPattern) -> Sequence[int]:
    if not isinstance(pattern, Near):
        return range(*words.beginning(pattern.beginning.encode()))
    form, distance = pattern.form.encode(), pattern.distance
    if distance > 1 or len(pattern.form) < _SHORT:
        return words.of_size(form, distance)
    half = len(pattern.form) // 2
    first, end = words.beginning(pattern.form[:half].encode())
    near = words.of_size(form, distance, first, end) if first < end else []
    behind = words.ending(pattern.form[half:].encode())
    return sorted({*near, *behind}) if behind else near


def _most_frequent(words: Words, found: Iterable[int]) -> Expansion:
    numbers = np.fromiter(found, np.int64)
    counts = np.array([words.place_count(number) for number in numbers.tolist()])
    kept = np.argsort(-counts, kind="stable")[:MAX_EXPANSIONS]
    return Expansion(_runs(np.sort(numbers[kept]).tolist()), is_cut=True)


def _runs(numbers: list[int]) -> Runs:
    """Put neighbours together."""
    if not numbers:
        return ()
    gaps = [n for n, (here, there) in enumerate(pairwise(numbers), 1) if there != here + 1]
    starts = [0, *gaps]
    ends = [*gaps, len(numbers)]
    return tuple((numbers[a], numbers[b - 1] + 1) for a, b in zip(starts, ends, strict=True))
