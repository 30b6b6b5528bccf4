"""Building: occurrences of words → the arrays of a snapshot.

In:  batches of documents with their words, scope by scope; the publications they belong to.
Out: arrays by name and the note `About`; the same for the same documents in any order.

Documents are numbered in book order (publication, order, id). Every text field of every document
has a stretch of *addresses*, one a word and an empty one behind, so that words of two fields are
never neighbours: a phrase is a run of addresses. Per scope, and per view of it:

| array | what | type |
| --- | --- | --- |
| `lengths` | words of each document | int32 |
| `fields` | first address of each field of each document, and the end | int32 |
| `ids`, `ids_at` | the documents' ids one after another, and where each begins | uint8, int32 |
| `facet/NAME/values`, `…/at` | numbers of the values of each document, where each begins | int32 |
| `VIEW/text`, `VIEW/text_at` | sorted words one after another, where each begins | uint8, int64 |
| `VIEW/keys` | the first eight bytes of each word, to look it up by | uint64 |
| `VIEW/documents`, `…_at` | the documents of each word, where each word's begin | int32, int64 |
| `VIEW/times` | how often it stands there, weighted by field | uint8, uint16 or float32 |
| `VIEW/places`, `…_at` | the addresses of each word, where each word's begin | int32, int64 |
| `exact/forward` | the word at each address, -1 behind a field | int32 |
| `exact/backward` | the words in the order of their letters from behind | int32 |
| `exact/joined` | whether a word also stands for several, written with hyphens | uint8 |
| `exact/folded`, `…_words` | checksums of folded keys, rising; their words | uint32, int32 |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from search.analysis import View
from search.engine import TEXT_FIELDS, Scope
from search.linguistics.short_forms import ShortForm
from search.snapshot.arrays import Array
from search.snapshot.fields import FIELD_BITS, FIELD_COUNT
from search.snapshot.folded import folded_arrays
from search.snapshot.gathering import Batch, Entry, Ints, Occurrences

KEY_BYTES = 8
_WEIGHTS = np.array(list(TEXT_FIELDS.values()), np.float64)
_MOST_ADDRESSES = (1 << 31) - 1


class IndexedPublication(Struct, frozen=True, array_like=True):
    """A publication in a segment; `note` is the segment's record that stands or falls with it.

    `short_forms` are abbreviations that it introduces, with their long forms, frequent ones first.
    """

    id: str
    digest: str
    note: int
    short_forms: tuple[ShortForm, ...] = ()


class AboutScope(Struct, frozen=True):
    """What a scope holds: for each publication where its documents begin, then where they end.

    `facets` lists the values of each facet, by number.
    """

    starts: tuple[int, ...]
    facets: dict[str, tuple[str, ...]]


class About(Struct, frozen=True):
    """What travels with the arrays; publications are sorted by id."""

    publications: tuple[IndexedPublication, ...]
    scopes: dict[Scope, AboutScope]


@dataclass(frozen=True, slots=True)
class Built:
    """A snapshot's arrays and their note."""

    arrays: dict[str, Array]
    about: About


def build(
    publications: Iterable[IndexedPublication], scopes: Mapping[Scope, Sequence[Batch]]
) -> Built:
    """Build a snapshot."""
    known = tuple(sorted(publications, key=lambda publication: publication.id))
    arrays: dict[str, Array] = {}
    about: dict[Scope, AboutScope] = {}
    for scope in get_args(Scope):
        entries, views = _joined(scopes.get(scope, ()))
        about[scope] = _about(known, entries)
        found = _scope_arrays(entries, views, about[scope].facets)
        arrays |= {f"{scope}/{name}": np.ascontiguousarray(array) for name, array in found}
    return Built(arrays, About(known, about))


