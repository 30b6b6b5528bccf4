"""Running text: the words of a view's documents as they are counted, each once.

In:  a view of sections.
Out: for each of its segments which fields count, which case each document belongs to, how many
     words stand before each field; one order of words for all segments.

A case's title and organisation stand in each of its sections' documents; they count in the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.snapshot.fields import FIELD_COUNT, FIELD_NUMBERS
from search.snapshot.gathering import Ints, Mask
from search.snapshot.segment import SegmentScope, Words
from search.snapshot.view import CollectionView, LivingScope

OF_CASES = [FIELD_NUMBERS["title"], FIELD_NUMBERS["organisation"]]
NO_WORDS = np.empty(0, np.int32)
_STRETCH = 1 << 21  # addresses that are looked at in one go


class TextPart:
    """One segment of the running text. `first` is the number of its first document."""

    def __init__(self, first: int, living: LivingScope) -> None:
        self.first, self.living = first, living
        self.scope: SegmentScope = living.scope
        self.words: Words = self.scope.views["exact"]
        self.fields = self.scope.fields
        self.forward: Ints = NO_WORDS if self.words.forward is None else self.words.forward

    @property
    def case_starts(self) -> Ints:
        """Return the first document of each case, and the end."""
        return self.scope.case_firsts

    @property
    def case_of(self) -> Ints:
        """Return the number of each document's case."""
        return self.scope.case_of

    @cached_property
    def counted(self) -> Mask:
        """Return which fields count; those of dead documents do not."""
        counted = np.ones((self.scope.count, FIELD_COUNT), np.bool_)
        counted[:, OF_CASES] = False
        counted[self.case_starts[:-1, None], OF_CASES] = True
        if self.living.lives is not None:
            counted[~self.living.lives] = False
        return counted.reshape(-1)

    @cached_property
    def field_words(self) -> Ints:
        """Return the words of each field that counts, 0 for those that do not."""
        return np.where(self.counted, np.diff(self.fields) - 1, 0).astype(np.int32)

    @cached_property
    def document_words(self) -> NDArray[np.int64]:
        """Return how many words of each document count."""
        found: NDArray[np.int64] = self.field_words.reshape(-1, FIELD_COUNT).sum(axis=1)
        return found

    @cached_property
    def words_before(self) -> NDArray[np.int64]:
        """Return how many words count before each field, and in all."""
        return np.concatenate([[0], np.cumsum(self.field_words, dtype=np.int64)])

    def allowed(self, documents: Mask | None) -> Mask:
        """Return which fields count of some documents of the view, None meaning all."""
        if documents is None:
            return self.counted
        mine = documents[self.first : self.first + self.scope.count]
        return self.counted & np.repeat(mine, FIELD_COUNT)

    def stretches(self, allowed: Mask) -> Iterator[NDArray[Any]]:
        """Yield the addresses of the words of some fields, so many at a time."""
        starts, ends = self.fields[:-1][allowed], self.fields[1:][allowed] - 1
        lengths = (ends - starts).astype(np.int64)
        total = int(lengths.sum())
        cuts = np.cumsum(lengths).searchsorted(np.arange(0, total + _STRETCH, _STRETCH))
        cuts = np.unique(np.append(cuts, lengths.size))
        for low, high in pairwise(cuts.tolist()):
            yield _addresses(starts[low:high], lengths[low:high])

    def case_id(self, case: int) -> str:
        """Return a case as `publication/case`."""
        return self.scope.document_id(int(self.case_starts[case])).rpartition("/")[0]


class RunningText:
    """The running text of a view."""

    def __init__(self, view: CollectionView) -> None:
        self.view = view
        self.parts: Sequence[TextPart] = [TextPart(*part) for part in view.parts]

    @cached_property
    def case_firsts(self) -> list[int]:
        """Return the number of each segment's first case, and of all cases."""
        counts = [part.case_starts.size - 1 for part in self.parts]
        return [0, *np.cumsum(counts).tolist()] if counts else [0]

    @cached_property
    def ranks(self) -> Sequence[Ints | None]:
        """Return the place of each segment's words among all words; None where it is their own."""
        if len(self.parts) == 1:
            return [None]
        texts = [[part.words.text(n) for n in range(part.words.count)] for part in self.parts]
        number = {text: rank for rank, text in enumerate(sorted(set().union(*texts)))}
        return [np.array([number[text] for text in known], np.int32) for known in texts]

    @property
    def word_count(self) -> int:
        """Return how many different words there are in all segments."""
        if len(self.parts) == 1:
            return self.parts[0].words.count
        found = (int(rank.max(initial=-1)) for rank in self.ranks if rank is not None)
        return max(found, default=-1) + 1

    def word(self, rank: int) -> str:
        """Return a word by its place among all words."""
        for part, ranks in zip(self.parts, self.ranks, strict=True):
            if ranks is None:
                return part.words.text(rank).decode()
            number = int(ranks.searchsorted(rank))
            if number < ranks.size and ranks[number] == rank:
                return part.words.text(number).decode()
        raise IndexError(rank)

    def ranked(self, number: int, addresses: NDArray[Any]) -> Ints:
        """Return the words at addresses of a segment by rank, -1 between fields."""
        found = self.parts[number].forward.take(addresses, mode="clip")
        ranks = self.ranks[number]
        if ranks is None or not ranks.size:
            return found
        return np.where(found < 0, np.int32(-1), ranks[found])

    def ranks_at(self, parts: NDArray[Any], addresses: NDArray[Any]) -> Ints:
        """Return the words at addresses of segments by rank, -1 between fields."""
        if len(self.parts) == 1:
            return self.ranked(0, addresses)
        found = np.full(addresses.size, -1, np.int32)
        for number in range(len(self.parts)):
            mine = parts == number
            found[mine] = self.ranked(number, addresses[mine])
        return found

    def cases_at(self, parts: NDArray[Any], addresses: NDArray[Any]) -> NDArray[Any]:
        """Return the case that each address of a segment belongs to, counted over all segments."""
        found = np.zeros(addresses.size, np.int64)
        for number, part in enumerate(self.parts):
            mine = parts == number
            documents = part.scope.field_of(addresses[mine]) // FIELD_COUNT
            found[mine] = part.case_of[documents] + self.case_firsts[number]
        return found

    def tally(self, number: int, addresses: NDArray[Any]) -> NDArray[np.int64]:
        """Return how often each word stands at addresses of a segment, by rank."""
        return np.bincount(self.ranked(number, addresses), minlength=self.word_count)

    def frequencies(self, documents: Mask | None) -> NDArray[np.int64]:
        """Return how often each word stands in some documents, None meaning all, by rank."""
        return self._frequencies_of_all if documents is None else self._frequencies(documents)

    @cached_property
    def _frequencies_of_all(self) -> NDArray[np.int64]:
        return self._frequencies(None)

    def _frequencies(self, documents: Mask | None) -> NDArray[np.int64]:
        total = np.zeros(self.word_count, np.int64)
        for number, part in enumerate(self.parts):
            for addresses in part.stretches(part.allowed(documents)):
                total += self.tally(number, addresses)
        return total

    def book_ranks(self, cases: NDArray[Any]) -> NDArray[Any]:
        """Return numbers that put cases in book order."""
        firsts = [NO_WORDS, *(part.case_starts[:-1] + part.first for part in self.parts)]
        documents: Ints = np.concatenate(firsts)[cases]
        return documents if self.view.order is None else self.view.order[documents]


def _addresses(starts: NDArray[Any], lengths: NDArray[Any]) -> NDArray[Any]:
    """Return all addresses of runs."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
