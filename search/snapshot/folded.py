"""Folded words: which words of a segment go under a folded key.

In:  the words of a scope, numbered, and which of them stand in texts whose names we can read.
Out: two arrays, `folded` (checksums of keys, rising) and `folded_words` (the words that they lead
     to); from them the words of some keys. A checksum may lead to a word of another key: whoever
     asks compares the words themselves.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from search.linguistics.folding import index_keys
from search.linguistics.stems import base_language
from search.snapshot.arrays import Array
from search.snapshot.gathering import Entry, Mask, Occurrences

# The rules of folding are those of names as they are written in texts of these languages.
LANGUAGES: Final = frozenset({"en", "ru", "tg"})


def folded_arrays(
    entries: Sequence[Entry], occurrences: Occurrences
) -> Iterable[tuple[str, Array]]:
    """Yield the arrays of a scope's exact forms."""
    readable = _readable(entries, occurrences)
    pairs = sorted(
        (_checksum(key), number)
        for number, word in enumerate(occurrences.words)
        if readable[number]
        for key in index_keys(word.decode())
    )
    yield "folded", np.array([checksum for checksum, _ in pairs], np.uint32)
    yield "folded_words", np.array([number for _, number in pairs], np.int32)


def _readable(entries: Sequence[Entry], occurrences: Occurrences) -> Mask:
    """Tell of every word whether it stands in a text of one of our languages."""
    ours = np.array([_is_ours(entry.facets.get("language", ())) for entry in entries], np.bool_)
    found = np.zeros(len(occurrences.words), np.bool_)
    if ours.size:
        found[occurrences.word[ours[occurrences.document]]] = True
    return found


def _is_ours(languages: Sequence[str]) -> bool:
    return any(base_language(language) in LANGUAGES for language in languages)


def _checksum(key: str) -> int:
    return zlib.crc32(key.encode())


class FoldedWords:
    """The folded keys of a segment's words."""

    def __init__(self, arrays: Mapping[str, Array], prefix: str) -> None:
        self._keys = arrays[f"{prefix}folded"]
        self._words = arrays[f"{prefix}folded_words"]

    def find(self, keys: Iterable[str]) -> list[int]:
        """Return the words that may have one of some keys, each once, in rising order."""
        sought = np.array([_checksum(key) for key in keys], np.uint32)
        starts = self._keys.searchsorted(sought)
        ends = self._keys.searchsorted(sought, side="right")
        found = {
            number
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            if start < end
            for number in self._words[start:end].tolist()
        }
        return sorted(found)
