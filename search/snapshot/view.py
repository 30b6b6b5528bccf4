"""View: one scope of one committed state, over all its segments.

In:  segments' scopes and which of their documents live.
Out: documents numbered segment by segment, in book order within each; words with their documents
     and impacts, over all segments and without what was deleted. Safe for threads.

Numbers, averages and document frequencies are those of living documents: they do not depend on
how the collection came to be. What was worked out for a word is remembered, up to a size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from search.analysis import View
from search.engine import Scope
from search.linguistics.stems import marked_languages
from search.query_plan import TextLeaf
from search.remembered import Remembered
from search.snapshot.columns import Column, ColumnPart
from search.snapshot.counting import NEVER, Counted, count_fields
from search.snapshot.expansion import Runs
from search.snapshot.facet_tables import FacetTable
from search.snapshot.gathering import Documents, Ints, Mask
from search.snapshot.neighbours import Listed
from search.snapshot.places import (
    NOWHERE,
    find_phrase,
    find_places,
    numbers_of,
    read_steps,
    unique,
)
from search.snapshot.postings import Boosted, Postings
from search.snapshot.ranking import (
    EXACT_BONUS,
    MARKED_SHARE,
    Floats,
    inverse_document_frequency,
    length_norms,
)
from search.snapshot.scratch import counted
from search.snapshot.segment import FacetValues, SegmentScope, Words
from search.snapshot.synonyms import with_other_spellings
from search.snapshot.terms import (
    CountedPostings,
    FamilyPostings,
    WordPostings,
    kept_bytes,
    of_family,
)

_ROOM_PER_DOCUMENT = 384  # bytes of what is remembered of words
_LEAST_ROOM = 1 << 24
_PAIRS_ROOM = 1 << 21  # bytes of what is remembered of pairs of words

Derived = Callable[[], Sequence[FacetValues]]  # the values of a facet, segment by segment


@dataclass(frozen=True, slots=True)
class LivingScope:
    """A segment's scope; `lives` tells which documents live, None that all do.

    `publications` are the ids that its documents' ranges (`scope.starts`) belong to.
    """

    scope: SegmentScope
    publications: tuple[str, ...]
    lives: Mask | None


class CollectionView:
    """A scope of a committed state; `derived` are facets that no segment has by itself."""

    def __init__(
        self,
        parts: Sequence[LivingScope],
        derived: Mapping[str, Derived] | None = None,
        views: Mapping[Scope, CollectionView] | None = None,
    ) -> None:
        self._parts, self._derived = parts, derived or {}
        self._views: Mapping[Scope, CollectionView] = {} if views is None else views
        self._firsts = [0, *accumulate(part.scope.count for part in parts)]
        self.size = self._firsts[-1]
        self.lives = _living(parts)
        lengths = np.concatenate([np.empty(0, np.int32), *(part.scope.lengths for part in parts)])
        living = lengths if self.lives is None else lengths[self.lives]
        self.count = living.size
        self.average = int(living.sum(dtype=np.int64)) / living.size if living.size else 0.0
        self.norms = length_norms(lengths, self.average)
        self._least_norm = float(self.norms.min()) if self.size else 0.0
        self.order = _book_order(parts) if len(parts) > 1 else None
        self._known: Remembered[tuple[object, ...], Postings] = Remembered(
            max(_LEAST_ROOM, _ROOM_PER_DOCUMENT * self.size)
        )
        self.pairs: Remembered[object, tuple[Listed | None]] = Remembered(_PAIRS_ROOM)
        self._columns: dict[str, Column] = {}
        self._tables: dict[tuple[str, ...], FacetTable] = {}

    def document_id(self, number: int) -> str:
        """Return a document's id."""
        scope, own_number = self.locate(number)
        return scope.document_id(own_number)

    def number_of(self, document_id: str) -> int | None:
        """Return the number of a living document; None where there is none."""
        publication = document_id.partition("/")[0]
        for first, part in self.parts:
            for name, (start, end) in zip(
                part.publications, pairwise(part.scope.starts), strict=True
            ):
                if name == publication and (part.lives is None or part.lives[start:end].any()):
                    number = part.scope.find_document(document_id, start, end)
                    return None if number is None else first + number
        return None

    def document_count(self, view: View, form: str) -> int:
        """Return how many living documents have a form, without scoring them."""
        count, text = 0, form.encode()
        for part in self._parts:
            words = part.scope.views[view]
            if (number := words.find(text)) < 0:
                continue
            if part.lives is None:
                count += words.document_count(number)
            else:
                count += int(np.count_nonzero(part.lives.take(words.documents(number))))
        return count

    def locate(self, number: int) -> tuple[SegmentScope, int]:
        """Return the segment that a document stands in, and its number there."""
        part = len(self._parts) - 1
        while number < self._firsts[part]:
            part -= 1
        return self._parts[part].scope, number - self._firsts[part]

    def first_documents(self) -> Iterator[int]:
        """Yield the first document of each publication that lives."""
        for part, first in zip(self._parts, self._firsts, strict=False):
            for start, end in pairwise(part.scope.starts):
                if start < end and (part.lives is None or part.lives[start]):
                    yield first + start

    @property
    def parts(self) -> Sequence[tuple[int, LivingScope]]:
        """Return the segments' scopes, each with the number of its first document."""
        return list(zip(self._firsts, self._parts, strict=False))

    def in_segments(self, documents: Ints) -> Iterator[tuple[SegmentScope, NDArray[np.intp], Ints]]:
        """Yield each segment's share of some documents: where they are listed, their numbers."""
        if len(self._parts) == 1:
            yield self._parts[0].scope, np.arange(documents.size), documents
            return
        for part, first in zip(self._parts, self._firsts, strict=False):
            end = first + part.scope.count
            listed = np.flatnonzero((first <= documents) & (documents < end))
            if listed.size:
                yield part.scope, listed, documents[listed] - np.int32(first)

    @cached_property
    def everything(self) -> Ints:
        """Return all documents."""
        if self.lives is None:
            return np.arange(self.size, dtype=np.int32)
        return np.flatnonzero(self.lives).astype(np.int32)

    @cached_property
    def languages(self) -> frozenset[str]:
        """Return the languages of its texts that have stems of their own."""
        values = (part.scope.facets.get("language") for part in self._parts)
        return marked_languages(name for value in values if value for name in value.names)

    @property
    def facets(self) -> Mapping[str, None]:
        """Return the names of the facets that any document has."""
        return dict.fromkeys(name for part in self._parts for name in part.scope.facets)

    def column(self, name: str) -> Column:
        """Return a facet's column."""
        if name not in self._columns:
            found = zip(self._parts, self._facet_values(name), strict=True)
            self._columns[name] = Column(
                [ColumnPart(values, part.scope.count, part.lives) for part, values in found]
            )
        return self._columns[name]

    def _facet_values(self, name: str) -> Sequence[FacetValues | None]:
        if name in self._derived:
            return self._derived[name]()
        return [part.scope.facets.get(name) for part in self._parts]

    def beside(self, scope: Scope) -> CollectionView:
        """Return the view of a scope of the same state."""
        return self._views.get(scope, self)

    def around(self, documents: Documents, scope: Scope) -> Documents:
        """Return the documents in, or around, some of a scope of the same state."""
        if self.beside(scope) is self:
            return documents
        is_there = np.zeros(self.beside(scope).size, np.bool_)
        is_there[documents] = True
        if scope == "cases":
            return numbers_of(is_there[self.case_numbers])
        return unique(self.beside(scope).case_numbers[documents])

    @cached_property
    def case_numbers(self) -> Ints:
        """Return, for each section, the number of its case in the view of cases."""
        counts = [np.diff(part.scope.case_firsts) for part in self._parts]
        lengths = np.concatenate([NOWHERE, *counts])
        return np.repeat(np.arange(lengths.size, dtype=np.int32), lengths)

    def table(self, names: tuple[str, ...]) -> FacetTable:
        """Return some facets side by side."""
        found = self._tables.get(names)
        if found is None:
            found = FacetTable({name: self.column(name) for name in names}, self.size)
            self._tables[names] = found
        return found

    def words(self, view: View) -> list[Words]:
        """Return the words of each segment, those of deleted documents too."""
        return [part.scope.views[view] for part in self._parts]

    def word(self, view: View, form: str) -> Postings:
        """Return the documents that have a form."""
        key = (view, form)
        return self._known.get(key) or self._kept(key, self._word(view, form))

    def matches(self, leaf: TextLeaf) -> Postings:
        """Return the documents that a leaf matches."""
        if leaf.also:
            return self._spelt(leaf)
        if not leaf.is_word:
            return self._found(leaf)
        if leaf.view == "exact":
            return self.word("exact", leaf.typed[0])
        # By its stems, too: those in the languages of the texts are not in every plan.
        family = ("family", leaf.marked or leaf.typed[0], leaf.steps)
        return self._known.get(family) or self._kept(family, self._found(leaf))

    def _spelt(self, leaf: TextLeaf) -> Postings:
        """Return the documents that have a word or one of its other spellings."""
        key = ("spelt", "\n".join([leaf.text, *(other.text for other in leaf.also)]), leaf.steps)
        found = self._known.get(key)
        if found is None:
            typed = self.matches(replace(leaf, also=()))
            others = [self.matches(other) for other in leaf.also]
            found = self._kept(key, with_other_spellings(typed, others, self.count, self.size))
        return found

    def _kept(self, key: tuple[object, ...], found: Postings) -> Postings:
        found.keep()
        self._known.put(key, found, kept_bytes(found))
        return found

    def _found(self, leaf: TextLeaf) -> Postings:
        if leaf.view == "exact":
            return self.read_as(leaf, "exact", leaf.steps)
        typed = self.read_as(leaf, "exact", [frozenset((form,)) for form in leaf.typed])
        is_all = leaf.is_word and all(_is_only_form(part.scope, leaf) for part in self._parts)
        family = typed if is_all else self.read_as(leaf, "stem", leaf.steps)
        found = of_family(family, typed)
        if leaf.marked and (marked := self.read_as(*as_marked(leaf))).count:
            share = MARKED_SHARE
            found = FamilyPostings(Boosted(found, 1 - share), marked, share * (1 + EXACT_BONUS))
        return found

    def read_as(self, leaf: TextLeaf, view: View, steps: Sequence[frozenset[str]]) -> Postings:
        """Return the documents in which a leaf matches, read as these steps of a view."""
        if leaf.is_word:
            there = [word for form in steps[0] if (word := self._word(view, form)).count]
            if len(there) < 2:  # noqa: PLR2004 - nothing to put together
                return there[0] if there else Postings(np.empty(0, np.int32))
        parts = [_leaf(part.scope, leaf, view, steps) for part in self._parts]
        found = CountedPostings(*self._counted([(part.documents, part.times) for part in parts]))
        found.is_cut = any(part.is_cut for part in parts)
        return found

    def _word(self, view: View, form: str) -> WordPostings:
        text = form.encode()
        return WordPostings(*self._counted([_word(part.scope, view, text) for part in self._parts]))

    def _counted(
        self, found: Sequence[Counted]
    ) -> tuple[Documents, NDArray[Any], float, Floats, float]:
        """Put segments' documents together, and weigh them."""
        documents, times = self.put_together(found)
        idf = inverse_document_frequency(self.count, documents.size)
        return documents, times, idf, self.norms, self._least_norm

    def put_together(self, found: Sequence[Counted]) -> Counted:
        """Put segments' documents together, without what was deleted; what stands beside, too."""
        if len(found) == 1:
            documents, times = found[0]
        else:
            there = [(first, *each) for first, each in zip(self._firsts, found, strict=False)]
            lists = [(numbers + np.int32(n), times) for n, numbers, times in there if times.size]
            documents = np.concatenate([NOWHERE, *[numbers for numbers, _ in lists]])
            times = np.concatenate([NEVER, *[times for _, times in lists]])
        if self.lives is not None:
            living = self.lives[documents]
            documents, times = documents[living], times[living]
        return documents, times


