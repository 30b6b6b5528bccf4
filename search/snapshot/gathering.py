"""Gathering: documents as they are indexed → occurrences of words, ready to be sorted.

In:  one scope's documents and, for each view, every form with its positions.
Out: `Batch`es: plain arrays of (word, document, position). Any order will do: `building` sorts.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from search.analysis import View
from search.snapshot.stored import Stored

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
Documents = NDArray[np.integer[Any]]  # numbers; those that arrays are looked up by are wide


class Entry(Struct, frozen=True):
    """A document, beside its words."""

    id: str
    publication: str
    order: int
    facets: Mapping[str, tuple[str, ...]]
    stored: Stored = Stored()


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Words of documents: item i says that word `words[word[i]]` stands in a document at a place.

    `document` counts the batch's documents; `position` holds field and place, as
    `search.snapshot.fields` packs them.
    """

    words: Sequence[bytes]
    word: Ints
    document: Ints
    position: Ints


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents of one scope and the occurrences of their words in each view."""

    entries: Sequence[Entry]
    views: Mapping[View, Occurrences]


class _Vocabulary(dict[str, int]):
    """Word → number, in the order in which words are met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


@dataclass(slots=True)
class _Gathered:
    """One view's occurrences while they come in: a run of positions for each word of a document.

    Numbers are as the index packs them, unsigned; none is so large that it would matter.
    """

    vocabulary: _Vocabulary = field(default_factory=_Vocabulary)
    word: array[int] = field(default_factory=lambda: array("I"))
    document: array[int] = field(default_factory=lambda: array("I"))
    times: array[int] = field(default_factory=lambda: array("I"))
    position: array[int] = field(default_factory=lambda: array("I"))

    def occurrences(self) -> Occurrences:
        times = _ints(self.times)
        return Occurrences(
            words=[word.encode() for word in self.vocabulary],
            word=np.repeat(_ints(self.word), times),
            document=np.repeat(_ints(self.document), times),
            position=_ints(self.position),
        )


def _ints(numbers: array[int]) -> Ints:
    return np.frombuffer(numbers, np.int32) if numbers else np.empty(0, np.int32)


class Gatherer:
    """Takes one scope's documents one by one."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._views: dict[View, _Gathered] = {view: _Gathered() for view in get_args(View)}

    def add_entry(self, entry: Entry) -> int:
        """Take a document; return its number, to add its words by."""
        self._entries.append(entry)
        return len(self._entries) - 1

    def add_words(self, view: View, document: int, forms: Mapping[str, Sequence[int]]) -> None:
        """Take the positions of all forms of a document."""
        into = self._views[view]
        into.word.extend(map(into.vocabulary.__getitem__, forms))
        into.document.extend([document] * len(forms))
        into.times.extend(map(len, forms.values()))
        for positions in forms.values():
            into.position.extend(positions)

    def add_word(self, view: View, form: str, document: int, positions: Sequence[int]) -> None:
        """Take the positions of one form of a document."""
        into = self._views[view]
        into.word.append(into.vocabulary[form])
        into.document.append(document)
        into.times.append(len(positions))
        into.position.extend(positions)

    def batch(self) -> Batch:
        """Return what was taken."""
        return Batch(
            self._entries, {view: gathered.occurrences() for view, gathered in self._views.items()}
        )
