"""Stored: what is shown of sections and cases, beside the words that they are found by.

In:  what a section shows (`Shown`); sections in the order of a snapshot, where cases begin.
Out: bytes, and the arrays that hold them; from arrays again fields and layouts.

Of each section two stretches of bytes stand one behind the other, so that a hit touches one place
of the file: what a hit says of it with the layout of its strands, and their words and texts. What
a hit in its case says is said again with each section; by itself it stands once, for whole cases.

| array, and where its pieces begin | what | type |
| --- | --- | --- |
| `sections/stored`, `…_at` | fields and layouts, then the body, of each section | uint8, int64 |
| `cases/stored`, `…_at` | the fields of each case | uint8, int64 |

A body is, strand by strand, the words' spans and the text. A word takes two bytes: the characters
since the word before (or since its sentence began), and its own. What is over 255 of them stands
in the layout too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from msgspec import Raw, Struct, msgpack
from numpy.typing import NDArray

from search.analysis import word_spans
from search.linguistics.sentences import split_sentences
from search.shown import CaseFields, HitFields, OwnFields, Shown, ShownStrand
from search.snapshot.arrays import Array

_MOST = 255  # characters that a byte of a span counts


class Stored(NamedTuple):
    """What is kept of a section, as an index of record holds it."""

    case: bytes = b""
    own: bytes = b""
    layout: bytes = b""
    body: bytes = b""


class Layout(Struct, frozen=True, array_like=True, gc=False):
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


# What a hit says; the layouts of the strands; the bytes of all sections, and where in them this
# one's body begins.
StoredSection = tuple[HitFields, tuple[Layout, ...], memoryview, int]
_Shown = tuple[HitFields, tuple[Layout, ...]]

_encode = msgpack.Encoder().encode
_decode_case: Callable[[bytes | memoryview], CaseFields] = msgpack.Decoder(CaseFields).decode
_decode_own: Callable[[bytes], OwnFields] = msgpack.Decoder(OwnFields).decode
_decode_fields: Callable[[memoryview], tuple[HitFields, Raw]]
_decode_fields = msgpack.Decoder(tuple[HitFields, Raw]).decode  # leaves the layouts as they are
_decode: Callable[[memoryview], _Shown] = msgpack.Decoder(_Shown).decode


def stored_of(shown: Shown) -> Stored:
    """Return what is kept of a section."""
    packed = [
        _packed(number, strand, shown.own[-1])
        for number, strand in enumerate(shown.strands)
        if strand.text and not strand.text.isspace()
    ]
    return Stored(
        _encode(shown.case),
        _encode(shown.own),
        _encode([layout for layout, _ in packed]),
        b"".join([body for _, body in packed]),
    )


def _packed(number: int, strand: ShownStrand, language: str) -> tuple[Layout, bytes]:
    text = strand.text
    words = word_spans(text)
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


def stored_arrays(sections: Sequence[Stored], firsts: Iterable[int]) -> Iterator[tuple[str, Array]]:
    """Yield the arrays by name; `firsts` are the first sections of the cases."""
    parts = [part for section in sections for part in (_shown(section), section.body)]
    cases = [sections[first].case for first in firsts]
    for name, texts in (("sections", parts), ("cases", cases)):
        yield f"{name}/stored", np.frombuffer(b"".join(texts), np.uint8)
        yield f"{name}/stored_at", np.array([0, *accumulate(map(len, texts))], np.int64)


def _shown(stored: Stored) -> bytes:
    """Return the fields of a hit and the layouts, as one."""
    case, own = _decode_case(stored.case), _decode_own(stored.own)
    fields = (f"{case[0]}/{own[0]}", *case[1:8], *own)
    return _encode((fields, Raw(stored.layout)))


class StoredSections:
    """What is kept of sections and their cases, by number."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._stored = arrays["sections/stored"].data
        self._at = arrays["sections/stored_at"].data
        self._cases = arrays["cases/stored"].data
        self._cases_at = arrays["cases/stored_at"].data
        self._firsts = arrays["cases/firsts"].data
        self._case_of = arrays["sections/case"].data

    def case_of(self, section: int) -> int:
        """Return the case that a section stands in."""
        return self._case_of[section]

    def sections_of(self, case: int) -> range:
        """Return the sections of a case."""
        return range(self._firsts[case], self._firsts[case + 1])

    def case_fields(self, case: int) -> CaseFields:
        """Return what a hit in a case says whatever was asked."""
        return _decode_case(self._cases[self._cases_at[case] : self._cases_at[case + 1]])

    def own_fields(self, section: int) -> OwnFields:
        """Return what a hit in a section says beside what its case does."""
        fields, _ = _decode_fields(self._part(2 * section))
        return fields[8:]

    def section(self, section: int) -> StoredSection:
        """Return what is kept of a section."""
        stored, at, first = self._stored, self._at, 2 * section
        body = at[first + 1]
        fields, layouts = _decode(stored[at[first] : body])
        return fields, layouts, stored, body

    def of(self, section: int) -> Stored:
        """Return all that is kept of a section."""
        case, first = self.case_of(section), 2 * section
        fields, layouts = _decode_fields(self._part(first))
        return Stored(
            bytes(self._cases[self._cases_at[case] : self._cases_at[case + 1]]),
            _encode(fields[8:]),
            bytes(layouts),
            bytes(self._part(first + 1)),
        )

    def _part(self, number: int) -> memoryview:
        return self._stored[self._at[number] : self._at[number + 1]]
