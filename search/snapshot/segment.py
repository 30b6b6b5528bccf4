"""Segment: the arrays of one snapshot, as documents, words and places.

In:  arrays and their note, from a file or just built.
Out: for each scope the documents; for each view of it the words, by name or by beginning.
     Nothing is copied; everything may be used by many threads.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, cast, get_args

import numpy as np
from numpy.typing import NDArray

from search.analysis import View
from search.engine import Scope
from search.remembered import Remembered
from search.snapshot.arrays import Array
from search.snapshot.building import About, AboutScope, IndexedPublication
from search.snapshot.case_arrays import REPEATED
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.folded import FoldedWords
from search.snapshot.gathering import Ints
from search.snapshot.stored import StoredSections
from search.snapshot.word_arrays import KEY_BYTES, word_key

WORD_BYTES = 4  # of a word's number
SOUGHT_BYTES = 1 << 22  # of what is remembered of how to find words: some hundred questions

_NONE = memoryview(b"")
_NOWHERE = np.empty(0, np.int32)
_MOST_FOUND = 1 << 12  # words whose numbers are remembered
_MOST_FITTING = 8  # patterns whose words are: those of the questions being answered
_LETTER_BYTES = 4  # at most
_BEHIND = b"\xff"  # behind everything that begins so: no UTF-8 text holds this byte


class Words:
    """One view's words: numbered in sorted order, each with documents, frequencies and places.

    The documents are those of a scope; words and places are the same in both.
    """

    def __init__(self, arrays: Mapping[str, Array], scope: Scope, view: View) -> None:
        prefix = f"sections/{view}/"

        def table(name: str) -> NDArray[Any]:
            return arrays[prefix + name]

        def own(name: str) -> NDArray[Any]:
            return arrays[f"{scope}/{view}/{name}"]

        self._text = table("text").data
        self._text_at = table("text_at").data
        self._keys = table("keys").data
        self._documents, self._documents_at = own("documents"), own("documents_at").data
        self._times = own("times")
        self._places, self._places_at = table("places"), table("places_at").data
        self.count = len(self._text_at) - 1
        self._found: dict[bytes, int] = {}
        self.fitting: Remembered[object, object] = Remembered(_MOST_FITTING)
        self.forward: Ints | None = cast("Ints | None", arrays.get(prefix + "forward"))
        whole = self.forward is not None
        forward = self.forward.data if self.forward is not None else _NONE
        # The word behind an address, and the one after that.
        self._next_word, self._word_after = forward[1:].__getitem__, forward[2:].__getitem__
        self._following = table("following") if whole else _NOWHERE
        self._backward = arrays[prefix + "backward"].data if self.forward is not None else _NONE
        self._joined = arrays[prefix + "joined"].data if self.forward is not None else None
        self.folded = FoldedWords(arrays, prefix) if self.forward is not None else None
        self._forms = _NOWHERE if whole else cast("Ints", table("forms"))
        self._forms_at = _NONE if whole else table("forms_at").data

    def text(self, word: int) -> bytes:
        """Return a word."""
        return bytes(self._text[self._text_at[word] : self._text_at[word + 1]])

    def forms(self, numbers: Iterable[int]) -> list[str]:
        """Return words as text."""
        text, at = self._text, self._text_at
        return [str(text[at[number] : at[number + 1]], "utf-8") for number in numbers]

    def find(self, text: bytes) -> int:
        """Return a word's number, -1 where it does not occur."""
        found = self._found.get(text)
        if found is None:
            word = self._first_from(text)
            found = word if word < self.count and self.text(word) == text else -1
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[text] = found
        return found

    def numbers(self, forms: Iterable[str]) -> list[int]:
        """Return the numbers of those of some words that occur, in the order of their texts."""
        found = [self.find(form.encode()) for form in sorted(forms)]
        return [number for number in found if number >= 0]

    def beginning(self, text: bytes) -> tuple[int, int]:
        """Return the first word that begins so, and the first behind them."""
        return self._first_from(text), self._first_from(text + _BEHIND)

    def ending(self, text: bytes) -> list[int]:
        """Return the words that end so; of the view of exact forms alone."""
        turned, behind = text[::-1], text[::-1] + _BEHIND

        def key(word: int) -> bytes:
            return self.text(word)[::-1]

        low = bisect_left(self._backward, turned, key=key)
        high = bisect_left(self._backward, behind, low, key=key)
        return self._backward[low:high].tolist()

    def of_size(self, text: bytes, letters: int, first: int = 0, end: int = 0) -> list[int]:
        """Return the words (of a run) that may have so many letters more or fewer than a text."""
        at = np.asarray(self._text_at[first : (end or self.count) + 1])
        is_plain = text.isascii() and bytes(self._text[at[0] : at[-1]]).isascii()
        most = letters if is_plain else letters * _LETTER_BYTES
        places = (np.abs(np.diff(at) - len(text)) <= most).nonzero()[0]
        found: list[int] = (places + first).tolist()
        return found

    def documents(self, word: int, end: int = 0) -> Ints:
        """Return the documents of a word, or of all words before `end`, word by word."""
        at = self._documents_at
        return cast("Ints", self._documents[at[word] : at[end or word + 1]])

    def times(self, word: int, end: int = 0) -> NDArray[Any]:
        """Return how often a word stands in each of its documents, weighted by field."""
        at = self._documents_at
        return self._times[at[word] : at[end or word + 1]]

    def document_count(self, word: int) -> int:
        """Return how many documents a word has."""
        return self._documents_at[word + 1] - self._documents_at[word]

    def document_counts(self, first: int, end: int) -> NDArray[np.int64]:
        """Return how many documents each word of a run has."""
        return np.diff(np.asarray(self._documents_at[first : end + 1]))

    def places(self, word: int, end: int = 0) -> Ints:
        """Return the addresses of a word, or of all words before `end`, word by word."""
        at = self._places_at
        return cast("Ints", self._places[at[word] : at[end or word + 1]])

    def places_before(self, word: int, second: int, third: int = -1) -> Ints:
        """Return the addresses of a word behind which one or two others stand, in no order.

        None of them is joined; without a third word anything may stand behind the second.
        """
        following, at, key = self._following.data, self._places_at, self._next_word
        low = bisect_left(following, second, at[word], at[word + 1], key=key)
        high = bisect_right(following, second, low, at[word + 1], key=key)
        if third >= 0:
            key = self._word_after
            low = bisect_left(following, third, low, high, key=key)
            high = bisect_right(following, third, low, high, key=key)
        return self._following[low:high]

    def places_before_any(self, word: int, first: int, last: int) -> Ints:
        """Return the addresses of a word behind which one of a run of words stands, in no order."""
        following, at, key = self._following.data, self._places_at, self._next_word
        low = bisect_left(following, first, at[word], at[word + 1], key=key)
        high = bisect_right(following, last, low, at[word + 1], key=key)
        return self._following[low:high]

    def forms_of(self, stem: int) -> Ints:
        """Return the exact words that stand where a stem does; of the view of stems alone."""
        return self._forms[self._forms_at[stem] : self._forms_at[stem + 1]]

    def place_count(self, word: int, end: int = 0) -> int:
        """Return how often a word occurs, or all words before `end` do."""
        return self._places_at[end or word + 1] - self._places_at[word]

    def place_counts(self) -> NDArray[np.int64]:
        """Return how often each word occurs."""
        return np.diff(np.asarray(self._places_at))

    def texts(self) -> list[bytes]:
        """Return all words."""
        text, starts = bytes(self._text), self._text_at.tolist()
        return [text[start:end] for start, end in pairwise(starts)]

    def is_joined(self, word: int) -> bool:
        """Tell whether a word also stands, written as one, for several with hyphens."""
        return bool(self._joined is not None and self._joined[word])

    def has_joined(self, first: int, end: int) -> bool:
        """Tell whether any word of a run stands, written as one, for several with hyphens."""
        return self._joined is not None and any(self._joined[first:end])

    @cached_property
    def joined_places(self) -> Ints:
        """Return the addresses at which words with hyphens begin, each once, rising."""
        joined = () if self._joined is None else np.flatnonzero(self._joined).tolist()
        places = np.sort(np.concatenate([_NOWHERE, *map(self.places, joined)]))
        found: Ints = places[np.diff(places, prepend=-1) > 0]  # without what numpy.unique imports
        return found

    def _first_from(self, text: bytes) -> int:
        """Return the first word that is not before `text`."""
        key = word_key(text)
        low = bisect_left(self._keys, key)
        if len(text) <= KEY_BYTES:
            return low
        high = bisect_right(self._keys, key, low)
        while low < high:
            middle = (low + high) // 2
            if self.text(middle) < text:
                low = middle + 1
            else:
                high = middle
        return low


