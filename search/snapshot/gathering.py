"""Gathering: documents as they are indexed → words and addresses, ready to be sorted.

In:  documents one by one.
Out: a `Batch`: the documents, and where each exact form stands. Any order of documents will do:
     `building` sorts.

Nothing is done for a word but to look its spelling up: what is known of a spelling (its forms,
how many positions it takes) is worked out once, and for the whole batch in one pass.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from search.analysis import read_spelling, spellings
from search.engine import TEXT_FIELDS, Document
from search.linguistics.stems import base_language
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.stored import Stored, stored_of

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
Documents = NDArray[np.integer[Any]]  # numbers; those that arrays are looked up by are wide


class Entry(Struct, frozen=True):
    """A document, beside its words."""

    id: str
    publication: str
    order: int
    language: str
    facets: Mapping[str, tuple[str, ...]]
    stored: Stored


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents and their words, by address: item i says that `words[word[i]]` stands there.

    `lengths` has the number of words of each field of each document. Addresses are counted from 1
    through the batch, with an empty one behind each field.
    """

    entries: Sequence[Entry]
    lengths: Ints
    words: Sequence[bytes]
    word: Ints
    address: Ints


class _Vocabulary(dict[str, int]):
    """Spelling → number, in the order in which spellings are met."""

    def __missing__(self, spelling: str) -> int:
        number = self[spelling] = len(self)
        return number


class Gatherer:
    """Takes documents one by one."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._vocabulary = _Vocabulary()
        self._spelt = array("i")  # the spellings of all texts, one after another
        self._counts = array("i")  # how many of them each field has

    @property
    def size(self) -> int:
        """Return about how many words were taken."""
        return len(self._spelt)

    def add(self, document: Document) -> None:
        """Take a document."""
        language = base_language(document.language)
        facets = {name: tuple(values) for name, values in document.facets.items() if values}
        self._entries.append(
            Entry(
                document.id,
                document.publication,
                document.order,
                language,
                facets,
                stored_of(document.shown),
            )
        )
        for name in TEXT_FIELDS:
            found = spellings(document.texts.get(name, ""), language)
            self._spelt.extend(map(self._vocabulary.__getitem__, found))
            self._counts.append(len(found))

    def batch(self) -> Batch:
        """Return what was taken."""
        read = _Readings(list(self._vocabulary))
        spelt, counts = _ints(self._spelt), _ints(self._counts)
        ends = np.zeros(spelt.size + 1, np.int32)
        np.cumsum(read.steps[spelt], out=ends[1:])
        bounds = np.zeros(counts.size + 1, np.int64)
        np.cumsum(counts, out=bounds[1:])
        lengths = np.diff(ends[bounds])
        first = np.repeat(np.arange(1, counts.size + 1, dtype=np.int32), counts)
        first += ends[:-1]
        return Batch(self._entries, lengths, read.forms, *read.spread(spelt, first))


class _Readings:
    """What is known of each of some spellings: its forms, their positions, how many positions."""

    def __init__(self, spelt: Sequence[str]) -> None:
        numbers = _Vocabulary()
        found = [read_spelling(spelling) for spelling in spelt]
        flat = [reading for readings in found for reading in readings]
        self.steps = np.array([r[-1][1] + 1 if r else 0 for r in found], np.int32)
        self._counts = np.array([len(readings) for readings in found], np.int32)
        self._firsts = np.cumsum(self._counts, dtype=np.int32) - self._counts
        self._words = np.array([numbers[form] for form, _ in flat], np.int32)
        self._places = np.array([place for _, place in flat], np.int32)
        self.forms = [form.encode() for form in numbers]

    def spread(self, spelt: Ints, first: Ints) -> tuple[Ints, Ints]:
        """Return the words of a run of spellings, each of which begins at an address."""
        if not spelt.size:
            return first, first
        counts = self._counts[spelt]
        if (counts == 1).all():
            return self._words[self._firsts[spelt]], first
        behind = np.cumsum(counts, dtype=np.int32)
        at = np.repeat(self._firsts[spelt] - behind + counts, counts)
        at += np.arange(at.size, dtype=at.dtype)
        return self._words[at], np.repeat(first, counts) + self._places[at]


def first_addresses(lengths: Ints) -> NDArray[Any]:
    """Return the first address of each field, and behind them the end."""
    return np.concatenate([np.ones(1, np.int64), 1 + np.cumsum(lengths + 1, dtype=np.int64)])


def per_document(addresses: NDArray[Any]) -> NDArray[Any]:
    """Return the first address of each document, and the end, from those of the fields."""
    return addresses[::FIELD_COUNT]


def changes(numbers: NDArray[Any]) -> Mask:
    """Tell where another number begins."""
    found = np.ones(numbers.size, np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=found[1:])
    return found


def _ints(numbers: array[int]) -> Ints:
    return np.frombuffer(numbers, np.int32) if numbers else np.empty(0, np.int32)
