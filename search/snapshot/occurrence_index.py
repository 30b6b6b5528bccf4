"""Occurrence index: what a view's snapshots tell of occurrences.

In:  a view of sections; requests of `search.occurrences`.
Out: their answers. What the latest questions found is remembered: readers page and sort what they
     asked for. Safe for threads.
"""

from __future__ import annotations

import numpy as np

from search.occurrence_index import Progress
from search.occurrences import (
    ContextSort,
    Dispersion,
    Frequencies,
    Occurrence,
    Occurrences,
    Selection,
    ShownText,
)
from search.query import Query
from search.remembered import Remembered
from search.shown import CaseFields, OwnFields
from search.snapshot.collocations import around, pairs
from search.snapshot.context_order import page_of
from search.snapshot.contexts import shown_text
from search.snapshot.frequencies import by_value, dispersions, words_of
from search.snapshot.gathering import Mask
from search.snapshot.occurrences import Found, case_counts, find_occurrences, selected_documents
from search.snapshot.running_text import RunningText
from search.snapshot.shared_phrases import Repeats, find_repeats, shared_phrases
from search.snapshot.view import CollectionView
from search.word_groups import CollocationRequest, Collocations, SharedPhraseRequest, SharedPhrases

_ROOM = 1 << 25  # bytes of remembered occurrences, and as many of repeats


class SnapshotOccurrences:
    """The occurrences of one committed state."""

    def __init__(self, view: CollectionView) -> None:
        self._text = RunningText(view)
        self._known: Remembered[object, Found] = Remembered(_ROOM)
        self._repeats: Remembered[object, Repeats] = Remembered(_ROOM)

    def occurrences(
        self, selection: Selection, *, sort: ContextSort, offset: int, limit: int, cases: int
    ) -> Occurrences:
        """Return a page of occurrences, and the cases that have most of them."""
        found = self._found(selection)
        return Occurrences(
            total=found.total,
            section_count=found.section_count,
            case_count=int((found.case_tally > 0).sum()),
            page=tuple(found.occurrence(n) for n in page_of(found, sort, offset, limit)),
            cases=case_counts(found, cases) if cases else (),
            cut=found.cut,
        )

    def frequencies(
        self, selection: Selection, *, facets: tuple[str, ...], with_cases: bool
    ) -> Frequencies:
        """Count occurrences by facet and, if wanted, by case; only cases that have any."""
        found = self._found(selection)
        words = words_of(self._text, self._documents(selection))
        return Frequencies(
            total=found.total,
            case_count=int((found.case_tally > 0).sum()),
            words=int(words.sum()),
            facets={name: by_value(found, name, words) for name in facets},
            cases=case_counts(found) if with_cases else (),
            cut=found.cut,
        )

    def dispersions(self, selection: Selection, *, limit: int, bins: int) -> tuple[Dispersion, ...]:
        """Return where the occurrences lie in the publications that have most of them."""
        return dispersions(self._found(selection), limit, bins)

    def shown_text(self, occurrence: Occurrence) -> ShownText:
        """Return the text that an occurrence stands in."""
        scope, section = self._text.view.locate(occurrence.section)
        return shown_text(scope, section, occurrence)

    def case_fields(self, section: int) -> CaseFields:
        """Return what is shown of the case of a section."""
        scope, number = self._text.view.locate(section)
        return scope.stored.case_fields(scope.stored.case_of(number))

    def own_fields(self, section: int) -> OwnFields:
        """Return what is shown of a section."""
        scope, number = self._text.view.locate(section)
        return scope.stored.own_fields(number)

    def years(self, section: int) -> tuple[str, ...]:
        """Return the years of a section's publication: none or one."""
        column = self._text.view.column("year")
        _, numbers = column.values_of(np.array([section], np.int32))
        return tuple(column.labels[number] for number in numbers.tolist())

    def collocations(self, request: CollocationRequest) -> Collocations:
        """Return the words that go with what was asked for; without a query, pairs of words."""
        documents = self._documents(request.selection)
        if request.selection.query.is_empty:
            return pairs(self._text, documents, request)
        return around(self._found(request.selection), documents, request)

    def shared_phrases(
        self, request: SharedPhraseRequest, progress: Progress | None
    ) -> SharedPhrases:
        """Return the sequences of words that recur in different cases."""
        key = (request.words, _filters_key(request.selection))
        repeats = self._repeats.get(key)
        if repeats is None:
            documents = self._documents(request.selection)
            repeats = find_repeats(self._text, documents, request.words, progress)
            self._repeats.put(key, repeats, repeats.size_bytes)
        return shared_phrases(self._text, repeats, request)

    def _documents(self, selection: Selection) -> Mask | None:
        """Return the documents that a selection's filters leave, whatever its query."""
        return selected_documents(self._text.view, Selection(Query(""), selection.filters))

    def _found(self, selection: Selection) -> Found:
        key = (selection.query, _filters_key(selection))
        found = self._known.get(key)
        if found is None:
            found = find_occurrences(self._text, selection)
            self._known.put(key, found, found.size_bytes)
        return found


def _filters_key(selection: Selection) -> object:
    return tuple(sorted(selection.filters.items()))