def as_marked(leaf: TextLeaf) -> tuple[TextLeaf, View, Sequence[frozenset[str]]]:
    """Return a word as it is spelt with its marks, as `read_as` takes it."""
    return replace(leaf, typed=(leaf.marked,)), "exact", (frozenset((leaf.marked,)),)


def _is_only_form(scope: SegmentScope, leaf: TextLeaf) -> bool:
    """Tell whether a word's family stands nowhere in a segment but where its form as typed does."""
    stems, exact = scope.views["stem"], scope.views["exact"]
    form = exact.find(leaf.typed[0].encode())
    family = stems.numbers(leaf.steps[0])
    if form < 0 or len(family) != 1:
        return form < 0 and not family
    is_as_often = stems.place_count(family[0]) == exact.place_count(form)
    return is_as_often and stems.forms_of(family[0]).tolist() == [form]


def _living(parts: Sequence[LivingScope]) -> Mask | None:
    if all(part.lives is None for part in parts):
        return None
    return np.concatenate(
        [np.ones(p.scope.count, np.bool_) if p.lives is None else p.lives for p in parts]
    )


def _book_order(parts: Sequence[LivingScope]) -> Ints:
    """Return each document's rank in book order: by publication, then as in its segment."""
    names = sorted({name for part in parts for name in part.publications})
    ranks_of = {name: rank for rank, name in enumerate(names)}
    owners = [np.empty(0, np.int32)]
    for part in parts:
        numbers = np.array([ranks_of[name] for name in part.publications], np.int32)
        owners.append(np.repeat(numbers, np.diff(part.scope.starts)))
    by_book = np.argsort(np.concatenate(owners), kind="stable")
    ranks = np.empty(by_book.size, np.int32)
    ranks[by_book] = np.arange(by_book.size, dtype=np.int32)
    return ranks


