"""Numbering: batches → one row of documents and one of words, every occurrence in order.

In:  batches, documents and words in any order.
Out: documents in book order; words sorted, with their addresses in rising order, each once; the
     same of their stems, and which words have a stem.

A stem is a function of the form and of the language of the text, so only forms are gathered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engine import case_of
from search.linguistics.stems import stem
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.gathering import Batch, Entry, Ints, changes, first_addresses, per_document


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Item i says that `words[word[i]]` stands at an address; items rise by word, then address."""

    words: Sequence[bytes]
    word: Ints
    address: Ints

    def where(self, kept: NDArray[np.bool_]) -> Occurrences:
        """Return some of them."""
        return Occurrences(self.words, self.word[kept], self.address[kept])


def joined(batches: Sequence[Batch]) -> tuple[list[Entry], Ints, Occurrences]:
    """Put batches together: documents, the lengths of their fields, their words."""
    entries = list(chain.from_iterable(batch.entries for batch in batches))
    by_book = _by_book(entries)
    lengths = np.concatenate([np.zeros(0, np.int32), *(batch.lengths for batch in batches)])
    lengths = lengths.reshape(-1, FIELD_COUNT)[by_book].reshape(-1)
    places = np.empty(len(entries), np.int64)
    places[by_book] = per_document(first_addresses(lengths))[:-1]
    words = sorted(set().union(*(batch.words for batch in batches)))
    numbers = {word: number for number, word in enumerate(words)}
    firsts = [0, *accumulate(len(batch.entries) for batch in batches)]
    keys = [_keys(batch, numbers, places[n:]) for batch, n in zip(batches, firsts, strict=False)]
    together = keys.pop() if len(keys) == 1 else np.concatenate([np.empty(0, np.int64), *keys])
    return [entries[n] for n in by_book.tolist()], lengths, _in_order(words, together)


class Stems(NamedTuple):
    """Sorted stems, and the number of that of each occurrence of an exact form."""

    words: Sequence[bytes]
    stem: Ints


def stems_of(exact: Occurrences, language: NDArray[Any], languages: Sequence[str]) -> Stems:
    """Return the stem of each occurrence; `language` is the number of that of its text."""
    numbers: dict[str, int] = {}
    found = np.empty(exact.word.size, np.int32)
    for number, name in enumerate(languages):
        mine = language == number if len(languages) > 1 else slice(None)
        word = exact.word[mine]
        table = np.zeros(len(exact.words), np.int32)
        for form in np.bincount(word, minlength=1).nonzero()[0].tolist() if word.size else ():
            root = stem(exact.words[form].decode(), name)
            table[form] = numbers.setdefault(root, len(numbers))
        found[mine] = table[word]
    by_text = sorted((root.encode(), number) for root, number in numbers.items())
    ranks = np.empty(len(numbers), np.int32)
    ranks[[number for _, number in by_text]] = np.arange(len(numbers))
    return Stems([root for root, _ in by_text], ranks[found] if found.size else found)


def stemmed(exact: Occurrences, stems: Stems) -> Occurrences:
    """Return the same occurrences by stem."""
    keys = stems.stem.astype(np.int64) << 32
    keys |= exact.address
    return _in_order(stems.words, keys)


def forms_of(exact: Occurrences, stems: Stems, forward: Ints) -> tuple[Ints, NDArray[np.int64]]:
    """Return the words that stand where a stem does, stem by stem, and where each stem's begin.

    `forward` has the word at each address: of a hyphenated whole, which has a stem of its own, the
    first part.
    """
    word, stem = exact.word, stems.stem
    runs = np.flatnonzero(changes(word) | changes(stem))
    at = forward[exact.address]
    wholes = np.flatnonzero(at != word)
    keys = stem[np.concatenate([runs, wholes])].astype(np.int64) << 32
    keys |= np.concatenate([word[runs], at[wholes]])
    keys.sort()
    keys = keys[changes(keys)]
    bounds = np.arange(len(stems.words) + 1, dtype=np.int64) << 32
    return (keys & ((1 << 32) - 1)).astype(np.int32), keys.searchsorted(bounds)


def _by_book(entries: Sequence[Entry]) -> NDArray[np.intp]:
    """Return the documents' numbers in book order; a case stands where its first section does."""
    cases = [case_of(entry.id) for entry in entries]
    firsts: dict[str, int] = {}
    for entry, case in zip(entries, cases, strict=True):
        firsts[case] = min(entry.order, firsts.get(case, entry.order))
    keys = [
        (entry.publication, firsts[case], case, entry.order, entry.id)
        for entry, case in zip(entries, cases, strict=True)
    ]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), np.intp)


def _keys(batch: Batch, numbers: dict[bytes, int], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a batch's occurrences as numbers that sort by word and then by final address."""
    table = np.array([numbers[word] for word in batch.words], np.int64) << 32
    keys = table[batch.word] if batch.word.size else np.empty(0, np.int64)
    keys |= batch.address
    starts = per_document(first_addresses(batch.lengths))
    shifts = (places[: starts.size - 1] - starts[:-1]).astype(np.int32)
    if shifts.any():
        shift_at = np.repeat(shifts, np.diff(starts))
        keys += shift_at[batch.address - 1]
    return keys


def _in_order(words: Sequence[bytes], keys: NDArray[np.int64]) -> Occurrences:
    keys.sort()  # numpy's `unique` goes through a hash table, which takes longer
    repeated = keys[1:] == keys[:-1]
    if repeated.any():
        keys = np.delete(keys, np.flatnonzero(repeated))
    return Occurrences(words, (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32))
