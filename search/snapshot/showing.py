"""Showing: what an engine found → what a reader is shown of it.

In:  a view, documents found in it, what a question marks.
Out: `Hit`s with passages. A passage comes from the running text or from the captions; where only
     a title or a heading matched, the first sentence stands for the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from search.engine import EngineHit
from search.highlights import Marks, what_to_mark
from search.query import Query
from search.query_plan import TextLeaf
from search.results import Hit, Passage
from search.shown import HitFields
from search.snapshot.gathering import Documents
from search.snapshot.marking import Finder
from search.snapshot.passages import Sought, section_passages
from search.snapshot.segment import SegmentScope
from search.snapshot.view import CollectionView


def show_hits(
    view: CollectionView,
    documents: Documents,
    hits: Sequence[EngineHit],
    query: Query,
    limit: int,
) -> list[Hit]:
    """Return documents as hits, with so many passages at most."""
    finding: dict[int, _Finding] = {}
    marks = what_to_mark(query, view.languages)
    shown: list[Hit] = []
    for number, hit in zip(documents.tolist(), hits, strict=True):
        scope, own_number = view.locate(number)
        fields = _fields(scope, own_number)
        if limit <= 0:
            shown.append(Hit(*fields, hit.score, hit.missing, explanation=hit.explanation))
            continue
        known = finding.get(id(scope))
        if known is None:
            known = finding[id(scope)] = _Finding(scope, marks)
        passages, more = known.passages(scope.sections_of(own_number), limit)
        shown.append(Hit(*fields, hit.score, hit.missing, passages, more, hit.explanation))
    return shown


def titles_of(view: CollectionView) -> dict[str, str]:
    """Return the titles of the publications whose sections a view has."""
    found: dict[str, str] = {}
    for number in view.first_documents():
        scope, own_number = view.locate(number)
        _, publication, title, *_ = scope.stored.case_fields(scope.stored.case_of(own_number))
        found[publication] = title
    return found


def _fields(scope: SegmentScope, number: int) -> HitFields:
    """Return what a hit says whatever was asked."""
    stored = scope.stored
    if scope.has_cases:
        case = stored.case_fields(number)
        return *case[:8], "", "", "", *case[8:]
    case, own = stored.case_fields(stored.case_of(number)), stored.own_fields(number)
    return f"{case[0]}/{own[0]}", *case[1:8], *own


class _Finding(dict[str, Sought]):
    """What a question looks for in one segment's sections, by field."""

    def __init__(self, scope: SegmentScope, marks: Marks) -> None:
        super().__init__()
        self._scope, self._marks = scope, marks

    def __missing__(self, field: str) -> Sought:
        finders = ([self._finder(leaf) for leaf in leaves] for leaves in self._marks[field])
        sought = self[field] = Sought(*finders)
        return sought

    def _finder(self, leaf: TextLeaf) -> Finder:
        known = self._scope.finders.get(leaf)
        if known is None:
            known = Finder(self._scope, leaf)
            self._scope.finders.put(leaf, known, known.size_bytes)
        return cast("Finder", known)

    def passages(self, sections: Sequence[int], limit: int) -> tuple[tuple[Passage, ...], int]:
        """Return the best passages of some sections and how many sentences are not shown."""
        marked: list[Passage] = []
        plain: Passage | None = None
        more = 0
        for number in sections:
            found = section_passages(self._scope, number, self, limit)
            marked += found.marked
            plain = plain or found.plain
            more += found.more
        if not marked:
            return (plain,) if plain else (), more
        if len(marked) > 1:
            marked.sort(key=_marked_words, reverse=True)
        return tuple(marked[:limit]), more + max(0, len(marked) - limit)


def _marked_words(passage: Passage) -> int:
    return len({passage.text[start:end].casefold() for start, end in passage.highlights})
