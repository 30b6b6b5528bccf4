"""Stored: what is shown of documents, beside the words that they are found by.

In:  what a document shows (`Shown`); documents in the order of a snapshot.
Out: bytes, and the arrays that hold them; from arrays again fields and layouts.

Of each document three stretches of bytes stand one behind the other, so that a hit touches one
place of the file: its own fields of a hit, the layout of its strands, and their words and texts.
The fields of a case stand once, however many of its sections follow one another.

| array | what | type |
| --- | --- | --- |
| `stored`, `stored_at` | fields, layout and body of each document, their places | uint8, int64 |
| `cases`, `cases_at` | the fields of cases, their places | uint8, int64 |
| `case_of` | the number of each document's case | int32 |

A body is, strand by strand, the words' spans and the text. A word takes two bytes: the characters
since the word before (or since its sentence began), and its own. What is over 255 of them stands
in the layout too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from msgspec import Struct, msgpack
from numpy.typing import NDArray

from search.analysis import word_spans
from search.linguistics.sentences import split_sentences
from search.shown import CaseFields, OwnFields, Shown, ShownStrand
from search.snapshot.arrays import Array

_MOST = 255  # characters that a byte of a span counts


class Stored(NamedTuple):
    """What is kept of a document, as it stands in the arrays."""

    case: bytes = b""
    own: bytes = b""
    layout: bytes = b""
    body: bytes = b""


class Layout(Struct, frozen=True, array_like=True):
    """How a strand is laid out: its words, its bytes of text, its sentences, blocks and pages.

    `strand` is its number in `STRANDS`; one without a sentence has no layout. Sentences have their
    first characters (`sentences`), bytes (`sentence_bytes`, left out where every character is
    one) and words (`sentence_words`). `wholes` are pairs as `WordSpans` has them. `wide` are
    pairs: a byte of the spans, and by how much what it counts is more.
    """

    strand: int
    words: int
    text_bytes: int
    sentences: tuple[int, ...]
    sentence_bytes: tuple[int, ...]
    sentence_words: tuple[int, ...]
    starts: tuple[int, ...]
    places: tuple[int, ...]
    numbers: tuple[int, ...]
    page_starts: tuple[int, ...]
    pages: tuple[int, ...]
    wholes: tuple[int, ...]
    wide: tuple[int, ...]


class CaseLayout(Struct, frozen=True, array_like=True):
    """The sections of a case, counted from its publication's first."""

    first: int
    count: int


_encode = msgpack.Encoder().encode
_decode_case = msgpack.Decoder(CaseFields).decode
_decode_own = msgpack.Decoder(OwnFields).decode
_decode_layouts = msgpack.Decoder(tuple[Layout, ...]).decode
_decode_case_layout = msgpack.Decoder(CaseLayout).decode


def stored_of(shown: Shown) -> Stored:
    """Return what is kept of a document."""
    case, own = _encode(shown.case), _encode(shown.own)
    if not shown.strands:
        return Stored(case, own, _encode(CaseLayout(shown.first, shown.count)))
    packed = [
        _packed(number, strand, shown.own[-1])
        for number, strand in enumerate(shown.strands)
        if strand.text and not strand.text.isspace()
    ]
    layouts = _encode([layout for layout, _ in packed])
    return Stored(case, own, layouts, b"".join(body for _, body in packed))


def _packed(number: int, strand: ShownStrand, language: str) -> tuple[Layout, bytes]:
    text = strand.text
    words = word_spans(text, language)
    sentences = [start for start, _ in split_sentences(text, language)]
    starts = np.array(words.starts, np.int64)
    sentence_words = starts.searchsorted(sentences)
    spans, wide = _packed_spans(starts, np.array(words.ends, np.int64), sentences, sentence_words)
    data = text.encode("utf-8")
    layout = Layout(
        strand=number,
        words=len(words.starts),
        text_bytes=len(data),
        sentences=tuple(sentences),
        sentence_bytes=() if len(data) == len(text) else _byte_places(text, sentences),
        sentence_words=tuple(sentence_words.tolist()),
        starts=strand.starts,
        places=strand.places,
        numbers=strand.numbers,
        page_starts=strand.page_starts,
        pages=strand.pages,
        wholes=tuple(words.wholes),
        wide=wide,
    )
    return layout, spans + data


