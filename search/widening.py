"""Widening: a query tree → the tree with the other spellings of its words that the library holds.

In:  a query; the words of the library.
Out: the query with `Word.also` filled, and what was added, to be shown. Only bare words are widened
     that a reader wants to find: nothing exact, no phrase, nothing excluded, no small word.
     The same query is returned where nothing was added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from weakref import WeakKeyDictionary

from search.analysis import analyze, word_family
from search.engine import TEXT_FIELDS, Vocabulary
from search.linguistics.folding import index_keys, near_keys, vowel_keys
from search.linguistics.spellings import are_nearly_spellings, are_spellings
from search.linguistics.word_lists import is_stop_word
from search.query import Clause, Field, Group, Node, Occur, Query, Word
from search.remembered import Remembered
from search.results import Spellings

MOST_SPELLINGS = 8  # of one word; the most frequent are taken

_REMEMBERED = 512  # questions, for each state of an index


class Widened(NamedTuple):
    """A query with other spellings, and which they are."""

    query: Query
    spellings: tuple[Spellings, ...] = ()


_KNOWN: WeakKeyDictionary[Vocabulary, Remembered[str, Widened]] = WeakKeyDictionary()


def widen(query: Query, vocabulary: Vocabulary) -> Widened:
    """Add the spellings that the library holds."""
    known = _KNOWN.setdefault(vocabulary, Remembered(_REMEMBERED))
    found = known.get(query.text)
    if found is None:
        found = _widen(query, vocabulary)
        known.put(query.text, found, 1)
    return found


def _widen(query: Query, vocabulary: Vocabulary) -> Widened:
    widening = _Widening(vocabulary)
    root = widening.group(query.root)
    if not widening.added:
        return Widened(query)
    spellings = tuple(Spellings(typed, also) for typed, also in widening.added.items())
    return Widened(replace(query, root=root), spellings)


def other_spellings(form: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the other spellings of an exact form that the library holds, most frequent first."""
    if is_stop_word(form):
        return ()
    found = _found(form, index_keys(form) | vowel_keys(form), vocabulary, are_spellings)
    if not found and not vocabulary.family(word_family(form)):
        found = _found(form, near_keys(form), vocabulary, are_nearly_spellings)
    families = set(word_family(form))
    kept: list[str] = []
    for _, other in sorted(found):
        family = word_family(other)
        if families.isdisjoint(family):  # a word stands for its forms, too
            kept.append(other)
        families |= family
    return tuple(kept[:MOST_SPELLINGS])


def _found(
    form: str,
    keys: frozenset[str],
    vocabulary: Vocabulary,
    fits: Callable[[str, str], bool],
) -> list[tuple[int, str]]:
    return [
        (-vocabulary.documents(other), other)
        for other in vocabulary.folded(keys)
        if fits(form, other)
    ]


def frequency(form: str, vocabulary: Vocabulary) -> int:
    """Return about how many documents have a word in any of its forms and spellings."""
    return sum(
        vocabulary.family(word_family(each)) for each in (form, *other_spellings(form, vocabulary))
    )


def cased_as(typed: str, form: str) -> str:
    """Return a form in capitals, or with one, where the word typed is."""
    if typed.isupper() and len(typed) > 1:
        return form.upper()
    return form.capitalize() if typed[:1].isupper() else form


@dataclass(slots=True)
class _Widening:
    """Walks a query; remembers what was added to it."""

    vocabulary: Vocabulary
    added: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def group(self, group: Group) -> Group:
        return Group(tuple(map(self._clause, group.clauses)))

    def _clause(self, clause: Clause) -> Clause:
        if clause.occur is Occur.NOT:
            return clause
        return Clause(self._node(clause.node), clause.occur)

    def _node(self, node: Node) -> Node:
        match node:
            case Group():
                return self.group(node)
            case Field() if node.field in TEXT_FIELDS:
                return Field(node.field, self._node(node.clause))
            case Word(exact=False):
                return self._word(node)
            case _:
                return node

    def _word(self, word: Word) -> Word:
        tokens = analyze(word.text)
        if len(tokens) != 1:
            return word
        also = other_spellings(tokens[0].exact, self.vocabulary)
        if not also:
            return word
        self.added[word.text] = tuple(cased_as(word.text, other) for other in also)
        return replace(word, also=also)
