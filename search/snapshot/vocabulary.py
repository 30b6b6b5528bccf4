"""Vocabulary: the words of a scope's living documents, over all segments.

In:  a view.
Out: the words that go under folded keys, the words near one, how many documents have one.
     Unchanging, as the view is; safe for threads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from search.analysis import word_family
from search.linguistics.short_forms import ShortForm
from search.snapshot.expansion import words_fitting
from search.snapshot.segment import Words
from search.snapshot.view import CollectionView
from search.word_patterns import Near


class SnapshotVocabulary:
    """The words of one scope of one committed state."""

    def __init__(self, view: CollectionView, short_forms: Sequence[ShortForm]) -> None:
        self.notes: dict[str, Any] = {}
        self._view = view
        self._short_forms = short_forms

    @property
    def size(self) -> int:
        """Return the number of documents."""
        return self._view.count

    def documents(self, form: str) -> int:
        """Return how many documents have an exact form."""
        return self._view.document_count("exact", form)

    def family(self, form: str) -> int:
        """Return how many documents, at most, have a word of the family of an exact form."""
        stems = word_family(form, self._view.languages)
        return sum(self._view.document_count("stem", stem) for stem in stems)

    def folded(self, keys: Collection[str]) -> frozenset[str]:
        """Return the words that may go under one of some folded keys."""
        found: set[str] = set()
        for words in self._exact():
            if words.folded:
                found.update(_texts(words, words.folded.find(keys)))
        return self._living(found)

    def short_forms(self) -> Sequence[ShortForm]:
        """Return the abbreviations that living publications introduce, once for each."""
        return self._short_forms

    def near(self, form: str, distance: int) -> frozenset[str]:
        """Return the words that many letters away, or fewer."""
        found: set[str] = set()
        pattern = Near(form, distance)
        for words in self._exact():
            for first, end in words_fitting(words, pattern).runs:
                found.update(_texts(words, range(first, end)))
        return self._living(found)

    def _exact(self) -> Iterable[Words]:
        return self._view.words("exact")

    def _living(self, forms: Iterable[str]) -> frozenset[str]:
        return frozenset(form for form in forms if self.documents(form))


def _texts(words: Words, numbers: Iterable[int]) -> Iterable[str]:
    return (words.text(number).decode() for number in numbers)
