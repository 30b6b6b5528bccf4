"""Shared phrases: sequences of words that stand in several cases, as long as they go.

In:  the running text, which documents, how many words at least.
Out: every sequence that occurs in two cases or more and that no word before or behind it always
     goes with: the maximal repeats. Those first that repeat most words in further cases.

Sequences of the least length are put together by a hash of 64 bits, so many at a time that memory
stays bounded; each group then grows by a word until its occurrences part. Where all occurrences
of a sequence have the same word before them, the sequence that begins there is the one to show.
Source: maximal repeats as in Gusfield (1997), 7.12; the hash's mixer is splitmix64.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.occurrence_index import Progress
from search.snapshot.gathering import Mask
from search.snapshot.occurrences import occurrence_at
from search.snapshot.running_text import RunningText
from search.word_groups import SharedPhrase, SharedPhraseRequest, SharedPhrases

_AT_ONCE = 1 << 23  # sequences that are compared in one go

Numbers = NDArray[Any]
Hashes = NDArray[np.uint64]


class _Places(NamedTuple):
    """Beginnings of sequences: those of one group, counted by `group`, stand together."""

    group: Numbers
    part: Numbers
    address: Numbers
    case: Numbers

    def where(self, keep: Numbers) -> _Places:
        return _Places(*(column[keep] for column in self))


@dataclass(frozen=True, slots=True)
class Repeat:
    """A maximal repeat; its places are those of `places` from `start` to `end`."""

    words: int
    cases: int
    places: _Places
    start: int
    end: int

    @property
    def weight(self) -> int:
        """Return how many words it repeats in further cases."""
        return self.words * (self.cases - 1)


@dataclass(frozen=True, slots=True)
class Repeats:
    """The maximal repeats of several cases, those that weigh most first."""

    found: Sequence[Repeat]

    @property
    def size_bytes(self) -> int:
        """Return about how many bytes they take."""
        kept = {id(repeat.places): repeat.places.address.nbytes for repeat in self.found}
        return 1_000 + 200 * len(self.found) + 4 * sum(kept.values())


def find_repeats(
    text: RunningText, documents: Mask | None, words: int, progress: Progress | None = None
) -> Repeats:
    """Return the phrases of so many words at least that several cases share."""
    found = [
        repeat
        for places in _repeated(text, documents, words, progress)
        for repeat in _grown(text, places, words)
    ]
    found.sort(key=lambda each: (-each.weight, -each.words, each.places.address[each.start]))
    return Repeats(found)


def shared_phrases(
    text: RunningText, repeats: Repeats, request: SharedPhraseRequest
) -> SharedPhrases:
    """Return one page of repeats with their places."""
    page = repeats.found[request.offset : request.offset + request.limit]
    shown = tuple(_shown(text, each, request.places) for each in page)
    return SharedPhrases(len(repeats.found), shown)


def _shown(text: RunningText, repeat: Repeat, limit: int) -> SharedPhrase:
    places = repeat.places.where(np.arange(repeat.start, repeat.end))
    ranks = text.book_ranks(places.case)
    chosen = np.lexsort((places.address, ranks))[:limit]
    return SharedPhrase(
        words=repeat.words,
        count=repeat.end - repeat.start,
        case_count=repeat.cases,
        places=tuple(
            occurrence_at(text.parts[part], address, address + repeat.words - 1)
            for part, address in zip(
                places.part[chosen].tolist(), places.address[chosen].tolist(), strict=True
            )
        ),
    )


def _repeated(
    text: RunningText, documents: Mask | None, words: int, progress: Progress | None
) -> Iterator[_Places]:
    """Yield the sequences of so many words that several cases have, a share of them at a time."""
    total = sum(int(part.words_before[-1]) for part in text.parts)
    shares = total // _AT_ONCE + 1
    for share in range(shares):
        if progress:
            progress(share, shares)
        yield _share(text, documents, words, share, shares)
    if progress:
        progress(shares, shares)


def _share(
    text: RunningText, documents: Mask | None, words: int, share: int, shares: int
) -> _Places:
    hashes: list[Hashes] = [np.empty(0, np.uint64)]
    parts, places = [np.empty(0, np.int32)], [np.empty(0, np.int64)]
    for number, part in enumerate(text.parts):
        for addresses in part.stretches(part.allowed(documents)):
            found, fits = _hashes(text, number, addresses, words)
            fits &= found % np.uint64(shares) == share
            hashes.append(found[fits])
            parts.append(np.full(hashes[-1].size, number, np.int32))
            places.append(addresses[fits])
    joined = np.concatenate(hashes)
    order = joined.argsort(kind="stable")
    joined = joined[order]
    alike = joined[1:] == joined[:-1]
    keep = np.append(alike, np.bool_(0)) | np.append(np.bool_(0), alike)
    if not joined.size:
        keep = np.empty(0, np.bool_)
    part, address = np.concatenate(parts)[order[keep]], np.concatenate(places)[order[keep]]
    group = np.cumsum(np.diff(joined[keep], prepend=np.uint64(0)) != 0)
    return _shared(text, _Places(group, part, address, text.cases_at(part, address)))


def _hashes(text: RunningText, number: int, addresses: Numbers, words: int) -> tuple[Hashes, Mask]:
    """Return a hash of the words from each address on, and whether so many stand in its field."""
    total = np.zeros(addresses.size, np.uint64)
    fits = np.ones(addresses.size, np.bool_)
    for step in range(words):
        ranks = text.ranked(number, addresses + step)
        fits &= ranks >= 0
        total = _mixed(total + ranks.astype(np.uint64))
    return total, fits


def _mixed(numbers: Hashes) -> Hashes:
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = numbers ^ (numbers >> np.uint64(31))
    return mixed


def _shared(text: RunningText, places: _Places) -> _Places:
    """Keep the groups of several cases whose occurrences differ in the word before them."""
    if not places.group.size:
        return places
    starts = _starts(places.group)
    before = text.ranks_at(places.part, places.address - 1)
    good = _differ(places.case, starts) & _part_ways(before, starts)
    sizes = np.diff(np.append(starts, places.group.size))
    return places.where(np.repeat(good, sizes))


def _starts(group: Numbers) -> Numbers:
    return np.append(np.bool_(1), group[1:] != group[:-1]).nonzero()[0]


def _differ(values: Numbers, starts: Numbers) -> Mask:
    """Tell of which groups not all values are the same."""
    found: Mask = np.minimum.reduceat(values, starts) != np.maximum.reduceat(values, starts)
    return found


def _part_ways(words: Numbers, starts: Numbers) -> Mask:
    """Tell of which groups the words differ; the end of a text is like nothing else."""
    return _differ(words, starts) | (np.minimum.reduceat(words, starts) < 0)


def _grown(text: RunningText, places: _Places, words: int) -> Iterator[Repeat]:
    """Let groups grow word by word; yield each where its occurrences part."""
    while places.group.size:
        starts = _starts(places.group)
        behind = text.ranks_at(places.part, places.address + words)
        ends = np.append(starts[1:], places.group.size)
        for number in _part_ways(behind, starts).nonzero()[0].tolist():
            start, end = int(starts[number]), int(ends[number])
            cases = np.unique(places.case[start:end]).size
            yield Repeat(words, cases, places, start, end)
        keys = places.group * (text.word_count + 1) + behind
        order = np.lexsort((places.address, keys))
        order = order[behind[order] >= 0]
        group = np.cumsum(np.diff(keys[order], prepend=-1) != 0)
        places = _shared(text, places.where(order)._replace(group=group))
        words += 1