def _joined(batches: Sequence[Batch]) -> tuple[list[Entry], dict[View, Occurrences]]:
    """Put batches together, documents in book order."""
    entries = list(chain.from_iterable(batch.entries for batch in batches))
    by_book = sorted(
        range(len(entries)), key=lambda n: (entries[n].publication, entries[n].order, entries[n].id)
    )
    ranks = np.empty(len(entries), np.int32)
    ranks[by_book] = np.arange(len(entries), dtype=np.int32)
    firsts = [0, *accumulate(len(batch.entries) for batch in batches)]
    views: dict[View, Occurrences] = {}
    for view in get_args(View):
        parts = [batch.views[view] for batch in batches]
        numbers = [part.document + first for part, first in zip(parts, firsts, strict=False)]
        views[view] = _sorted_words(parts, [ranks[number] for number in numbers])
    return [entries[number] for number in by_book], views


def _sorted_words(parts: Sequence[Occurrences], documents: Sequence[Ints]) -> Occurrences:
    """Give words that occur their numbers in sorted order."""
    used = [np.bincount(part.word).nonzero()[0] for part in parts]
    words = sorted(
        {part.words[n] for part, there in zip(parts, used, strict=True) for n in there.tolist()}
    )
    number = {word: n for n, word in enumerate(words)}
    renumbered = [np.zeros(0, np.int32)]
    for part, there in zip(parts, used, strict=True):
        table = np.zeros(len(part.words), np.int32)
        table[there] = [number[part.words[n]] for n in there.tolist()]
        renumbered.append(table[part.word])
    return Occurrences(
        words,
        np.concatenate(renumbered),
        np.concatenate([np.zeros(0, np.int32), *documents]),
        np.concatenate([np.zeros(0, np.int32), *(part.position for part in parts)]),
    )


def _about(publications: Sequence[IndexedPublication], entries: Sequence[Entry]) -> AboutScope:
    owners = [entry.publication for entry in entries]
    counts = dict.fromkeys((publication.id for publication in publications), 0)
    for owner in owners:
        counts[owner] += 1
    facets: dict[str, set[str]] = {}
    for entry in entries:
        for name, values in entry.facets.items():
            facets.setdefault(name, set()).update(values)
    return AboutScope(
        starts=(0, *accumulate(counts.values())),
        facets={name: tuple(sorted(values)) for name, values in sorted(facets.items())},
    )


def _scope_arrays(
    entries: Sequence[Entry],
    views: Mapping[View, Occurrences],
    facets: Mapping[str, tuple[str, ...]],
) -> Iterable[tuple[str, Array]]:
    lengths = _field_lengths(len(entries), views["exact"])
    fields = np.concatenate([np.ones(1, np.int64), 1 + np.cumsum(lengths + 1, dtype=np.int64)])
    if fields[-1] > _MOST_ADDRESSES:
        raise OverflowError("a segment has more words than a snapshot can number")
    yield "lengths", lengths.reshape(-1, FIELD_COUNT).sum(axis=1, dtype=np.int32)
    yield "fields", fields.astype(np.int32)
    text, starts = packed_texts([entry.id.encode() for entry in entries])
    yield "ids", text
    yield "ids_at", starts
    for name, values in facets.items():
        numbers = {value: number for number, value in enumerate(values)}
        lists = [list(dict.fromkeys(entry.facets.get(name, ()))) for entry in entries]
        flat = [numbers[value] for value in chain.from_iterable(lists)]
        yield f"facet/{name}/values", np.array(flat, np.int32)
        yield f"facet/{name}/at", np.array([0, *accumulate(map(len, lists))], np.int32)
    for view, occurrences in views.items():
        for name, array in _view_arrays(view, occurrences, fields, lengths):
            yield f"{view}/{name}", array
    for name, array in folded_arrays(entries, views["exact"]):
        yield f"exact/{name}", array


def _field_lengths(documents: int, occurrences: Occurrences) -> NDArray[np.int32]:
    """Return how many words each field of each document has: a word stands at each position."""
    lengths = np.zeros(documents * FIELD_COUNT, np.int32)
    field, place = _split(occurrences)
    np.maximum.at(lengths, field, place + 1)
    return lengths


