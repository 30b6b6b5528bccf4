"""Occurrences: a selection → the places where its words and phrases stand, in book order.

In:  the running text of a view, a selection.
Out: `Found`: parallel arrays of segment, first and last address, document; counts by case.

A query that is one word or phrase needs no matching of documents: every place of it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import TEXT_FIELDS
from search.occurrences import CaseCount, Occurrence, Selection
from search.query_plan import Branch, TextLeaf, plan_query, positive_leaves
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.gathering import Ints, Mask
from search.snapshot.matching import Matcher
from search.snapshot.ranking import best
from search.snapshot.running_text import RunningText, TextPart
from search.snapshot.spans import find_spans
from search.snapshot.view import CollectionView

FIELD_NAMES = tuple(TEXT_FIELDS)
_EMPTY = np.empty(0, np.int32)


class Found:
    """Occurrences in book order: segment, first and last address, number of the document."""

    def __init__(
        self, text: RunningText, columns: Sequence[tuple[Ints, ...]], cut: tuple[str, ...]
    ) -> None:
        self.text, self.cut = text, cut
        if len(columns) == 1:
            self.part, self.first, self.last, self.document = columns[0]
        else:
            joined = [np.concatenate([_EMPTY, *each]) for each in zip(*columns, strict=True)]
            self.part, self.first, self.last, self.document = _by_book(text.view, joined)

    @property
    def total(self) -> int:
        """Return how many occurrences there are."""
        return int(self.first.size)

    @property
    def size_bytes(self) -> int:
        """Return about how many bytes they take."""
        return 1_000 + 24 * self.total

    @cached_property
    def section_count(self) -> int:
        """Return how many documents have any."""
        documents = self.document
        return int((documents[1:] != documents[:-1]).sum()) + bool(documents.size)

    @cached_property
    def case_tally(self) -> NDArray[Any]:
        """Return how many occurrences each case has."""
        if len(self.text.parts) == 1:  # documents rise: where each case begins will do
            return np.diff(self.document.searchsorted(self.text.parts[0].case_starts))
        return np.bincount(self.cases, minlength=self.text.case_firsts[-1])

    @cached_property
    def cases(self) -> NDArray[Any]:
        """Return the case of each occurrence, counted over all segments."""
        found = np.zeros(self.total, np.int64)
        for number, part in enumerate(self.text.parts):
            mine = self.of_part(number)
            numbers = part.case_of[self.document[mine] - part.first]
            found[mine] = numbers + self.text.case_firsts[number]
        return found

    def of_part(self, number: int) -> Mask | slice:
        """Return which occurrences stand in a segment."""
        return slice(None) if len(self.text.parts) == 1 else self.part == number

    def occurrence(self, number: int) -> Occurrence:
        """Return one of them."""
        part = self.text.parts[int(self.part[number])]
        return occurrence_at(part, int(self.first[number]), int(self.last[number]))


def occurrence_at(part: TextPart, first: int, last: int) -> Occurrence:
    """Return a stretch of addresses of a segment as an occurrence."""
    field = int(part.fields.searchsorted(first, side="right")) - 1
    start = int(part.fields[field])
    section = field // FIELD_COUNT
    document = part.scope.document_id(section)
    return Occurrence(
        part.first + section,
        document,
        FIELD_NAMES[field % FIELD_COUNT],
        first - start,
        last - start,
    )


def find_occurrences(text: RunningText, selection: Selection) -> Found:
    """Return every occurrence of what a selection asks for."""
    plan = plan_query(selection.query, text.view.languages)
    leaves = tuple(dict.fromkeys(positive_leaves(plan)))
    documents = _documents(text.view, plan, leaves, selection.filters) if leaves else None
    columns: list[tuple[Ints, ...]] = []
    cut: dict[str, None] = {}
    for number, part in enumerate(text.parts):
        spans, too_many = find_spans(part.scope, leaves)
        cut |= dict.fromkeys(too_many)
        fields = part.scope.field_of(spans.first)
        keep = part.allowed(documents)[fields]
        kept = spans.where(keep)
        owners = (fields[keep] // FIELD_COUNT + part.first).astype(np.int32)
        columns.append((np.full(owners.size, number, np.int32), *kept, owners))
    return Found(text, columns or [(_EMPTY,) * 4], tuple(cut))


def selected_documents(view: CollectionView, selection: Selection) -> Mask | None:
    """Return which documents a selection's filters and query leave; None where all of them."""
    plan = plan_query(selection.query, view.languages)
    return _documents(view, plan, (), selection.filters)


def _documents(
    view: CollectionView,
    plan: Branch,
    leaves: Sequence[TextLeaf],
    filters: Mapping[str, tuple[str, ...]],
) -> Mask | None:
    masks = [view.column(name).having(values) for name, values in filters.items() if values]
    if plan not in (Branch(plan.text), *_alone(plan, leaves)):
        mask = np.zeros(view.size, np.bool_)
        mask[Matcher(view, "all").found(plan).documents] = True
        masks.append(mask)
    return reduce(np.logical_and, masks) if masks else None


def _alone(plan: Branch, leaves: Sequence[TextLeaf]) -> Sequence[Branch]:
    """Return the plans that ask for one word or phrase and nothing else."""
    if len(leaves) != 1:
        return ()
    return Branch(plan.text, must=tuple(leaves)), Branch(plan.text, wanted=tuple(leaves))


def _by_book(view: CollectionView, columns: Sequence[Ints]) -> Sequence[Ints]:
    _, first, _, document = columns
    ranks = document if view.order is None else view.order[document]
    order = np.lexsort((first, ranks))
    return [column[order] for column in columns]


def case_counts(found: Found, limit: int = 0) -> tuple[CaseCount, ...]:
    """Return the cases with most occurrences, equals in book order; 0: all of them so."""
    tally = found.case_tally
    numbers = tally.nonzero()[0]
    ranks = found.text.book_ranks(numbers)
    if not limit:
        chosen = numbers[np.argsort(ranks)]
    else:
        order = best(tally[numbers].astype(np.float64), limit, ranks)
        chosen = numbers[order]
    return tuple(_case_count(found, int(number), int(tally[number])) for number in chosen)


def _case_count(found: Found, number: int, count: int) -> CaseCount:
    text = found.text
    place = next(n for n, first in enumerate(text.case_firsts[1:]) if number < first)
    part, case = text.parts[place], number - text.case_firsts[place]
    start, end = part.case_starts[case : case + 2].tolist()
    words = int(part.document_words[start:end].sum())
    return CaseCount(part.first + start, part.case_id(case), count, words)
