"""Query text: a query tree back into what could be typed, and into words for a person.

In:  a query tree.
Out: `query_text`: a question that is read as the same tree; `describe_query`: how the question
     was read, one phrase a clause.
"""

from __future__ import annotations

from search.engine import FACETS
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
    Range,
    Wildcard,
    Word,
)
from search.query_lexer import OPERATORS

Words = Word | Phrase | Prefix | Fuzzy | Wildcard

_SIGNS = {Occur.MUST: "+", Occur.NOT: "-"}
_SPOKEN = {Occur.MUST: "required: ", Occur.NOT: "without "}


def query_text(query: Query) -> str:
    """Return a text that is read as the same tree."""
    return _group_text(query.root)


def node_text(node: Node) -> str:
    """Return one node as it could be typed."""
    match node:
        case Group():
            return f"({_group_text(node)})"
        case Field():
            return f"{node.field}:{_field_value(node.clause)}"
        case Range():
            return f"{node.field}:{node.low or ''}..{node.high or ''}"
        case NearWords():
            return f" NEAR/{node.distance} ".join(_word_text(word) for word in node.words)
        case _:
            return _words_text(node)


def _words_text(node: Words) -> str:
    match node:
        case Phrase():
            return f'"{node.text}"' + (f"~{node.slop}" if node.slop else "")
        case Prefix():
            return f"{node.text}*"
        case Fuzzy():
            return f"{node.text}~{node.distance}"
        case Word():
            return _word_text(node)
        case _:
            return node.text


def _word_text(word: Word) -> str:
    if word.exact:
        return f"={word.text}"
    # A word spelt like an operator is none with a comma after it.
    return f"{word.text}," if word.text in OPERATORS else word.text


def _field_value(node: Node) -> str:
    if isinstance(node, Field | Range | NearWords):
        return f"({node_text(node)})"
    return node_text(node).rstrip(",")


def _group_text(group: Group) -> str:
    either = [clause for clause in group.clauses if clause.occur is Occur.ANY]
    if either:
        return " OR ".join(node_text(clause.node) for clause in either)
    return " ".join(_clause_text(clause) for clause in group.clauses)


def _clause_text(clause: Clause) -> str:
    sign = _SIGNS.get(clause.occur, "")
    if sign and isinstance(clause.node, NearWords):
        return f"{sign}({node_text(clause.node)})"
    return sign + (node_text(clause.node).rstrip(",") if sign else node_text(clause.node))


def describe_query(query: Query) -> str:
    """Say in words how a question was read."""
    if query.is_empty:
        return "everything"
    return _describe_group(query.root)


def _describe_group(group: Group) -> str:
    separator = " or " if any(clause.occur is Occur.ANY for clause in group.clauses) else ", "
    return separator.join(_describe_clause(clause) for clause in group.clauses)


def _describe_clause(clause: Clause) -> str:
    node = clause.node
    narrows = isinstance(node, Range) or (isinstance(node, Field) and node.field in FACETS)
    if clause.occur is Occur.MUST and narrows:  # that it is required goes without saying
        return _describe(node)
    return _SPOKEN.get(clause.occur, "") + _describe(node)


def _describe(node: Node) -> str:
    match node:
        case Group():
            return f"({_describe_group(node)})"
        case Field():
            return f"{_spoken_name(node.field)}: {_describe(node.clause)}"
        case Range():
            return f"{_spoken_name(node.field)} {_describe_ends(node)}"
        case NearWords():
            words = ", ".join(map(_describe_words, node.words))
            return f"{words} {_apart(node.distance)}, in any order"
        case _:
            return _describe_words(node)


def _describe_words(node: Words) -> str:
    match node:
        case Phrase():
            apart = f" {_apart(node.slop)}" if node.slop else ""
            return f"the exact phrase “{node.text}”{apart}"
        case Prefix():
            return f"words beginning with “{node.text}”"
        case Fuzzy():
            letters = "one letter" if node.distance == 1 else f"{node.distance} letters"
            return f"words at most {letters} from “{node.text}”"
        case Wildcard():
            return f"words spelt “{node.text}”"
        case Word():
            return f"“{node.text}”" + (" in exactly this form" if node.exact else "")


def _apart(words: int) -> str:
    return f"with up to {words} word{'' if words == 1 else 's'} between"


def _describe_ends(node: Range) -> str:
    if node.low and node.high:
        return f"from {node.low} to {node.high}"
    return f"from {node.low}" if node.low else f"up to {node.high}"


def _spoken_name(name: str) -> str:
    return name.replace("_", " ")
