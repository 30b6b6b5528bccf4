"""Widening: a query tree → the tree with the other spellings of its words that the library holds.

In:  a query; the words of the library.
Out: the query with `Word.also` filled, and what was added, to be shown. Only bare words are widened
     that a reader wants to find: nothing exact, no phrase, nothing excluded, no small word.
     The same query is returned where nothing was added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import Literal, NamedTuple

from msgspec.structs import replace

from search.abbreviations import Abbreviations, words_key
from search.analysis import UNSTEMMED, analyze
from search.engine import TEXT_FIELDS, Vocabulary
from search.known_spellings import other_spellings
from search.linguistics.forms import exact_form
from search.linguistics.spellings import is_everyday
from search.linguistics.word_lists import is_stop_word
from search.query import Clause, Field, Group, Node, Occur, Phrase, Query, Within, Word
from search.query_text import node_text
from search.remembered import Remembered
from search.results import Spellings

MOST_PHRASES = 6
MOST_WORDS = 50  # of a question that are looked up
MANY_WORDS = 4  # of a question, in which two may well be neighbours by chance
LEAST_OF_TWO = 3  # letters of each of two words that may be written as one

_NOTES = "widening"
_REMEMBERED = 512  # questions, for each state of an index


class _Known:
    """What is remembered of the words of one state of an index."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.questions: Remembered[str, Widened] = Remembered(_REMEMBERED)
        self.abbreviations = Abbreviations(vocabulary.short_forms())


class Widened(NamedTuple):
    """A query with other spellings, and which they are; nothing is done to phrases."""

    query: Query
    spellings: tuple[Spellings, ...] = ()


def widen(query: Query, vocabulary: Vocabulary) -> Widened:
    """Add the spellings that the library holds."""
    known: _Known | None = vocabulary.notes.get(_NOTES)
    if known is None:
        known = vocabulary.notes[_NOTES] = _Known(vocabulary)
    found = known.questions.get(query.text)
    if found is None:
        found = _widen(query, vocabulary, known.abbreviations)
        known.questions.put(query.text, found, 1)
    return found


def _widen(query: Query, vocabulary: Vocabulary, abbreviations: Abbreviations) -> Widened:
    widening = _Widening(vocabulary, abbreviations)
    root = widening.group(query.root)
    if not widening.added:
        return Widened(query)
    return Widened(replace(query, root=root), tuple(widening.added))


def has_phrase(query: Query) -> bool:
    """Tell whether a phrase is wanted, which `other_phrases` may spell otherwise."""
    return next(_wanted_phrases(query), None) is not None


