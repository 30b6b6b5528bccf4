"""Loosening: a question all of whose words too few documents have → one that any of them answers.

In:  a query.
Out: the query whose bare words alone are wanted, to be matched with `any`.

What a reader set apart stays required: phrases, beginnings, patterns, fields, groups with an
operator. But in a sentence (one that ends with a question mark, or `_SENTENCE` bare words or more)
quotation marks quote: a phrase there is wanted like its words, and a word with a hyphen like its
parts. Where one word with a hyphen is all that is asked for, its longer parts will do as well, and
count for less. A plain group in parentheses is its words anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from search.analysis import query_word
from search.query import Clause, Group, Node, Occur, Phrase, Query, Word

_SENTENCE = 4
_OF_A_PART = 0.25  # of what the whole counts
_TELLING = 4  # letters of a part that says something by itself
_QUESTION_MARKS = ("?", "؟", "？", "՞", ";")  # noqa: RUF001 - as scripts have it


def loosened(query: Query) -> Query:
    """Return the query with nothing required but what a reader set apart."""
    clauses = tuple(_flat(query.root))
    is_sentence = _is_sentence(query.text, clauses)
    if is_one_word(query):
        return replace(query, root=Group((*query.root.clauses, *_telling_parts(query.root))))
    loose = (each for clause in clauses for each in _loose(clause, is_sentence=is_sentence))
    return replace(query, root=Group(tuple(loose)))


def is_one_word(query: Query) -> bool:
    """Tell whether a word is all that is asked for."""
    return len(query.root.clauses) == 1 and _is_bare(query.root.clauses[0])


def _is_sentence(text: str, clauses: Sequence[Clause]) -> bool:
    bare = sum(_is_bare(clause) for clause in clauses)
    return bare >= _SENTENCE or (bare > 0 and text.rstrip().endswith(_QUESTION_MARKS))


def _flat(group: Group) -> Iterator[Clause]:
    """Yield the clauses of a group, and those of plain groups within it in their place."""
    for clause in group.clauses:
        node = clause.node
        if clause.occur is Occur.DEFAULT and isinstance(node, Group) and _is_plain(node):
            yield from _flat(node)
        else:
            yield clause


def _is_plain(node: Node) -> bool:
    """Tell whether a group holds nothing but words and phrases, without a sign or operator."""
    if isinstance(node, Group):
        return all(c.occur is Occur.DEFAULT and _is_plain(c.node) for c in node.clauses)
    return isinstance(node, Word | Phrase)


def _is_bare(clause: Clause) -> bool:
    return clause.occur is Occur.DEFAULT and isinstance(clause.node, Word)


def _loose(clause: Clause, *, is_sentence: bool) -> Iterator[Clause]:
    node = clause.node
    if clause.occur is not Occur.DEFAULT:
        yield clause
    elif isinstance(node, Word):
        yield clause
        if is_sentence:
            yield from (Clause(Word(part)) for part in _parts(node))
    elif isinstance(node, Phrase) and is_sentence:
        yield clause
        yield from (Clause(Word(match[0])) for match in query_word().finditer(node.text))
    else:
        yield replace(clause, occur=Occur.MUST)


def _parts(word: Word) -> list[str]:
    """Return the parts of a word with hyphens."""
    parts = [part for part in word.text.split("-") if part]
    return [] if word.exact or len(parts) == 1 else parts


def _telling_parts(asked: Group) -> Iterator[Clause]:
    """Yield the parts of the only word that say something; they come behind the whole."""
    words = [clause.node for clause in asked.clauses if isinstance(clause.node, Word)]
    parts = [part for word in words for part in _parts(word)]
    telling = (part for part in parts if part.isalpha() and len(part) >= _TELLING)
    yield from (Clause(Word(part), boost=_OF_A_PART) for part in telling)
