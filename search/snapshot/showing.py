"""Showing: what an engine found → what a reader is shown of it.

In:  a view, documents found in it, what a question marks.
Out: `Hit`s with passages. A passage comes from the running text or from the captions; where only
     a title or a heading matched, the first sentence stands for the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import numpy as np

from search.documents import STRANDS
from search.explanation import Explanation
from search.highlights import Marks, what_to_mark
from search.query import Query
from search.query_plan import TextLeaf
from search.results import Hit, Passage
from search.shown import HitFields
from search.snapshot.marking import Finder
from search.snapshot.passages import Sought, section_passages
from search.snapshot.postings import Best
from search.snapshot.segment import SegmentScope
from search.snapshot.view import CollectionView


def show_hits(
    view: CollectionView,
    best: Best,
    missing: Iterable[tuple[str, ...]],
    notes: Iterable[Explanation | None],
    query: Query,
    limit: int,
) -> list[Hit]:
    """Return documents as hits, with so many passages at most."""
    marks = what_to_mark(query, view.languages)
    found: list[_ShownFields] = []
    order: list[int] = []
    for scope, places, numbers in view.in_segments(best[0].astype(np.int32)):
        found += _Finding(scope, marks).shown(numbers.tolist(), limit)
        order += places.tolist()
    if len(view.parts) > 1:
        found = [each for _, each in sorted(zip(order, found, strict=True), key=_place)]
    return [
        Hit(*fields, score, lacking, passages, more, note)
        for (fields, passages, more), score, lacking, note in zip(
            found, best[1].tolist(), missing, notes, strict=True
        )
    ]


def titles_of(view: CollectionView) -> dict[str, str]:
    """Return the titles of the publications whose sections a view has."""
    found: dict[str, str] = {}
    for number in view.first_documents():
        scope, own_number = view.locate(number)
        _, publication, title, *_ = scope.stored.case_fields(scope.stored.case_of(own_number))
        found[publication] = title
    return found


_ShownFields = tuple[HitFields, tuple[Passage, ...], int]


class _Finding(dict[int, Sought]):
    """What a question looks for in one segment's sections, by the number of the strand."""

    def __init__(self, scope: SegmentScope, marks: Marks) -> None:
        super().__init__()
        self._scope, self._marks, self._stored = scope, marks, scope.stored

    def __missing__(self, strand: int) -> Sought:
        wanted = self._marks[STRANDS[strand]]
        sought = self[strand] = Sought(
            strand, *[[self._finder(leaf) for leaf in each] for each in wanted]
        )
        return sought

    def _finder(self, leaf: TextLeaf) -> Finder:
        known = self._scope.finders.get(leaf)
        if known is None:
            known = Finder(self._scope, leaf)
            self._scope.finders.put(leaf, known, known.size_bytes)
        return cast("Finder", known)

    def shown(self, numbers: Iterable[int], limit: int) -> Iterable[_ShownFields]:
        """Return the fields of documents, their best passages, how many sentences are not shown."""
        if self._scope.has_cases:
            return [self._case(number, limit) for number in numbers]
        return [
            (fields, *_best(marked, plain, more, limit))
            for fields, marked, plain, more in section_passages(self._scope, numbers, self, limit)
        ]

    def _case(self, number: int, limit: int) -> _ShownFields:
        case = self._stored.case_fields(number)
        marked: list[Passage] = []
        plain: Passage | None = None
        more = 0
        sections = self._stored.sections_of(number) if limit > 0 else ()
        for _, found, one, others in section_passages(self._scope, sections, self, limit):
            marked += found
            plain = plain or one
            more += others
        return (*case[:8], "", "", "", *case[8:]), *_best(marked, plain, more, limit)


def _best(
    marked: list[Passage], plain: Passage | None, more: int, limit: int
) -> tuple[tuple[Passage, ...], int]:
    """Return the passages to show, and how many more sentences have a mark."""
    if len(marked) < 2:  # noqa: PLR2004 - nothing to put in order
        return tuple(marked) or ((plain,) if plain else ()), more
    marked.sort(key=_marked_words, reverse=True)
    return tuple(marked[:limit]), more + max(0, len(marked) - limit)


def _place(pair: tuple[int, _ShownFields]) -> int:
    return pair[0]


def _marked_words(passage: Passage) -> int:
    return len({passage.text[start:end].casefold() for start, end in passage.highlights})
