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
    Within,
    Word,
)
from search.query_boosts import NO_BOOST, boost_text
from search.query_lexer import OPERATORS

Words = Phrase | Prefix | Fuzzy | Wildcard | NearWords

_SIGNS = {Occur.MUST: "+", Occur.NOT: "-"}
_SPOKEN = {Occur.MUST: "required: ", Occur.NOT: "without "}


def query_text(query: Query) -> str:
    """Return a text that is read as the same tree."""
    text = _group_text(query.root)
    return " ".join(filter(None, (query.scope and f"in:{query.scope}", text)))


def node_text(node: Node) -> str:
    """Return one node as it could be typed."""
    match node:
        case Word():
            return _word_text(node)
        case Group():
            return f"({_group_text(node)})"
        case Field():
            return f"{node.field}:{_field_value(node.clause)}"
        case Range() | Within():
            return _narrowing_text(node)
        case _:
            return _words_text(node)


def _narrowing_text(node: Range | Within) -> str:
    if isinstance(node, Range):
        return f"{node.field}:{node.low or ''}..{node.high or ''}"
    return f"in:{_one(node)}({_inside_text(node.clause)})"


def _words_text(node: Words) -> str:
    match node:
        case Phrase():
            return f'"{node.text}"' + (f"~{node.slop}" if node.slop else "")
        case Prefix():
            return f"{node.text}*"
        case Fuzzy():
            return f"{node.text}~{node.distance}"
        case NearWords():
            return f" NEAR/{node.distance} ".join(map(_word_text, node.words))
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


def _one(node: Within) -> str:
    return node.scope.removesuffix("s")


def _inside_text(node: Node) -> str:
    """Return what stands in a parenthesis; a group in it needs no other."""
    return _group_text(node) if isinstance(node, Group) else node_text(node)


def _group_text(group: Group) -> str:
    either = Occur.ANY in [clause.occur for clause in group.clauses]
    return (" OR " if either else " ").join(map(_clause_text, group.clauses))


def _clause_text(clause: Clause) -> str:
    text = node_text(clause.node)
    sign, boost = _SIGNS.get(clause.occur, ""), boost_text(clause.boost)
    if not (sign or boost):
        return text
    if isinstance(clause.node, NearWords):
        return f"{sign}({text}){boost}"
    return sign + (text.rstrip(",") if sign else text) + boost


def describe_query(query: Query) -> str:
    """Say in words how a question was read."""
    if query.is_empty:
        return f"all {query.scope}" if query.scope else "everything"
    said = _describe_group(query.root)
    return f"{query.scope} with {said}" if query.scope else said


def _describe_group(group: Group) -> str:
    separator = " or " if Occur.ANY in [clause.occur for clause in group.clauses] else ", "
    return separator.join(map(_describe_clause, group.clauses))


def _describe_clause(clause: Clause) -> str:
    said = _describe(clause.node)
    if clause.occur is Occur.MUST and _narrows(clause.node):
        return said  # that it is required goes without saying
    said = _SPOKEN.get(clause.occur, "") + said
    return said if clause.boost == NO_BOOST else f"{said} × {clause.boost:g}"


def _narrows(node: Node) -> bool:
    return isinstance(node, Range | Within) or (isinstance(node, Field) and node.field in FACETS)


def _describe(node: Node) -> str:
    match node:
        case Word():
            return _describe_word(node)
        case Group():
            return f"({_describe_group(node)})"
        case Field():
            return f"{_spoken_name(node.field)}: {_describe(node.clause)}"
        case Range() | Within():
            return _describe_narrowing(node)
        case _:
            return _describe_words(node)


def _describe_narrowing(node: Range | Within) -> str:
    if isinstance(node, Range):
        return f"{_spoken_name(node.field)} {_describe_ends(node)}"
    inside = node.clause
    said = _describe_group(inside) if isinstance(inside, Group) else _describe(inside)
    return f"in one {_one(node)}: ({said})"


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
        case NearWords():
            words = ", ".join(map(_describe_word, node.words))
            return f"{words} {_apart(node.distance)}, in any order"


def _describe_word(word: Word) -> str:
    return f"“{word.text}”" + (" in exactly this form" if word.exact else "")


def _apart(words: int) -> str:
    return f"with up to {words} word{'' if words == 1 else 's'} between"


def _describe_ends(node: Range) -> str:
    if node.low and node.high:
        return f"from {node.low} to {node.high}"
    return f"from {node.low}" if node.low else f"up to {node.high}"


def _spoken_name(name: str) -> str:
    return name.replace("_", " ")
