"""Query parser: what a reader typed → the query tree, with notices; never an error.

In:  the text of the search box.
Out: a `Query`. What can't be read as it stands is read as words, or left out, and a notice says
     so. Whatever is typed, the work is linear in its length and the tree at most `MAX_DEPTH` deep.

NOT binds tighter than AND, and AND (words side by side included) tighter than OR. `+` and `-`
apply to the whole group they stand in. A facet (`part:khatlon`) narrows, whatever the matching,
and so does `in:case(…)`: its clause is a required one. docs/query-language.md tells it to readers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from search.engine import FACETS, TEXT_FIELDS
from search.query import (
    Clause,
    Field,
    Group,
    NearWords,
    Node,
    Occur,
    Query,
    Range,
    Within,
    Word,
)
from search.query_boosts import NO_BOOST
from search.query_lexer import Lexeme, Limits, Scope, Sign, read_lexemes

MAX_DEPTH = 12


def parse_query(
    text: str,
    *,
    facets: Collection[str] = FACETS,
    text_fields: Collection[str] = tuple(TEXT_FIELDS),
) -> Query:
    """Read a question.

    `facets` and `text_fields` are the names that may stand before a colon; a name that is both
    (organisation) is read as the text field, whose words are matched and ranked.
    """
    limits = Limits()
    lexemes = read_lexemes(text, fields=(*facets, *text_fields), limits=limits)
    root = _Reader(facets, text_fields, limits).read(lexemes)
    scope = _scope_of(lexemes)
    if not root.clauses and (
        operators := [x.typed.partition("/")[0] for x in lexemes if x.operator]
    ):
        limits = Limits()
        limits.note("An operator that stands alone was read as a word.")
        words = Lexeme(words=limits.take([Word(operator) for operator in operators]))
        root = _Reader((), (), limits).read([words])
    if not (root.clauses or scope) and text.strip():
        limits.note("There is no word in the question, so everything is listed.")
    return Query(text, root, limits.notices(), scope)


def _scope_of(lexemes: Iterable[Lexeme]) -> Scope:
    """Return what the question wants to find; the last word on it counts."""
    scope: Scope = ""
    for lexeme in lexemes:
        if lexeme.scope and not lexeme.opens:
            scope = lexeme.scope
    return scope


class _OpenGroup(Struct):
    """A group being read: its OR arms, what is signed, and the operators still waiting."""

    sign: Sign | None = None  # of the whole group
    inside: str = ""  # the field of `title:(`
    scope: Scope = ""  # of `in:case(`
    arms: list[list[Clause]] = field(default_factory=lambda: [[]])
    signed: list[Clause] = []
    typed: list[Clause] = []  # all clauses in the order typed
    waiting_and: bool = False
    waiting_not: bool = False
    waiting_near: int = -1  # words that may stand between; below 0 nothing waits

    @property
    def waits(self) -> bool:
        """Tell whether an operator waits for what comes after it."""
        return self.waiting_and or self.waiting_not or self.waiting_near >= 0


class _Reader:
    """Takes lexemes one by one; a stack of open groups stands for recursion."""

    def __init__(
        self, facets: Collection[str], text_fields: Collection[str], limits: Limits
    ) -> None:
        self._facets = facets
        self._text_fields = text_fields
        self._limits = limits
        self._stack = [_OpenGroup()]
        self._ignored_depth = 0

    def read(self, lexemes: Iterable[Lexeme]) -> Group:
        """Read all lexemes of a question."""
        for lexeme in lexemes:
            self._take(lexeme)
        return self._finish()

    def _take(self, lexeme: Lexeme) -> None:
        """Take the next lexeme."""
        if lexeme.operator:
            self._take_operator(lexeme.operator, lexeme.distance)
        elif lexeme.opens:
            self._open(lexeme)
        elif lexeme.closes:
            self._close(lexeme.boost)
        else:
            inside, words = lexeme.inside, lexeme.words
            for node in _in_field(inside, words) if inside else words:
                self._add(node, lexeme.sign, lexeme.boost)

    def _finish(self) -> Group:
        """Close what is open and return the whole."""
        if len(self._stack) > 1 or self._ignored_depth:
            self._limits.note("A parenthesis is not closed; it was read up to the end.")
        while len(self._stack) > 1:
            self._close_innermost()
        root = self._group(self._stack[0])
        node = _unwrapped(root)
        return node if isinstance(node, Group) else root

    def _take_operator(self, operator: str, distance: int) -> None:
        group = self._stack[-1]
        if operator == "NOT":
            group.waiting_not = True
        elif operator == "NEAR":
            self._take_near(group, distance)
        elif not group.arms[-1] or group.waits:
            self._limits.note(f"{operator} has nothing before it and was left out.")
        elif operator == "AND":
            group.waiting_and = True
        else:
            group.arms.append([])

    def _take_near(self, group: _OpenGroup, distance: int) -> None:
        last = group.arms[-1][-1] if group.arms[-1] else None
        is_word = last is not None and isinstance(last.node, Word | NearWords)
        if group.waits or not is_word or (last and last.occur is Occur.NOT):
            self._limits.note("NEAR stands between two words; it was left out.")
        else:
            group.waiting_near = distance

    def _open(self, lexeme: Lexeme) -> None:
        if len(self._stack) > MAX_DEPTH or self._ignored_depth:
            self._ignored_depth += 1
            self._limits.note(f"Parentheses are read {MAX_DEPTH} deep; deeper ones were left out.")
        else:
            self._stack.append(_OpenGroup(lexeme.sign, lexeme.inside, lexeme.scope))

    def _close(self, boost: float) -> None:
        if self._ignored_depth:
            self._ignored_depth -= 1
        elif len(self._stack) > 1:
            self._close_innermost(boost)
        else:
            self._limits.note("A closing parenthesis without an opening one was left out.")

    def _close_innermost(self, boost: float = NO_BOOST) -> None:
        group = self._stack.pop()
        node = _unwrapped(self._group(group))
        if isinstance(node, Group) and not node.clauses:
            return
        if group.inside:
            node = Field(group.inside, node)
        self._add(Within(group.scope, node) if group.scope else node, group.sign, boost)

    def _add(self, node: Node, sign: Sign | None, boost: float) -> None:
        group = self._stack[-1]
        if group.waiting_near >= 0 and self._take_neighbour(node, sign, boost, group):
            return
        occur = self._occur(node, sign, group)
        if boost != NO_BOOST:
            boost = self._boost(node, occur, boost)
        clause = Clause(node, occur, boost)
        if sign:
            group.signed.append(clause)
        else:
            if group.waiting_and:
                _require_last(group)
            group.arms[-1].append(clause)
        group.typed.append(clause)
        group.waiting_and = group.waiting_not = False

    def _boost(self, node: Node, occur: Occur, boost: float) -> float:
        """Return how often a clause counts: once, whatever was typed, if it has no score."""
        if occur is Occur.NOT or self._narrows(node):
            self._limits.note("What narrows or excludes has no score; its weight was left out.")
            return NO_BOOST
        return boost

    def _take_neighbour(
        self, node: Node, sign: Sign | None, boost: float, group: _OpenGroup
    ) -> bool:
        """Put a word beside the one before NEAR; tell whether it is one.

        A boost of any of them is one of all.
        """
        distance, group.waiting_near = group.waiting_near, -1
        last = group.arms[-1][-1]
        before = last.node.words if isinstance(last.node, NearWords) else (last.node,)
        is_wanted = isinstance(node, Word) and not (sign or group.waiting_not)
        if not is_wanted or not all(isinstance(word, Word) for word in before):
            self._limits.note("NEAR stands between two words; it was left out.")
            return False
        words = tuple(word for word in (*before, node) if isinstance(word, Word))
        both = last.boost if boost == NO_BOOST else boost
        _put_last(group, replace(last, node=NearWords(words, distance), boost=both))
        return True

    def _occur(self, node: Node, sign: Sign | None, group: _OpenGroup) -> Occur:
        if sign == "-" or group.waiting_not:
            return Occur.NOT
        if sign == "+" or group.waiting_and or self._narrows(node):
            return Occur.MUST
        return Occur.DEFAULT

    def _narrows(self, node: Node) -> bool:
        """Tell whether a node only asks for facets, or for what stands around."""
        match node:
            case Word():
                return False
            case Group():
                return all(self._narrows(clause.node) for clause in node.clauses)
            case Field():
                return node.field in self._facets and node.field not in self._text_fields
            case _:
                return isinstance(node, Range | Within)

    def _group(self, group: _OpenGroup) -> Group:
        if group.waits or (len(group.arms) > 1 and not group.arms[-1]):
            self._limits.note("An operator has nothing after it and was left out.")
        arms = [arm for arm in group.arms if arm]
        if len(arms) < 2:  # noqa: PLR2004 - one arm is no OR
            return Group(tuple(group.typed))
        either = Group(tuple(map(_arm, arms)))
        if not group.signed:
            return either
        occur = Occur.MUST if self._narrows(either) else Occur.DEFAULT
        return Group((Clause(either, occur), *group.signed))


def _require_last(group: _OpenGroup) -> None:
    """Make the clause before an AND a required one, unless it is an excluded one."""
    last = group.arms[-1][-1]
    if last.occur is Occur.DEFAULT:
        _put_last(group, replace(last, occur=Occur.MUST))


def _put_last(group: _OpenGroup, clause: Clause) -> None:
    """Put a clause in the place of the last one that has no sign."""
    last = group.arms[-1][-1]
    group.typed[_last_index(group.typed, last)] = clause
    group.arms[-1][-1] = clause


def _last_index(clauses: list[Clause], clause: Clause) -> int:
    return max(index for index, other in enumerate(clauses) if other is clause)


def _in_field(name: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Put the words that stood after one `field:` into it."""
    if len(nodes) == 1:
        return (nodes[0] if isinstance(nodes[0], Range) else Field(name, nodes[0]),)
    return (Field(name, Group(tuple(Clause(node) for node in nodes))),)


def _arm(clauses: list[Clause]) -> Clause:
    """Return one arm of an OR; the boost of its only word is its own."""
    if len(clauses) == 1 and clauses[0].occur is Occur.DEFAULT:
        return replace(clauses[0], occur=Occur.ANY)
    return Clause(_unwrapped(Group(tuple(clauses))), Occur.ANY)


def _unwrapped(group: Group) -> Node:
    """Return the only thing in a group where a group of its own would say no more."""
    if len(group.clauses) != 1 or group.clauses[0].boost != NO_BOOST:
        return group
    clause = group.clauses[0]
    is_plain = clause.occur is Occur.DEFAULT
    return clause.node if is_plain or _is_facet_alone(clause) else group


def _is_facet_alone(clause: Clause) -> bool:
    return clause.occur is Occur.MUST and isinstance(clause.node, Field | Range | Within)
