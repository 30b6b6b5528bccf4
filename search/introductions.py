"""Introductions: the abbreviations that each publication introduces, found as it is indexed.

In:  documents on their way into an index.
Out: the same documents; for each publication its abbreviations with their long forms, those that
     are introduced most often first, up to `MOST`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from search.engine import Document
from search.linguistics.short_forms import ShortForm, find_short_forms

MOST = 500  # of one publication


class Introductions:
    """Reads documents as they pass."""

    def __init__(self) -> None:
        self._found: dict[str, Counter[ShortForm]] = {}

    def reading(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield the documents, reading them."""
        for document in documents:
            found = self._found.setdefault(document.publication, Counter())
            for text in document.texts.values():
                found.update(find_short_forms(text))
            yield document

    def of(self, publication: str) -> tuple[ShortForm, ...]:
        """Return what a publication introduces."""
        counts = self._found.get(publication, Counter())
        by_count = sorted(counts, key=lambda found: (-counts[found], found))
        return tuple(by_count[:MOST])