def other_phrases(query: Query, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the question with one word of a phrase spelt otherwise, as often as is worth a look."""
    return islice(_other_phrases(query, vocabulary), MOST_PHRASES)


def _other_phrases(query: Query, vocabulary: Vocabulary) -> Iterator[str]:
    for phrase in _wanted_phrases(query):
        for word in phrase.text.split():
            forms = [token.exact for token in analyze(word, UNSTEMMED)]
            others = other_spellings(forms[0], vocabulary) if len(forms) == 1 else ()
            spelt = (phrase.text.replace(word, cased_as(word, other)) for other in others)
            texts = (query.text.replace(phrase.text, text) for text in spelt)
            yield from (text for text in texts if text != query.text)


def _wanted_phrases(query: Query) -> Iterator[Phrase]:
    for clause in query.root.clauses:
        if isinstance(clause.node, Phrase) and clause.occur is not Occur.NOT:
            yield clause.node


def cased_as(typed: str, form: str) -> str:
    """Return a form in capitals, or with one, where the word typed is."""
    if typed.isupper() and len(typed) > 1:
        return form.upper()
    return form.capitalize() if typed[:1].isupper() else form


@dataclass(slots=True)
class _Widening:
    """Walks a query; remembers what was added to it."""

    vocabulary: Vocabulary
    abbreviations: Abbreviations
    added: dict[Spellings, None] = field(default_factory=dict)
    looked_up: int = 0

    def group(self, group: Group) -> Group:
        short, as_one = self._short_forms(group.clauses), self._written_as_one(group.clauses)
        also = [(*short.get(n, ()), *as_one.get(n, ())) for n in range(len(group.clauses))]
        return Group(tuple(map(self._clause, group.clauses, also)))

    def _clause(self, clause: Clause, short: tuple[str, ...]) -> Clause:
        if clause.occur is Occur.NOT:
            return clause
        return replace(clause, node=self._node(clause.node, short))

    def _node(self, node: Node, short: tuple[str, ...] = ()) -> Node:
        match node:
            case Group():
                return self.group(node)
            case Field() if node.field in TEXT_FIELDS:
                return Field(node.field, self._node(node.clause))
            case Within():
                return replace(node, clause=self._node(node.clause))
            case Word(exact=False):
                forms = [token.exact for token in analyze(node.text, UNSTEMMED)]
                form = forms[0] if len(forms) == 1 else ""
                spelt, long = self._spellings(node, form), self._long_forms(node, form)
                return replace(node, also=(*spelt, *long, *short))
            case _:
                return node

    def _spellings(self, word: Word, form: str) -> tuple[str, ...]:
        if not form or self.looked_up >= MOST_WORDS:
            return ()
        self.looked_up += 1
        found = other_spellings(form, self.vocabulary)
        return self._noted(word.text, [cased_as(word.text, other) for other in found], "spelling")

    def _long_forms(self, word: Word, form: str) -> tuple[str, ...]:
        """Return what an abbreviation stands for, and its plural or singular."""
        is_meant = word.text.removesuffix("s").isupper() or not _is_a_word(form)
        found = self.abbreviations.long_forms(form) if is_meant else ()
        if not found:
            return ()
        number = form.removesuffix("s") if form.endswith("s") else f"{form}s"
        if self.vocabulary.documents(number):
            found = (*found, number.upper().removesuffix("S") + "s" * number.endswith("s"))
        return self._noted(word.text, found, "abbreviation")

    def _short_forms(self, clauses: Sequence[Clause]) -> dict[int, tuple[str, ...]]:
        """Return the abbreviations of words in a row, for each of these words by its place."""
        if not self.abbreviations.most_words:
            return {}
        keys = [_key_of(clause) for clause in clauses]
        found: dict[int, tuple[str, ...]] = {}
        for start, end in _runs(keys, self.abbreviations.most_words):
            key = tuple(chain.from_iterable(keys[n] or () for n in range(start, end)))
            if short := self.abbreviations.short_forms(key):
                texts = [node_text(clauses[n].node) for n in range(start, end)]
                self._noted(" ".join(texts), short, "abbreviation")
                found |= {n: (*found.get(n, ()), *short) for n in range(start, end) if keys[n]}
        return found

    def _written_as_one(self, clauses: Sequence[Clause]) -> dict[int, tuple[str, ...]]:
        """Return what neighbours are written as one, for each of them: micro credit.

        In longer questions too many would be that are meant as two words.
        """
        found: dict[int, tuple[str, ...]] = {}
        is_short = 1 < len(clauses) < MANY_WORDS
        forms = [_form_of_two(clause) for clause in clauses] if is_short else []
        for place, (one, other) in enumerate(pairwise(forms)):
            whole = one + other
            if one and other and self.vocabulary.documents(whole):
                texts = [node_text(clause.node) for clause in clauses[place : place + 2]]
                also = self._noted(" ".join(texts), (cased_as(texts[0], whole),), "spelling")
                found |= {n: (*found.get(n, ()), *also) for n in (place, place + 1)}
        return found

    def _noted(
        self, typed: str, also: Sequence[str], kind: Literal["spelling", "abbreviation"]
    ) -> tuple[str, ...]:
        if also:
            self.added.setdefault(Spellings(typed, tuple(also), kind))
        return tuple(also)


def _is_a_word(form: str) -> bool:
    return is_stop_word(form) or is_everyday(form)


def _form_of_two(clause: Clause) -> str:
    """Return the form of a plain word that may be written as one with its neighbour, or ""."""
    if _key_of(clause) and isinstance(clause.node, Word):
        form = exact_form(clause.node.text)
        if form.isalpha() and len(form) >= LEAST_OF_TWO:
            return form
    return ""


def _key_of(clause: Clause) -> tuple[str, ...] | None:
    """Return the key of a plain word that is wanted, () for a small one, None for all else."""
    word = clause.node
    if clause.occur is not Occur.DEFAULT or not isinstance(word, Word) or word.exact:
        return None
    return words_key(word.text)


def _runs(keys: Sequence[tuple[str, ...] | None], most_words: int) -> Iterator[tuple[int, int]]:
    """Yield where words in a row begin and end, that might be a long form."""
    for start, first in enumerate(keys):
        words = 0
        for end in range(start, len(keys)):
            key = keys[end]
            if not first or key is None:
                break
            words += len(key)
            if words > most_words:
                break
            if key:
                yield start, end + 1
