"""Ways out: looser questions near one that found nothing or little, with what each would find.

In:  a library and a question.
Out: `WayOut`s that find more, the smallest changes first.
Errors: none.

A way out changes one thing: it lets a filter go, a word, a field, quotation marks, an exclusion, or
looks for the words in whole cases instead of sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct, structs

from search.engine import FACETS, Matching, Scope, Spelling
from search.query import Clause, Field, Group, Node, Occur, Phrase, Query, Range, Word
from search.query_parser import parse_query
from search.query_scope import split_scope
from search.query_text import describe_query, query_text
from search.searcher import Library

MOST_TRIED = 24
MOST_SHOWN = 8
NEAR = 5  # words between those of a loosened phrase

_SHOWN = 40  # letters of a value or word


class Looser(Struct, frozen=True):
    """A question to search with: its parts are named as those of `Library.search`."""

    query: str
    filters: dict[str, tuple[str, ...]] = {}
    scope: Scope = "sections"
    match: Matching = "auto"
    spelling: Spelling = "any"


class WayOut(Struct, frozen=True):
    """A looser question; `said` names the change, `total` is what it finds."""

    said: str
    question: Looser
    total: int


def find_ways_out(library: Library, asked: Looser) -> tuple[WayOut, ...]:
    """Try ways to loosen a question; return those that find more than all of its words do."""
    text, scope = split_scope(asked.query)
    asked = structs.replace(asked, query=text, scope=scope or asked.scope)
    found: list[WayOut] = []
    strict = structs.replace(asked, match="all") if asked.match == "auto" else asked
    least = count_hits(library, strict)
    for looser, said in islice(_different(asked), MOST_TRIED):
        if (total := count_hits(library, looser)) > least:
            found.append(WayOut(said, looser, total))
        if len(found) == MOST_SHOWN:
            break
    return tuple(found)


def count_hits(library: Library, question: Looser) -> int:
    """Return how much a question finds; nothing but the count is worked out."""
    return library.search(
        question.query,
        filters=question.filters,
        scope=question.scope,
        match=question.match,
        spelling=question.spelling,
        limit=0,
        facets=(),
        passages=0,
    ).total


def _different(asked: Looser) -> Iterator[tuple[Looser, str]]:
    """Yield every change once."""
    known = {_key(asked)}
    for said, looser in _changes(asked):
        if _key(looser) not in known:
            known.add(_key(looser))
            yield looser, said


def _key(question: Looser) -> tuple[object, ...]:
    return question.query, tuple(question.filters.items()), question.scope, question.match


def _changes(asked: Looser) -> Iterator[tuple[str, Looser]]:
    yield from _without_filters(asked)
    query = parse_query(asked.query)
    for said, root in _looser_roots(query.root):
        if root.clauses:
            # What is counted is what the words say: not what the question would be widened to.
            match = "all" if len(root.clauses) > 1 and asked.match == "auto" else asked.match
            text = query_text(structs.replace(query, root=root))
            yield said, structs.replace(asked, query=text, match=match)
    yield from _other_places(asked, query)


def _without_filters(asked: Looser) -> Iterator[tuple[str, Looser]]:
    for name, values in asked.filters.items():
        rest = {other: chosen for other, chosen in asked.filters.items() if other != name}
        said = f"without {name.replace('_', ' ')}: {', '.join(map(_cut, values))}"
        yield said, structs.replace(asked, filters=rest)
    if len(asked.filters) > 1:
        yield "without any filter", structs.replace(asked, filters={})


def _other_places(asked: Looser, query: Query) -> Iterator[tuple[str, Looser]]:
    if query.is_empty:
        return
    if asked.scope == "sections":
        yield "anywhere in a whole case", structs.replace(asked, scope="cases")
    words = _plain_words(query.root)
    if len(words.clauses) > 1:
        text = query_text(structs.replace(query, root=words))
        anything = structs.replace(asked, query=text, match="any")
        if asked.match != "auto" or words != query.root:  # else it is what a search widens to
            yield "with any of the words", anything
        if asked.filters:
            yield "with any of the words, without filters", structs.replace(anything, filters={})
    if asked.filters:
        yield "everything under these filters", structs.replace(asked, query="")


def _looser_roots(root: Group) -> Iterator[tuple[str, Group]]:
    """Yield the tree with one thing loosened, the smallest changes first."""
    for place, clause in enumerate(root.clauses):
        for said, node in _looser_nodes(clause.node):
            yield said, _replaced(root, place, structs.replace(clause, node=node))
    for place, clause in enumerate(root.clauses):
        if clause.occur is Occur.NOT:
            yield f"also with {_named(clause.node)}", _without(root, place)
    if sum(clause.occur is not Occur.NOT for clause in root.clauses) > 1:
        for place, clause in enumerate(root.clauses):
            if clause.occur in (Occur.DEFAULT, Occur.MUST):
                yield f"without {_named(clause.node)}", _without(root, place)


def _looser_nodes(node: Node) -> Iterator[tuple[str, Node]]:
    match node:
        case Word(exact=True):
            yield f"any form of “{_cut(node.text)}”", Word(node.text)
        case Phrase(slop=slop) if len(node.text.split()) > 1:
            if slop < NEAR:
                yield f"“{_cut(node.text)}” as words close together", Phrase(node.text, NEAR)
            words = Group(tuple(Clause(Word(word)) for word in node.text.split()))
            yield f"“{_cut(node.text)}” without quotation marks", words
        case Phrase():
            yield f"any form of “{_cut(node.text)}”", Word(node.text)
        case Field(clause=inner) if node.field not in FACETS or node.field == "organisation":
            yield f"{_named(inner)} anywhere, not only in the {node.field}", inner


def _plain_words(root: Group) -> Group:
    """Return the words of a question without quotation marks, signs and exclusions."""
    texts = dict.fromkeys(
        word
        for clause in root.clauses
        if clause.occur is not Occur.NOT and isinstance(clause.node, Word | Phrase)
        for word in clause.node.text.split()
    )
    return Group(tuple(Clause(Word(text)) for text in texts))


def _replaced(root: Group, place: int, clause: Clause) -> Group:
    """Put a clause in another's place; a plain group within a plain group is the group's own."""
    put: Sequence[Clause] = (clause,)
    if isinstance(clause.node, Group) and clause.occur is Occur.DEFAULT:
        put = clause.node.clauses
    return Group((*root.clauses[:place], *put, *root.clauses[place + 1 :]))


def _without(root: Group, place: int) -> Group:
    return Group((*root.clauses[:place], *root.clauses[place + 1 :]))


def _named(node: Node) -> str:
    if isinstance(node, Range):
        return describe_query(Query("", Group((Clause(node, Occur.MUST),))))
    said = describe_query(Query("", Group((Clause(node),))))
    return said if said.startswith("“") and len(said) <= _SHOWN else _cut(said)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
