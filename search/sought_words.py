"""Sought words: which clauses of a question say what is sought, and which say too little.

In:  the clauses of a group, and the field in which they are looked for.
Out: the places, in their group, of clauses that are looked for, and of words shortly behind a
     negation; the words of a question that are set aside.

Stop words and single letters fall out of bare questions: a bare word of a group is left out where
it is one, unless nothing else in its group says what is sought. Words with a sign, a field, an
operator, or in capitals (WHO, IT), and all words of phrases, stay. A node without a word in it asks
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from search.analysis import UNSTEMMED, analyze, has_word
from search.engine import TEXT_FIELDS
from search.linguistics.forms import exact_form
from search.linguistics.word_lists import is_request_word, is_stop_word, negations
from search.query import (
    Clause,
    Field,
    Fuzzy,
    Group,
    NearWords,
    Node,
    Occur,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Within,
    Word,
)

NEGATED_ROOM = 2  # words behind a negation that it may be said of
ENOUGH_WORDS = 3  # that say what is sought, for a question to go without its wrapping

_TEXT_FIELDS: Final = frozenset({"", *TEXT_FIELDS})


def set_aside(query: Query) -> tuple[Clause, ...]:
    """Return the words of a question that are not looked for: they say too little."""
    clauses = query.root.clauses
    if not any(map(_is_bare, clauses)):
        return ()
    kept = [clauses[place] for place in sought(query.root, "")]
    asking = [clause for clause in kept if _is_bare(clause) or _asks(clause.node)]
    if len(asking) == len(clauses):
        return ()
    return tuple([c for c in clauses if isinstance(c.node, Word) and c not in asking])


def sought(group: Group, field: str) -> Sequence[int]:
    """Return the places of the clauses that say what is sought; some may ask nothing."""
    clauses = group.clauses
    telling = [n for n, clause in enumerate(clauses) if not _is_left_out(clause)]
    if any(_wants_text(clauses[n], field) for n in telling):
        return _without_wrapping(clauses, telling)
    return [n for n, clause in enumerate(clauses) if _asks(clause.node)]


def negated(clauses: Sequence[Clause]) -> Collection[int]:
    """Return the places of bare words shortly behind a negation."""
    forms = list(map(_bare_form, clauses)) if len(clauses) > 1 else []
    if negations().isdisjoint(forms):
        return ()
    negating = [n for n, form in enumerate(forms) if form in negations()]
    behind = {n for first in negating for n in range(first + 1, first + 1 + NEGATED_ROOM)}
    return [n for n in behind.difference(negating) if n < len(forms) and _is_bare(clauses[n])]


def _is_left_out(clause: Clause) -> bool:
    word = clause.node
    if not (isinstance(word, Word) and _is_bare(clause)):
        return False
    tokens = analyze(word.text, UNSTEMMED)
    if len(tokens) != 1:
        return not tokens or is_stop_word(word.text.casefold())
    form = tokens[0].exact
    if len(form) == 1:
        return form.isalpha()
    return is_stop_word(form) and not word.text.isupper() and not _has_marks(word.text, form)


def _has_marks(word: str, form: str) -> bool:
    """Tell whether a word in Latin letters has accents: then it is not the word without them."""
    return form.isascii() and any(letter.isalpha() and letter > "\x7f" for letter in word)


def _asks(node: Node) -> bool:
    """Tell whether a node asks for anything at all."""
    match node:
        case Word() | Phrase() | Prefix():
            return has_word(node.text)
        case Group():
            return any(_asks(clause.node) for clause in node.clauses)
        case Field() | Within():
            return _asks(node.clause)
        case _:
            return True


def _wants_text(clause: Clause, field: str) -> bool:
    return clause.occur is not Occur.NOT and _asks_for_text(clause.node, field)


def _asks_for_text(node: Node, field: str) -> bool:
    """Tell whether a node asks for words that a reader wants to see."""
    match node:
        case Word() | Phrase() | Prefix():
            return field in _TEXT_FIELDS and has_word(node.text)
        case Group():
            return any(_wants_text(clause, field) for clause in node.clauses)
        case Field():
            return _asks_for_text(node.clause, node.field)
        case NearWords():
            return field in _TEXT_FIELDS and _has_neighbours(node)
        case _:
            return field in _TEXT_FIELDS and isinstance(node, Fuzzy | Wildcard)


def _has_neighbours(near: NearWords) -> bool:
    are_words = [has_word(word.text) for word in near.words]
    return any(one and other for one, other in pairwise(are_words))


def _without_wrapping(clauses: Sequence[Clause], telling: Sequence[int]) -> Sequence[int]:
    """Leave out the words that a request is wrapped in, if enough is left to say what is sought."""
    if len(telling) < ENOUGH_WORDS:
        return telling
    forms = {n: _bare_form(clauses[n]) for n in telling}
    left = [n for n, form in forms.items() if not is_request_word(form)]
    return left if len({forms[n] for n in left} - {""}) >= ENOUGH_WORDS else telling


def _is_bare(clause: Clause) -> bool:
    word = clause.node
    return isinstance(word, Word) and not word.exact and clause.occur is Occur.DEFAULT


def _bare_form(clause: Clause) -> str:
    """Return the exact form of a bare word; "" for all else."""
    return (
        exact_form(clause.node.text) if isinstance(clause.node, Word) and _is_bare(clause) else ""
    )
