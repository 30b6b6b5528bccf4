"""Showing: what an engine found → what a reader is shown of it.

In:  a view, documents found in it, what a question marks.
Out: `Hit`s with passages. A passage comes from the running text or from the captions; where only
     a title or a heading matched, the first sentence stands for the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from search.documents import STRANDS
from search.explanation import Explanation
from search.highlights import Marks, what_to_mark
from search.query import Query
from search.query_plan import TextLeaf
from search.results import Hit, Passage
from search.shown import HitFields
from search.snapshot.marking import Finder
from search.snapshot.passages import FoundPassages, Sought, section_passages
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
    finding: dict[int, _Finding] = {}
    marks = what_to_mark(query, view.languages)
    shown: list[Hit] = []
    documents, scores = best[0].tolist(), best[1].tolist()
    for document, score, lacking, note in zip(documents, scores, missing, notes, strict=True):
        scope, number = view.locate(document)
        known = finding.get(id(scope))
        if known is None:
            known = finding[id(scope)] = _Finding(scope, marks)
        show = known.case if scope.has_cases else known.section
        fields, passages, more = show(number, limit)
        shown.append(Hit(*fields, score, lacking, passages, more, note))
    return shown


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
        sought = self[strand] = Sought(*[[self._finder(leaf) for leaf in each] for each in wanted])
        return sought

    def _finder(self, leaf: TextLeaf) -> Finder:
        known = self._scope.finders.get(leaf)
        if known is None:
            known = Finder(self._scope, leaf)
            self._scope.finders.put(leaf, known, known.size_bytes)
        return cast("Finder", known)

    def section(self, number: int, limit: int) -> _ShownFields:
        """Return the fields of a section, its best passages, how many sentences are not shown."""
        section = self._stored.section(number)
        if limit <= 0:
            return section[0], (), 0
        found = section_passages(self._scope, number, section, self, limit)
        return section[0], *_best(found, limit)

    def case(self, number: int, limit: int) -> _ShownFields:
        """Return the fields of a case, its best passages, how many sentences are not shown."""
        stored = self._stored
        case = stored.case_fields(number)
        fields = *case[:8], "", "", "", *case[8:]
        if limit <= 0:
            return fields, (), 0
        marked: list[Passage] = []
        plain: Passage | None = None
        more = 0
        for own in stored.sections_of(number):
            found, one, others = section_passages(
                self._scope, own, stored.section(own), self, limit
            )
            marked += found
            plain = plain or one
            more += others
        return fields, *_best((marked, plain, more), limit)


def _best(found: FoundPassages, limit: int) -> tuple[tuple[Passage, ...], int]:
    """Return the passages to show, and how many more sentences have a mark."""
    marked, plain, more = found
    if len(marked) == 1:
        return (marked[0],), more
    if not marked:
        return (plain,) if plain else (), more
    marked.sort(key=_marked_words, reverse=True)
    return tuple(marked[:limit]), more + max(0, len(marked) - limit)


def _marked_words(passage: Passage) -> int:
    return len({passage.text[start:end].casefold() for start, end in passage.highlights})