def _packed_spans(
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    sentences: Sequence[int],
    sentence_words: NDArray[np.intp],
) -> tuple[bytes, tuple[int, ...]]:
    before = np.concatenate([np.zeros(1, np.int64), ends])[: starts.size]
    full = sentence_words < starts.size
    before[sentence_words[full]] = np.array(sentences, np.int64)[full]
    counts = np.stack([starts - before, ends - starts], axis=1).ravel()
    over = np.flatnonzero(counts > _MOST)
    wide = zip(over.tolist(), (counts[over] - _MOST).tolist(), strict=True)
    packed = np.minimum(counts, _MOST).astype(np.uint8).tobytes()
    return packed, tuple(number for pair in wide for number in pair)


def _byte_places(text: str, places: Sequence[int]) -> tuple[int, ...]:
    """Return at which bytes of a text some of its characters stand."""
    pieces = [
        len(text[before:place].encode("utf-8"))
        for before, place in zip((0, *places), places, strict=False)
    ]
    return tuple(accumulate(pieces))


def stored_arrays(documents: Sequence[Stored]) -> Iterator[tuple[str, Array]]:
    """Yield the arrays of documents by name."""
    cases: list[bytes] = []
    numbers: list[int] = []
    for document in documents:
        if not cases or document.case != cases[-1]:
            cases.append(document.case)
        numbers.append(len(cases) - 1)
    parts = [part for document in documents for part in document[1:]]
    yield "stored", _bytes(parts)
    yield "stored_at", _places(parts)
    yield "cases", _bytes(cases)
    yield "cases_at", _places(cases)
    yield "case_of", np.array(numbers, np.int32)


def _bytes(parts: Iterable[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(parts), np.uint8)


def _places(parts: Iterable[bytes]) -> NDArray[np.int64]:
    return np.array([0, *accumulate(map(len, parts))], np.int64)


class StoredDocuments:
    """What is kept of a scope's documents, by number."""

    def __init__(self, arrays: Mapping[str, Array], prefix: str) -> None:
        self._stored, self._at = arrays[f"{prefix}stored"].data, arrays[f"{prefix}stored_at"].data
        self._cases, self._cases_at = (
            arrays[f"{prefix}cases"].data,
            arrays[f"{prefix}cases_at"].data,
        )
        self._case_of = arrays[f"{prefix}case_of"].data

    def fields(self, number: int) -> tuple[CaseFields, OwnFields]:
        """Return what a hit in a document says whatever was asked."""
        case, first = self._case_of[number], 3 * number
        at, cases_at = self._at, self._cases_at
        return (
            _decode_case(self._cases[cases_at[case] : cases_at[case + 1]]),
            _decode_own(self._stored[at[first] : at[first + 1]]),
        )

    def layouts(self, number: int) -> tuple[Layout, ...]:
        """Return the layouts of a section's strands."""
        first = 3 * number + 1
        return _decode_layouts(self._stored[self._at[first] : self._at[first + 1]])

    def case_layout(self, number: int) -> CaseLayout:
        """Return which sections a case has."""
        first = 3 * number + 1
        return _decode_case_layout(self._stored[self._at[first] : self._at[first + 1]])

    def body(self, number: int) -> memoryview:
        """Return the words' spans and the texts of a section's strands."""
        first = 3 * number + 2
        return self._stored[self._at[first] : self._at[first + 1]]

    def of(self, number: int) -> Stored:
        """Return all that is kept of a document."""
        case, first = self._case_of[number], 3 * number
        parts = [
            bytes(self._stored[self._at[n] : self._at[n + 1]]) for n in range(first, first + 3)
        ]
        return Stored(bytes(self._cases[self._cases_at[case] : self._cases_at[case + 1]]), *parts)
