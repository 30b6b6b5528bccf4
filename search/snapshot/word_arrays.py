"""Word arrays: words and their addresses → the arrays of one view.

In:  words with their addresses, in order; the documents that have the addresses.
Out: arrays by name, as `building` lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import TEXT_FIELDS
from search.snapshot.arrays import Array
from search.snapshot.case_arrays import REPEATED, Runs
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.gathering import Ints, Mask, changes
from search.snapshot.numbering import Occurrences

KEY_BYTES = 8
_WEIGHTS = np.array(list(TEXT_FIELDS.values()), np.float32)


class Ground:
    """Whose the addresses are."""

    def __init__(self, lengths: Ints, runs: Runs) -> None:
        self.runs = runs
        self._lengths = lengths
        self.end = int(lengths.sum(dtype=np.int64)) + lengths.size + 1

    def documents(self, addresses: Ints) -> Ints:
        """Return the document of each address."""
        return self._document_at[addresses]

    def weights(self, addresses: Ints) -> NDArray[np.float32]:
        """Return the weight of the field that each address stands in."""
        return _WEIGHTS[self._field_at[addresses]]

    def counts_for_case(self, addresses: Ints) -> Mask:
        """Tell which addresses count for a case: what is the case's own stands there once."""
        field = self._field_at[addresses]
        kept = self.runs.is_first[self.documents(addresses)]
        return np.logical_or(kept, ~np.isin(np.arange(FIELD_COUNT), REPEATED)[field])

    @cached_property
    def _document_at(self) -> Ints:
        sizes = (self._lengths + 1).reshape(-1, FIELD_COUNT).sum(axis=1, dtype=np.int64)
        if sizes.size:
            sizes[0] += 1  # the address 0 is nobody's
        return np.repeat(np.arange(sizes.size, dtype=np.int32), sizes)

    @cached_property
    def _field_at(self) -> NDArray[np.uint8]:
        sizes = self._lengths.astype(np.int64) + 1
        if sizes.size:
            sizes[0] += 1
        fields = np.arange(FIELD_COUNT, dtype=np.uint8)
        return np.repeat(np.tile(fields, sizes.size // FIELD_COUNT), sizes)


def word_arrays(
    found: Occurrences, ground: Ground, *, is_whole: bool
) -> Iterable[tuple[str, Array]]:
    """Yield the words and their places; where `is_whole`, also the words by their places."""
    words = found.words
    text, starts = packed_texts(words)
    yield "text", text
    yield "text_at", starts.astype(np.int64)
    yield "keys", np.array([word_key(word) for word in words], np.uint64)
    yield "places", found.address
    yield "places_at", found.word.searchsorted(np.arange(len(words) + 1)).astype(np.int64)
    if is_whole:
        forward, joined = _forward(found, np.diff(starts), ground.end)
        yield "forward", forward
        yield "following", _following(found, forward)
        yield "joined", joined
        backward = sorted(range(len(words)), key=lambda n: words[n][::-1])
        yield "backward", np.array(backward, np.int32)


def posting_arrays(
    found: Occurrences, owners: Ints, weights: NDArray[np.float32]
) -> Iterable[tuple[str, Array]]:
    """Yield the documents of each word and how often it stands in each."""
    starts = np.flatnonzero(changes(found.word) | changes(owners))
    yield "documents", owners[starts]
    numbers = np.arange(len(found.words) + 1)
    yield "documents_at", found.word[starts].searchsorted(numbers).astype(np.int64)
    yield "times", _narrowed(np.add.reduceat(weights, starts) if starts.size else np.zeros(0))


def _narrowed(times: NDArray[Any]) -> Array:
    """Keep frequencies in the smallest type that holds them."""
    most = times.max(initial=0)
    whole = bool((times == np.floor(times)).all())
    if whole and most < 1 << 16:
        return times.astype(np.uint8 if most < 1 << 8 else np.uint16)
    return times.astype(np.float32)


def _forward(
    found: Occurrences, sizes: NDArray[np.int32], end: int
) -> tuple[Ints, NDArray[np.uint8]]:
    """Return the word at each address; of a part and a whole at one address the part, the shorter.

    Also return which words stand anywhere without being the one at their address.
    """
    word, address = found.word, found.address
    shortest = np.full(end, np.iinfo(np.int32).max, np.int32)
    size = sizes[word]
    np.minimum.at(shortest, address, size)
    part = size == shortest[address]
    forward = np.full(end, -1, np.int32)
    forward[address[part]] = word[part]
    joined = np.zeros(sizes.size, np.uint8)
    joined[word[forward[address] != word]] = 1
    return forward, joined


def _following(found: Occurrences, forward: Ints) -> Ints:
    """Return addresses by the words there, the words behind them, those behind these, in order."""
    behind = np.append(forward[1:], np.int32(-1))
    second = behind[found.address]
    third = np.append(behind[1:], np.int32(-1))[found.address]
    third[second < 0] = -1  # the next field is none of its business
    order = np.argsort(third, kind="stable")
    keys = found.word[order].astype(np.int64) * (len(found.words) + 1) + second[order]
    return found.address[order[np.argsort(keys, kind="stable")]]


def packed_texts(texts: Sequence[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Return texts one after another, and where each begins and the last ends."""
    starts = np.array([0, *accumulate(map(len, texts))], np.int32)
    return np.frombuffer(b"".join(texts), np.uint8), starts


def word_key(word: bytes) -> int:
    """Return the number that sorts as the first bytes of a word do."""
    return int.from_bytes(word[:KEY_BYTES].ljust(KEY_BYTES, b"\0"), "big")