@dataclass(frozen=True, slots=True)
class FacetValues:
    """One facet of a scope: its values, and the numbers of the values of each document."""

    names: tuple[str, ...]
    values: Ints
    at: Ints


class SegmentScope:
    """The documents of one scope, in book order."""

    def __init__(self, arrays: Mapping[str, Array], scope: Scope, about: AboutScope) -> None:
        prefix = f"{scope}/"
        self._ids = arrays[prefix + "ids"].data
        self._ids_at = arrays[prefix + "ids_at"].data
        self.starts = about.starts
        self.lengths = cast("Ints", arrays[prefix + "lengths"])
        self.fields = cast("Ints", arrays["sections/fields"])
        self.count = len(self.lengths)
        self._firsts = cast("Ints | None", arrays.get(prefix + "firsts"))
        self.has_cases = self._firsts is not None  # the documents are cases
        self._words = arrays["sections/exact/forward"].view(np.uint8).data
        self.case_firsts = cast("Ints", arrays["cases/firsts"])  # the first section of each
        self.case_of = cast("Ints", arrays["sections/case"])
        self._field_at = self.fields.data
        self.stored = StoredSections(arrays)
        self.sought: Remembered[object, object] = Remembered(SOUGHT_BYTES)
        self.views: dict[View, Words] = {
            view: Words(arrays, scope, view) for view in get_args(View)
        }
        self.facets = {
            name: FacetValues(
                values,
                cast("Ints", arrays[f"{prefix}facet/{name}/values"]),
                cast("Ints", arrays[f"{prefix}facet/{name}/at"]),
            )
            for name, values in about.facets.items()
        }

    def document_id(self, number: int) -> str:
        """Return a document's id."""
        return str(self._ids[self._ids_at[number] : self._ids_at[number + 1]], "utf-8")

    def find_document(self, document_id: str, start: int, end: int) -> int | None:
        """Return which of some documents has an id."""
        sought = document_id.encode()
        first, behind = self._ids_at[start], self._ids_at[end]
        ids = bytes(self._ids[first:behind])
        place = ids.find(sought)
        while place >= 0:
            number = bisect_left(self._ids_at, first + place, start, end)
            if self._ids_at[number] == first + place and self.document_id(number) == document_id:
                return number
            place = ids.find(sought, place + 1)
        return None

    def first_address(self, field: int) -> int:
        """Return the first address of a field, counted over all sections."""
        return self._field_at[field]

    def words_of(self, field: int, count: int) -> tuple[int, bytes]:
        """Return the first address of a field, and its words as they stand in the file."""
        first = self._field_at[field]
        return first, self._words[WORD_BYTES * first : WORD_BYTES * (first + count)].tobytes()

    def sections_of(self, number: int) -> range:
        """Return the sections of a document: of a case, or itself."""
        return self.stored.sections_of(number) if self.has_cases else range(number, number + 1)

    def bounds(self, numbers: Ints) -> tuple[Ints, Ints]:
        """Return where the addresses of some documents begin, and the ends."""
        first, end = numbers, numbers + 1
        if self._firsts is not None:
            first, end = self._firsts[first], self._firsts[end]
        return self.fields[first * FIELD_COUNT], self.fields[end * FIELD_COUNT]

    def counting(self, addresses: NDArray[Any]) -> NDArray[Any]:
        """Return which of some addresses count: of what a case repeats, the first."""
        if self._firsts is None:
            return np.ones(addresses.size, np.bool_)
        sections, kinds = np.divmod(self.stretch_of(addresses.astype(np.int32)), FIELD_COUNT)
        cases = self._firsts.searchsorted(sections, side="right") - 1
        kept: NDArray[Any] = (self._firsts[cases] == sections) | ~np.isin(kinds, REPEATED)
        return kept

    def stretch_of(self, addresses: Ints) -> NDArray[np.intp]:
        """Return the stretch of addresses, a field of a section, that each stands in."""
        return self.fields.searchsorted(addresses, side="right") - 1

    def field_of(self, addresses: Ints) -> NDArray[np.intp]:
        """Return the field, counted over all documents, that each address counts for.

        For rising addresses documents rise. What a case has in every section counts for it once:
        the other addresses are left out.
        """
        stretches = self.stretch_of(addresses)
        if self._firsts is None:
            return stretches
        sections, kinds = np.divmod(stretches, FIELD_COUNT)
        cases = self._firsts.searchsorted(sections, side="right") - 1
        kept = (self._firsts[cases] == sections) | ~np.isin(kinds, REPEATED)
        found: NDArray[np.intp] = cases[kept] * FIELD_COUNT + kinds[kept]
        return found


class Segment:
    """A snapshot, opened."""

    def __init__(
        self, name: str, arrays: Mapping[str, Array], about: About, *, is_unread: bool = False
    ) -> None:
        self.name = name
        self.is_unread = is_unread  # the file has not been compared with its checksum yet
        self._languages = about.languages
        self._language = arrays["sections/languages"].data
        self.publications: tuple[IndexedPublication, ...] = about.publications
        self.scopes: dict[Scope, SegmentScope] = {
            scope: SegmentScope(arrays, scope, about.scopes[scope]) for scope in get_args(Scope)
        }

    def language_of(self, section: int) -> str:
        """Return the language of a section."""
        return self._languages[self._language[section]]
