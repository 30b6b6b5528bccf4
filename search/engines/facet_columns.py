"""Facet columns: the facet values of documents, for filtering, counting and `facet:word`.

In:  the values of one facet, document by document.
Out: keys. A value's key is its NFC form without regard to case; values with one key count as one
     value, shown in the spelling that most documents have.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain

from search.analysis import analyze
from search.engine import FacetCount
from search.engines.number_ranges import lies_between
from search.query_plan import FacetLeaf
from search.sequences import find_sequences


@lru_cache(maxsize=1 << 14)
def value_key(value: str) -> str:
    """Return what a facet value is compared by."""
    return unicodedata.normalize("NFC", value).casefold()


class FacetColumn:
    """One facet of all documents; index is the document's number."""

    def __init__(self, values: Sequence[tuple[str, ...]]) -> None:
        self._values = values

    @cached_property
    def keys(self) -> list[tuple[str, ...]]:
        """Return the keys of each document's values, each once."""
        known: dict[tuple[str, ...], tuple[str, ...]] = {}
        for values in set(self._values):
            known[values] = tuple(dict.fromkeys(map(value_key, values)))
        return [known[values] for values in self._values]

    @cached_property
    def labels(self) -> dict[str, str]:
        """Return how each key is shown."""
        spellings = Counter(chain.from_iterable(self._values))
        labels: dict[str, str] = {}
        for value, _ in sorted(spellings.items(), key=lambda item: (-item[1], item[0])):
            labels.setdefault(value_key(value), value)
        return labels

    def having(self, wanted: Iterable[str]) -> set[int]:
        """Return the documents that have one of these keys."""
        wanted = frozenset(wanted)
        good = {keys for keys in set(self.keys) if not wanted.isdisjoint(keys)}
        return {number for number, keys in enumerate(self.keys) if keys in good}

    def matching(self, leaf: FacetLeaf) -> set[int]:
        """Return the documents one of whose values a leaf of the plan matches."""
        return self.having(key for key, label in self.labels.items() if value_matches(label, leaf))

    def count(self, documents: Iterable[int], chosen: Sequence[str]) -> tuple[FacetCount, ...]:
        """Count the values of these documents; chosen values are listed in any case."""
        tuples = Counter(map(self.keys.__getitem__, documents))
        counts: Counter[str] = Counter()
        for keys, times in tuples.items():
            for key in keys:
                counts[key] += times
        names = {value_key(value): value for value in chosen}
        found = [
            FacetCount(self.labels.get(key, names.get(key, key)), counts[key], key in names)
            for key in {*counts, *names}
        ]
        return tuple(sorted(found, key=lambda count: (-count.count, count.value)))


def value_matches(value: str, leaf: FacetLeaf) -> bool:
    """Tell whether a leaf of the plan matches one facet value."""
    if not leaf.steps:
        return lies_between(value, leaf.low, leaf.high)
    tokens = analyze(value)
    last = len(leaf.steps) - 1
    steps = [
        [t.position for t in tokens if _has_form(t.exact, step, leaf.is_prefix and number == last)]
        for number, step in enumerate(leaf.steps)
    ]
    return next(find_sequences(steps, leaf.slop), None) is not None


def _has_form(form: str, wanted: str, is_prefix: bool) -> bool:  # noqa: FBT001
    return form.startswith(wanted) if is_prefix else form == wanted
