"""Completing: words and names of one committed state that begin as a reader types.

In:  a view of the sections; what has been typed.
Out: words by the number of sections that have them and all that is typed before, and behind them
     names that begin so in another spelling (`хукум`, Khukumat); titles of
     cases, from where they stand in the snapshot; organisations, parts and publications, from
     their facets, those with most sections first.

What is worked out for names is kept as long as the state lasts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from operator import itemgetter

import numpy as np

from search.likeness_index import Name, NameKind, Typed
from search.linguistics.folding import LEAST_LETTERS, fold
from search.linguistics.word_lists import is_stop_word
from search.permalinks import permalink
from search.snapshot.fields import FIELD_COUNT, FIELD_NUMBERS
from search.snapshot.gathering import Ints, Mask
from search.snapshot.names import NameList, NameWords, Run
from search.snapshot.segment import SegmentScope, Words
from search.snapshot.showing import titles_of
from search.snapshot.view import CollectionView, LivingScope

_MOST_SPELT = 3  # other spellings by which names are looked for
_CANDIDATES = 24  # the most frequent words of a segment that are counted with what stands before


class Completer:
    """Completes words and names of one state."""

    def __init__(self, view: CollectionView) -> None:
        self._view = view

    def words(self, typed: Typed, *, limit: int) -> list[str]:
        """Return words that begin so, by falling number of sections that have all of it."""
        context = [self._spelt(word) for word in typed.before if not is_stop_word(word)]
        masks = [_having_all(part, context) for _, part in self._view.parts]
        found = self._counted(self._candidates(typed.beginning), masks)
        if len(found) < limit:
            found += self._counted(self._otherwise_spelt(typed.beginning), masks)
        return found[:limit]

    def _counted(self, forms: Collection[str], masks: Sequence[Mask | None]) -> list[str]:
        """Return the words that any section has, the most frequent first."""
        counts = {
            form: sum(
                _count(part, form, mask)
                for (_, part), mask in zip(self._view.parts, masks, strict=True)
            )
            for form in forms
        }
        found = sorted((-count, form) for form, count in counts.items() if count)
        return [form for _, form in found]

    def _spelt(self, form: str) -> Sequence[str]:
        """Return a word, or the other spellings of one that the library lacks."""
        if any(_documents(part.scope, form).size for _, part in self._view.parts):
            return (form,)
        others = self._otherwise_spelt(form)
        return [other for other in others if fold(other) == fold(form)] or (form,)

    def _otherwise_spelt(self, beginning: str) -> set[str]:
        """Return names that fold to what begins so, and do not begin so as they are spelt."""
        key = fold(beginning) if len(beginning) >= LEAST_LETTERS else ""
        forms = {
            form
            for _, part in self._view.parts
            for form in (_names_beginning(part.scope.views["exact"], key) if key else ())
        }
        return {form for form in forms if not form.startswith(beginning)}

    def _candidates(self, beginning: str) -> set[str]:
        return {
            form
            for _, part in self._view.parts
            for form in _most_frequent(part.scope.views["exact"], beginning)
            if not is_stop_word(form)
        }

    def names(self, typed: Typed, *, limit: int) -> list[Name]:
        """Return names that have all these words, so many of each kind, best first."""
        found = self._named(typed, limit)
        if len(found) < limit and typed.beginning:
            everything = [part.lives for _, part in self._view.parts]
            others = self._counted(self._otherwise_spelt(typed.beginning), everything)
            for form in others[:_MOST_SPELT]:
                found += self._named(Typed(typed.before, form), limit)
        return list(dict.fromkeys(found))

    def _named(self, typed: Typed, limit: int) -> list[Name]:
        found: list[Name] = []
        for names, words in self._lists:
            numbers = words.having(typed.before, typed.beginning, limit)
            found += [names[number] for number in numbers]
        return found + self._cases(typed, limit)

    @cached_property
    def _lists(self) -> list[tuple[list[Name], NameList]]:
        kinds: tuple[NameKind, ...] = ("organisation", "part", "publication")
        lists = [sorted(self._values(kind), key=lambda n: (-n.count, n.text)) for kind in kinds]
        return [(names, NameList([name.text for name in names])) for names in lists]

    def _values(self, kind: NameKind) -> Iterator[Name]:
        column = self._view.column(kind)
        counts = column.tally(self._view.everything).tolist()
        titles = titles_of(self._view) if kind == "publication" else {}
        for value, count in zip(column.labels, counts, strict=True):
            if kind != "publication":
                yield Name(kind, value, "", count)
            elif value in titles:
                yield Name(kind, titles[value], permalink(value), count)

    @cached_property
    def _titles(self) -> list[NameWords]:
        return [_title_words(part) for _, part in self._view.parts]

    def _cases(self, typed: Typed, limit: int) -> list[Name]:
        """Return cases by their titles; whoever is equal comes in book order."""
        found: list[tuple[bool, int, Name]] = []
        for (first, part), titles in zip(self._view.parts, self._titles, strict=True):
            words = part.scope.views["exact"]
            runs = [_run(words, form) for form in typed.before]
            if typed.beginning:
                runs.append(words.beginning(typed.beginning.encode()))
            for is_inner, case in titles.having(runs, limit):
                section = part.scope.stored.sections_of(case)[0]
                found.append((is_inner, self._place(first + section), _case(part.scope, case)))
        return [name for *_, name in sorted(found, key=itemgetter(0, 1))[:limit]]

    def _place(self, section: int) -> int:
        return section if self._view.order is None else int(self._view.order[section])


def _run(words: Words, form: str) -> Run:
    number = words.find(form.encode())
    return (number, number + 1) if number >= 0 else (0, 0)


def _most_frequent(words: Words, beginning: str) -> list[str]:
    first, end = words.beginning(beginning.encode())
    counts = words.document_counts(first, end)
    numbers = np.arange(first, end)
    if numbers.size > _CANDIDATES:
        numbers = numbers[np.argpartition(-counts, _CANDIDATES)[:_CANDIDATES]]
    return [words.text(number).decode() for number in numbers.tolist()]


def _names_beginning(words: Words, key: str) -> list[str]:
    if words.folded is None:
        return []
    numbers = words.folded.beginning(key, words.text)
    numbers.sort(key=lambda number: -words.place_count(number))
    return words.forms(numbers[:_CANDIDATES])


def _having_all(part: LivingScope, words: Sequence[Sequence[str]]) -> Mask | None:
    """Return which living sections have all of some words, each in any of its spellings."""
    mask = part.lives
    for forms in words:
        having = np.zeros(part.scope.count, np.bool_)
        for form in forms:
            having[_documents(part.scope, form)] = True
        mask = having if mask is None else mask & having
    return mask


def _count(part: LivingScope, form: str, mask: Mask | None) -> int:
    documents = _documents(part.scope, form)
    return documents.size if mask is None else int(np.count_nonzero(mask[documents]))


def _documents(scope: SegmentScope, form: str) -> Ints:
    words = scope.views["exact"]
    number = words.find(form.encode())
    return words.documents(number) if number >= 0 else np.empty(0, np.int32)


def _title_words(part: LivingScope) -> NameWords:
    """Return the words of living cases' titles, as they stand with the first section of each."""
    scope = part.scope
    forward = scope.views["exact"].forward
    firsts = scope.case_firsts[:-1].astype(np.int64) * FIELD_COUNT + FIELD_NUMBERS["title"]
    starts = scope.fields[firsts]
    lengths = scope.fields[firsts + 1] - 1 - starts  # without the empty address behind
    if part.lives is not None:
        lengths = lengths * part.lives[scope.case_firsts[:-1]]
    cases = np.repeat(np.arange(firsts.size, dtype=np.int32), lengths)
    places = np.arange(cases.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    words = np.empty(0, np.int32) if forward is None else forward[starts[cases] + places]
    return NameWords(words, cases, (places == 0).astype(np.int32))


def _case(scope: SegmentScope, case: int) -> Name:
    url, _, _, _, _, title, *_ = scope.stored.case_fields(case)
    return Name("case", title, url, len(scope.stored.sections_of(case)))
