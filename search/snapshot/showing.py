"""Showing: what an engine found → what a reader is shown of it.

In:  a view, documents found in it, what a question marks.
Out: `Hit`s with passages. A passage comes from the running text or from the captions; where only
     a title or a heading matched, the first sentence stands for the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np

from search.explanation import Explanation
from search.highlights import what_to_mark
from search.query import Query
from search.results import Hit, Passage
from search.shown import HitFields
from search.snapshot.passages import Sought, section_passages, what_is_sought
from search.snapshot.postings import Best
from search.snapshot.segment import SegmentScope
from search.snapshot.view import CollectionView

_KEY_BYTES, _KEY_BYTES_A_LETTER = 2_000, 100  # about what a question takes, with its tree


def show_hits(
    view: CollectionView,
    best: Best,
    missing: Iterable[tuple[str, ...]],
    notes: Iterable[Explanation | None],
    query: Query,
    limit: int,
) -> list[Hit]:
    """Return documents as hits, with so many passages at most."""
    shown: dict[int, _ShownFields] = {}  # by the place in the list
    for scope, places, numbers in view.in_segments(best[0].astype(np.int32)):
        sought = _sought(scope, query, view.languages)
        show = _cases if scope.has_cases else _sections
        found = show(scope, sought, numbers.tolist(), limit)
        shown.update(zip(places.tolist(), found, strict=True))
    hits: list[Hit] = []
    for score, lacking, note in zip(best[1].tolist(), missing, notes, strict=True):
        fields, passages, more = shown[len(hits)]
        hits.append(Hit(*fields, score, lacking, passages, more, note))
    return hits


def titles_of(view: CollectionView) -> dict[str, str]:
    """Return the titles of the publications whose sections a view has."""
    found: dict[str, str] = {}
    for number in view.first_documents():
        scope, own_number = view.locate(number)
        _, publication, title, *_ = scope.stored.case_fields(scope.stored.case_of(own_number))
        found[publication] = title
    return found


# The fields of a document, its best passages, how many sentences are not shown.
_ShownFields = tuple[HitFields, tuple[Passage, ...], int]


def _sought(scope: SegmentScope, query: Query, languages: frozenset[str]) -> Sequence[Sought]:
    """Return what a question looks for in a segment, which is remembered."""
    key = query, languages
    known = scope.sought.get(key)
    if known is None:
        known, size = what_is_sought(scope, what_to_mark(query, languages).leaves)
        scope.sought.put(key, known, _KEY_BYTES + len(query.text) * _KEY_BYTES_A_LETTER + size)
    return cast("Sequence[Sought]", known)


def _sections(
    scope: SegmentScope, sought: Sequence[Sought], numbers: Iterable[int], limit: int
) -> list[_ShownFields]:
    return [
        (fields, *_best(marked, plain, more, limit))
        for fields, marked, plain, more in section_passages(scope, numbers, sought, limit)
    ]


def _cases(
    scope: SegmentScope, sought: Sequence[Sought], numbers: Iterable[int], limit: int
) -> list[_ShownFields]:
    return [_case(scope, sought, number, limit) for number in numbers]


def _case(scope: SegmentScope, sought: Sequence[Sought], number: int, limit: int) -> _ShownFields:
    case = scope.stored.case_fields(number)
    marked: list[Passage] = []
    plain: Passage | None = None
    more = 0
    sections = scope.stored.sections_of(number) if limit > 0 else ()
    for _, found, one, others in section_passages(scope, sections, sought, limit):
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


def _marked_words(passage: Passage) -> int:
    return len({passage.text[start:end].casefold() for start, end in passage.highlights})
