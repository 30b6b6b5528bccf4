"""Packing: where words stand, publication by publication ↔ bytes of an index of record.

In:  a snapshot as built; or the sections of publications and the packed places of their words.
Out: for each word and each publication that has it, its places as bytes; or the batch that they
     were built from.

A publication's addresses are counted from its first. Each is written as the distance from the one
before, seven bits a byte, low ones first, the last byte of a number below 128 (LEB128).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from search.snapshot.building import Built
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.gathering import Batch, Entry, Ints, first_addresses, per_document

_BITS, _MORE = 7, 128
_AT_A_TIME = 1 << 18  # places of words


def packed_postings(built: Built) -> Iterator[tuple[bytes, int, bytes]]:
    """Yield (word, number of a publication, its places packed), rising by word and number."""
    text = built.arrays["sections/exact/text"].tobytes()
    text_at: list[int] = built.arrays["sections/exact/text_at"].tolist()
    places = cast("Ints", built.arrays["sections/exact/places"])
    places_at = built.arrays["sections/exact/places_at"]
    firsts = _publication_starts(built)
    # Some words at a time: what is worked out for them stays small, and in the cache.
    steps = np.arange(0, int(places_at[-1]), _AT_A_TIME)
    opened = sorted({*(places_at.searchsorted(steps, side="right") - 1).tolist()})
    cuts = [*opened, len(text_at) - 1]
    for low, high in pairwise(cuts):
        counts = np.diff(places_at[low : high + 1])
        word = np.repeat(np.arange(low, high, dtype=np.int32), counts)
        address = places[places_at[low] : places_at[high]]
        for w, publication, packed in _packed(word, address, firsts):
            yield text[text_at[w] : text_at[w + 1]], publication, packed


def _packed(word: Ints, address: Ints, firsts: NDArray[Any]) -> Iterator[tuple[int, int, bytes]]:
    owner = firsts.searchsorted(address, side="right") - 1
    opens = np.ones(address.size, np.bool_)
    opens[1:] = (word[1:] != word[:-1]) | (owner[1:] != owner[:-1])
    distance = np.diff(address, prepend=np.int32(0))
    distance[opens] = address[opens] - firsts[owner[opens]]
    data, ends = _encoded(distance)
    starts = np.flatnonzero(opens)
    begin = 0
    cuts = [*ends[starts[1:] - 1].tolist(), len(data)]
    for w, publication, end in zip(
        word[starts].tolist(), owner[starts].tolist(), cuts, strict=True
    ):
        yield w, publication, data[begin:end]
        begin = end


def field_lengths(built: Built) -> list[list[int]]:
    """Return the lengths of the fields of each section, in words."""
    fields = built.arrays["sections/fields"]
    found: list[list[int]] = (np.diff(fields) - 1).reshape(-1, FIELD_COUNT).tolist()
    return found


def _publication_starts(built: Built) -> NDArray[Any]:
    """Return the first address of each publication; one without sections has the next one's."""
    fields = built.arrays["sections/fields"]
    starts = np.array(built.about.scopes["sections"].starts)
    found: NDArray[Any] = per_document(fields)[starts[:-1]]
    return found


def _encoded(numbers: Ints) -> tuple[bytes, Ints]:
    """Return numbers as bytes, and behind which byte each ends."""
    sizes = np.ones(numbers.size, np.int32)
    for bits in range(_BITS, 32, _BITS):
        sizes += numbers >> bits > 0
    ends = np.cumsum(sizes)
    data = np.empty(int(ends[-1]), np.uint8)
    starts = ends - sizes
    for place in range(int(sizes.max())):
        there = sizes > place
        rest = numbers[there] >> (_BITS * place)
        data[starts[there] + place] = np.where(rest >= _MORE, rest & 127 | _MORE, rest)
    return data.tobytes(), ends


def _decoded(data: NDArray[np.uint8]) -> NDArray[np.int64]:
    is_last = data < _MORE
    ends = np.flatnonzero(is_last)
    if not ends.size:
        return np.empty(0, np.int64)
    starts = np.concatenate([np.zeros(1, np.intp), ends[:-1] + 1])
    shifts = (np.arange(data.size) - np.repeat(starts, ends - starts + 1)) * _BITS
    return np.add.reduceat((data & 127).astype(np.int64) << shifts, starts)


class Unpacker:
    """Takes the postings of publications one by one."""

    def __init__(self, entries: Sequence[Sequence[Entry]], lengths: Sequence[int]) -> None:
        """Begin with each publication's sections, and the lengths of the fields of all."""
        self._entries = [entry for mine in entries for entry in mine]
        self._lengths = np.array(lengths, np.int32)
        counts = np.array([len(mine) for mine in entries], np.int64)
        starts = per_document(first_addresses(self._lengths))
        self._firsts = starts[np.cumsum(counts) - counts]
        self._words: list[bytes] = []
        self._owners, self._word, self._sizes = array("i"), array("i"), array("i")
        self._values: list[bytes] = []

    def take(self, word: bytes, publication: int, places: bytes) -> None:
        """Take the places of a word in a publication; a word's postings come together."""
        if not self._words or self._words[-1] != word:
            self._words.append(word)
        self._word.append(len(self._words) - 1)
        self._owners.append(publication)
        self._sizes.append(len(places))
        self._values.append(places)

    def batch(self) -> Batch:
        """Return what was taken."""
        data = np.frombuffer(b"".join(self._values), np.uint8)
        ends = np.cumsum(np.array(self._sizes, np.int64))
        counted = np.concatenate([np.zeros(1, np.int64), np.cumsum(data < _MORE)])
        bounds = np.concatenate([np.zeros(1, np.int64), counted[ends]])
        counts = np.diff(bounds)
        distance = _decoded(data)
        opens = bounds[:-1]
        runs = np.cumsum(distance)
        before = runs[opens] - distance[opens] if opens.size else opens
        address = runs - np.repeat(before - self._firsts[np.array(self._owners, np.intp)], counts)
        word = np.repeat(np.array(self._word, np.int32), counts)
        return Batch(self._entries, self._lengths, self._words, word, address.astype(np.int32))
