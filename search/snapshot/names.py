"""Names: titles and facet values, found by words that they have.

In:  names, each a row of numbered words; words' numbers rise with their letters.
Out: the names that have some words, and a word that begins so.

A name that begins with what is typed comes before one that has it further on; then names come by
their numbers, which whoever makes the list gives in the order that is wanted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from search.analysis import UNSTEMMED, analyze
from search.snapshot.gathering import Ints

_BEHIND = "\U0010ffff"  # behind all words with one beginning

Run = tuple[int, int]  # the first word of some, and the first behind them


class Found(NamedTuple):
    """A name by its number; `is_inner` tells that it does not begin with the word."""

    is_inner: bool
    name: int


class NameWords:
    """The words of names, by their numbers."""

    def __init__(self, words: Ints, names: Ints, is_first: Ints) -> None:
        order = np.lexsort((names, words))
        self._words, self._names = words[order], names[order]
        self._behind = int(names.max(initial=0)) + 1
        self._ranks = names[order].astype(np.int64) + self._behind * (is_first[order] == 0)

    def having(self, runs: Sequence[Run], limit: int) -> list[Found]:
        """Return the names that have a word of each run, best first by the last of these."""
        start, end = self._stretch(runs[-1])
        names, ranks = self._names[start:end], self._ranks[start:end]
        for run in runs[:-1]:
            first, behind = self._stretch(run)
            good = np.isin(names, self._names[first:behind])
            names, ranks = names[good], ranks[good]
        wanted = 4 * limit  # a name may have several words with one beginning
        if ranks.size > wanted:
            best = np.argpartition(ranks, wanted)[:wanted]
            ranks = ranks[best]
        found: dict[int, bool] = {}
        for rank in np.sort(ranks).tolist():
            found.setdefault(rank % self._behind, rank >= self._behind)
        return [Found(is_inner, name) for name, is_inner in found.items()][:limit]

    def _stretch(self, run: Run) -> tuple[int, int]:
        start, end = np.searchsorted(self._words, run).tolist()
        return start, end


class NameList:
    """Names with their words."""

    def __init__(self, names: Sequence[str]) -> None:
        rows = [dict.fromkeys(token.exact for token in analyze(name, UNSTEMMED)) for name in names]
        self._forms = sorted(set(chain.from_iterable(rows)))
        numbers = {form: number for number, form in enumerate(self._forms)}
        flat = [(numbers[f], name, not at) for name, r in enumerate(rows) for at, f in enumerate(r)]
        table = np.array(flat, np.int32).reshape(-1, 3)
        self._words = NameWords(table[:, 0], table[:, 1], table[:, 2])

    def having(self, before: Sequence[str], beginning: str, limit: int) -> list[int]:
        """Return the numbers of the names that have these words, and one that begins so."""
        runs = [self._run(form, form + "\0") for form in before]
        if beginning:
            runs.append(self._run(beginning, beginning + _BEHIND))
        return [found.name for found in self._words.having(runs, limit)]

    def _run(self, start: str, behind: str) -> Run:
        return bisect_left(self._forms, start), bisect_left(self._forms, behind)
