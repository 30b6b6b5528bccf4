"""Folded words: which words of a segment go under a folded key.

In:  the words of a scope, numbered, and which of them stand in texts whose names we can read.
Out: two arrays, `folded` (checksums of keys, rising) and `folded_words` (the words that they lead
     to); from them the words of some keys. A checksum may lead to a word of another key: whoever
     asks compares the words themselves. And `folded_names`: words that may be names in the order
     of their loose keys, to find those whose keys begin so.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.linguistics.folding import LEAST_LETTERS, Folds, fold, fold_together, index_keys
from search.linguistics.spellings import is_everyday
from search.snapshot.arrays import Array
from search.snapshot.gathering import Mask
from search.snapshot.numbering import Occurrences

# The rules of folding are those of names as they are written in texts of these languages.
LANGUAGES: Final = frozenset({"en", "ru", "tg"})

_AT_A_TIME = 1 << 14  # words that are folded together


def folded_arrays(
    exact: Occurrences, language: NDArray[Any], languages: Sequence[str]
) -> Iterable[tuple[str, Array]]:
    """Yield the arrays; `language` is the number of that of each item's text."""
    pairs: list[tuple[int, int]] = []
    names: list[tuple[str, int]] = []
    readable = np.flatnonzero(_readable(exact, language, languages)).tolist()
    for start in range(0, len(readable), _AT_A_TIME):
        forms = [(exact.words[n].decode(), n) for n in readable[start : start + _AT_A_TIME]]
        folds = fold_together(form for form, _ in forms)
        pairs += [(_checksum(key), n) for form, n in forms for key in index_keys(form, folds)]
        names += [(key, n) for form, n in forms if (key := _name_key(form, folds))]
    pairs.sort()
    names.sort()
    yield "folded", np.array([checksum for checksum, _ in pairs], np.uint32)
    yield "folded_words", np.array([number for _, number in pairs], np.int32)
    yield "folded_names", np.array([number for _, number in names], np.int32)


def _name_key(form: str, folds: Folds) -> str:
    """Return the key of a word by which its beginnings are looked up; "" for everyday words."""
    return "" if len(form) < LEAST_LETTERS or is_everyday(form) else folds.loose(form)


def _readable(exact: Occurrences, language: NDArray[Any], languages: Sequence[str]) -> Mask:
    """Tell of every word whether it stands in a text of one of our languages."""
    ours = np.array([name in LANGUAGES for name in languages], np.bool_)
    found = np.zeros(len(exact.words), np.bool_)
    if exact.word.size:
        found[exact.word[ours[language]]] = True
    return found


def _checksum(key: str) -> int:
    return zlib.crc32(key.encode())


class FoldedWords:
    """The folded keys of a segment's words."""

    def __init__(self, arrays: Mapping[str, Array], prefix: str) -> None:
        self._keys = arrays[f"{prefix}folded"]
        self._words = arrays[f"{prefix}folded_words"]
        self._names = arrays[f"{prefix}folded_names"].data

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

    def beginning(self, key: str, text: Callable[[int], bytes]) -> list[int]:
        """Return the words that may be names and whose keys begin so, by their keys."""

        def start(number: int) -> str:
            return fold(text(number).decode())[: len(key)]

        first = bisect_left(self._names, key, key=start)
        return self._names[first : bisect_right(self._names, key, first, key=start)].tolist()