def _split(occurrences: Occurrences) -> tuple[Ints, Ints]:
    """Return, for each occurrence, the field (counted over all documents) and the place in it."""
    field = occurrences.document * FIELD_COUNT + (occurrences.position >> FIELD_BITS)
    return field, occurrences.position & ((1 << FIELD_BITS) - 1)


def _view_arrays(
    view: View, occurrences: Occurrences, fields: NDArray[np.int64], lengths: Ints
) -> Iterable[tuple[str, Array]]:
    words = occurrences.words
    text, starts = packed_texts(words)
    yield "text", text
    yield "text_at", starts.astype(np.int64)
    yield "keys", np.array([word_key(word) for word in words], np.uint64)
    word, address = _in_order(occurrences, fields)
    field_at = np.repeat(np.arange(lengths.size, dtype=np.int32), lengths + 1)
    field = field_at[address - 1]
    document = field // FIELD_COUNT
    steps = np.flatnonzero((np.diff(word, prepend=-1) != 0) | (np.diff(document, prepend=-1) != 0))
    numbers = np.arange(len(words) + 1)
    yield "documents", document[steps].astype(np.int32)
    yield "documents_at", np.searchsorted(word[steps], numbers).astype(np.int64)
    yield "times", _narrowed(_sums(_WEIGHTS[field % FIELD_COUNT], steps))
    yield "places", address
    yield "places_at", np.searchsorted(word, numbers).astype(np.int64)
    if view == "exact":
        forward, joined = _forward(word, address, np.diff(starts), int(fields[-1]))
        yield "forward", forward
        yield "joined", joined
        backward = sorted(range(len(words)), key=lambda n: words[n][::-1])
        yield "backward", np.array(backward, np.int32)


def _in_order(occurrences: Occurrences, fields: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Return word and address of every occurrence, each once, by word and then by address."""
    field, place = _split(occurrences)
    keys = (occurrences.word.astype(np.int64) << 32) | (fields[field] + place)
    keys.sort()  # numpy's `unique` goes through a hash table, which takes longer
    if keys.size:
        keys = keys[np.concatenate([np.ones(1, np.bool_), keys[1:] != keys[:-1]])]
    return (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)


def _sums(values: NDArray[np.float64], starts: NDArray[np.intp]) -> NDArray[np.float64]:
    return np.add.reduceat(values, starts) if starts.size else np.zeros(0)


def _narrowed(times: NDArray[np.float64]) -> Array:
    """Keep frequencies in the smallest type that holds them."""
    most = times.max(initial=0)
    whole = bool((times == np.floor(times)).all())
    if whole and most < 1 << 16:
        return times.astype(np.uint8 if most < 1 << 8 else np.uint16)
    return times.astype(np.float32)


def _forward(
    word: Ints, address: Ints, sizes: NDArray[np.int32], end: int
) -> tuple[Ints, NDArray[np.uint8]]:
    """Return the word at each address; of a part and a whole at one address the part, the shorter.

    Also return which words stand anywhere without being the one at their address.
    """
    shortest = np.full(end + 1, np.iinfo(np.int32).max, np.int32)
    size = sizes[word]
    np.minimum.at(shortest, address, size)
    part = size == shortest[address]
    forward = np.full(end + 1, -1, np.int32)
    forward[address[part]] = word[part]
    joined = np.zeros(sizes.size, np.uint8)
    joined[word[forward[address] != word]] = 1
    return forward, joined


def packed_texts(texts: Sequence[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Return texts one after another, and where each begins and the last ends."""
    starts = np.array([0, *accumulate(map(len, texts))], np.int32)
    return np.frombuffer(b"".join(texts), np.uint8), starts


def word_key(word: bytes) -> int:
    """Return the number that sorts as the first bytes of a word do."""
    return int.from_bytes(word[:KEY_BYTES].ljust(KEY_BYTES, b"\0"), "big")
