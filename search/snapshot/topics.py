"""Topics: what the cases of one committed state are about, as a facet.

In:  the segments of the state.
Out: for each case its topics, strongest first, with the figures that made them so; as values of
     the facet `topic`, for cases and for their sections. No topic is that of one case alone, and a
     library of fewer than `LEAST_LIBRARY` cases has none.

Worked out when first asked for, from what all segments hold together, so that topics depend on the
library's texts alone and not on how it was filled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain

import numpy as np

from search.engine import Scope
from search.likeness_index import Topic
from search.snapshot.running_text import RunningText
from search.snapshot.segment import FacetValues
from search.snapshot.topic_terms import LEAST_CASES, Terms, pair_terms, word_terms
from search.snapshot.view import CollectionView, LivingScope

LEAST_LIBRARY = 8  # cases; the words of fewer say nothing of what is usual
MOST_TOPICS = 6  # of a case
SOON = 1_000  # cases whose topics take no longer than a page may

_INSIDE = 0.5  # of a word's occurrences: it is left out where so many stand in pairs that are kept

Strong = tuple[float, str, int]  # a score, a term, how often it stands


class LibraryTopics:
    """The topics of one state."""

    def __init__(self, parts: Mapping[Scope, Sequence[LivingScope]]) -> None:
        self._parts = parts

    @property
    def is_ready(self) -> bool:
        """Tell whether they are worked out, or few enough to be so at once."""
        return "_named" in self.__dict__ or self._firsts[-1] <= SOON

    def values(self, scope: Scope) -> list[FacetValues]:
        """Return the topics of each segment's documents; sections have those of their case."""
        names, found = self._named
        return [
            _facet_values(names, self._lists(found, first, part.scope.case_firsts, scope))
            for first, part in zip(self._firsts, self._parts["cases"], strict=False)
        ]

    def of_case(self, case: int) -> tuple[Topic, ...]:
        """Return the topics of a case by its number over all segments, strongest first."""
        return tuple(
            Topic(name, times, self._counts[name], score)
            for score, name, times in self._by_case.get(case, ())
        )

    @cached_property
    def _firsts(self) -> list[int]:
        return [0, *accumulate(part.scope.count for part in self._parts["cases"])]

    @cached_property
    def _by_case(self) -> dict[int, list[Strong]]:
        living = CollectionView(self._parts["cases"]).count
        if living < LEAST_LIBRARY:
            return {}
        words = _grouped(word_terms(self._parts["cases"]))
        pairs = _grouped(pair_terms(RunningText(CollectionView(self._parts["sections"]))))
        strong = {case: _strongest(words[case], pairs.get(case, ())) for case in {**words, **pairs}}
        return _shared(strong)

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(name for row in self._by_case.values() for _, name, _ in row)

    @cached_property
    def _named(self) -> tuple[tuple[str, ...], dict[int, list[int]]]:
        """Return all topics, and the numbers of those of each case."""
        names = tuple(sorted(self._counts))
        numbers = {name: number for number, name in enumerate(names)}
        rows = self._by_case.items()
        return names, {case: sorted(numbers[name] for _, name, _ in row) for case, row in rows}

    def _lists(
        self, found: Mapping[int, list[int]], first: int, starts: Iterable[int], scope: Scope
    ) -> Iterator[Sequence[int]]:
        sizes = np.diff(np.asarray(starts)).tolist()
        for case, size in enumerate(sizes):
            topics = found.get(first + case, ())
            yield from (topics,) * (size if scope == "sections" else 1)


def _facet_values(names: tuple[str, ...], lists: Iterable[Sequence[int]]) -> FacetValues:
    rows = list(lists)
    values = np.array(list(chain.from_iterable(rows)), np.int32)
    return FacetValues(names, values, np.array([0, *accumulate(map(len, rows))], np.int32))


def _grouped(terms: Terms) -> defaultdict[int, list[Strong]]:
    """Return the terms of each case, strongest first."""
    found: defaultdict[int, list[Strong]] = defaultdict(list)
    columns = (column.tolist() for column in terms[1:])
    for term, case, times, score in zip(*columns, strict=True):
        found[case].append((score, terms.names[term], int(times)))
    for row in found.values():
        row.sort(key=lambda strong: (-strong[0], strong[1]))
    return found


def _strongest(words: Sequence[Strong], pairs: Sequence[Strong]) -> list[Strong]:
    """Return the strongest terms of a case, without words that stand mostly in its pairs."""
    inside: Counter[str] = Counter()
    for _, name, times in pairs:
        inside.update(dict.fromkeys(name.split(), times))
    alone = [word for word in words if inside[word[1]] < _INSIDE * word[2]]
    return sorted((*alone, *pairs), key=lambda strong: (-strong[0], strong[1]))[:MOST_TOPICS]


def _shared(strong: Mapping[int, list[Strong]]) -> dict[int, list[Strong]]:
    """Leave out what is a topic of too few cases."""
    counts = Counter(name for row in strong.values() for _, name, _ in row)
    return {
        case: [term for term in row if counts[term[1]] >= LEAST_CASES]
        for case, row in strong.items()
    }
