"""Overlaps: how much of its wording one text shares with another.

In:  texts.
Out: their shingles, runs of three words; of many texts those that share some with a given one.
Source: Broder, “On the resemblance and containment of documents”, 1997.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Sequence

from ingest.titles import title_words

SHINGLE = 3

Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """Return the runs of three words of a text; of a shorter one the one run that it is."""
    words = title_words(text)
    runs = range(max(len(words) - SHINGLE, 0) + 1) if words else ()
    return frozenset(tuple(words[at : at + SHINGLE]) for at in runs)


def resemblance(one: Shingles, other: Shingles) -> float:
    """Return the share of the larger text's shingles that both have, 0 to 1."""
    largest = max(len(one), len(other))
    return len(one & other) / largest if largest else 0.0


class Overlaps:
    """Many texts, to be asked for those that share words with one."""

    def __init__(self, texts: Sequence[Shingles]) -> None:
        self._texts = texts
        self._having: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, found in enumerate(texts):
            for shingle in found:
                self._having[shingle].append(number)

    def sharing(self, wanted: Shingles) -> Counter[int]:
        """Return the numbers of the texts that share shingles with one, and how many."""
        return Counter(number for each in wanted for number in self._having.get(each, ()))

    def holding(self, wanted: Shingles, *, least: float, among: Container[int]) -> int | None:
        """Return the text that holds most of one, at least so large a share of it."""
        shared = [(n, -at) for at, n in self.sharing(wanted).items() if at in among]
        best, place = max(shared, default=(0, 0))
        return -place if wanted and best >= least * len(wanted) else None