def _word(scope: SegmentScope, view: View, text: bytes) -> tuple[Ints, NDArray[Any]]:
    words = scope.views[view]
    number = words.find(text)
    if number < 0:
        return NOWHERE, NEVER
    return words.documents(number), words.times(number)


class _Counted(NamedTuple):
    documents: Documents
    times: NDArray[Any]
    is_cut: bool


def _leaf(
    scope: SegmentScope, leaf: TextLeaf, view: View, steps: Sequence[frozenset[str]]
) -> _Counted:
    """Count a leaf's matches in each document of a segment."""
    if view == "exact" and leaf.is_plain:
        places = find_phrase(scope, leaf)
        fields = scope.field_of(places) if places.size else places
        return _Counted(*count_fields(fields), is_cut=False)
    words = scope.views[view]
    read = read_steps(words, leaf, steps)
    is_cut = read[-1].is_cut
    if (leaf.pattern or leaf.is_prefix) and len(read) == 1 and not (leaf.field or leaf.whole):
        runs = read[0].runs
        if not any(words.has_joined(first, end) for first, end in runs):
            return _Counted(*_summed(scope, words, runs), is_cut)
    fields = scope.field_of(find_places(scope, leaf, view, read))
    return _Counted(*count_fields(fields), is_cut)


def _summed(scope: SegmentScope, words: Words, runs: Runs) -> tuple[Documents, NDArray[Any]]:
    """Add up the frequencies of many words: none of them stands where another does."""
    if not runs:
        return NOWHERE, NEVER
    if len(runs) == 1:
        first, end = runs[0]
        documents, times = words.documents(first, end), words.times(first, end)
        if end == first + 1:
            return documents, times
    else:
        documents = np.concatenate([words.documents(first, end) for first, end in runs])
        times = np.concatenate([words.times(first, end) for first, end in runs])
    return counted(documents, times, scope.count)
