"""Query plan: a query tree → what to look up in an index or in a text.

In:  a `Query`.
Out: a `Plan`: branches whose leaves say which indexed forms are wanted at successive positions.
     Engines and the highlighter follow the same plan, so they match the same.

Here stop words and single letters fall out of bare questions: a bare word of a group is left out
where it is one, unless nothing else in its group says what is sought. Words with a sign, a field,
an operator, or in capitals (WHO, IT), and all words of phrases, stay. A node without a word in it
asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from search.analysis import (
    UNSTEMMED,
    Token,
    View,
    analyze,
    character_pairs,
    spelt_with_marks,
    word_family,
)
from search.engine import TEXT_FIELDS, Scope
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
    Range,
    Wildcard,
    Within,
    Word,
)
from search.query_boosts import NO_BOOST
from search.query_text import node_text
from search.word_patterns import Near, WordPattern, gaps_of


class TextLeaf(Struct, frozen=True):
    """Words wanted at successive positions of one text field.

    `steps` holds, for each position, the forms that will do. `whole` are forms that will do for
    all of them: a hyphenated word written as one. With `is_prefix` the last step and `whole` are
    beginnings of words. `typed` are the exact forms, for ranking what is spelt as asked. `also`
    are other spellings, which will do for the whole and count for less.
    """

    text: str  # as typed, to name it when it is missing
    view: View
    steps: tuple[frozenset[str], ...]
    whole: frozenset[str] = frozenset()
    slop: int = 0
    is_prefix: bool = False
    field: str = ""  # "" means any text field
    typed: tuple[str, ...] = ()
    pattern: WordPattern | None = None  # stands for the words that fit it, in place of steps
    also: tuple[TextLeaf, ...] = ()
    is_word: bool = False  # one word in any field, nothing else
    is_plain: bool = False  # as exact forms, its words stand side by side, and nothing else will do
    boost: float = NO_BOOST  # how often it counts
    marked: str = ""  # the form with its marks, for ranking in texts that keep them
    is_negated: bool = False  # a bare word shortly behind a negation


class FacetLeaf(Struct, frozen=True):
    """A facet one of whose values has these words in a row, or lies in a range."""

    text: str
    field: str
    steps: tuple[str, ...] = ()
    slop: int = 0
    is_prefix: bool = False
    low: str | None = None
    high: str | None = None
    pattern: WordPattern | None = None


class Branch(Struct, frozen=True):
    """Nodes that stand together, by how they take part (see `search.query.Occur`)."""

    text: str  # as typed
    must: tuple[PlanNode, ...] = ()
    wanted: tuple[PlanNode, ...] = ()  # all of them, or any of them
    either: tuple[PlanNode, ...] = ()  # the arms of an OR
    excluded: tuple[PlanNode, ...] = ()
    boost: float = NO_BOOST  # how often it counts


class Around(Struct, frozen=True):
    """What all stands in one document of a scope: the one around a document, or one within it."""

    text: str  # as typed
    scope: Scope
    inner: PlanNode


NEGATED_ROOM = 2  # words behind a negation that it may be said of
ENOUGH_WORDS = 3  # that say what is sought, for a question to go without its wrapping

PlanNode = TextLeaf | FacetLeaf | Branch | Around


@lru_cache(maxsize=1024)
def plan_query(query: Query, languages: frozenset[str] = frozenset()) -> Branch:
    """Return the plan of a query; `languages` are those of the texts that have stems of their own.

    See `search.linguistics.stems.OTHER_LANGUAGES`: without them a word is not looked for under the
    stems of these languages.
    """
    plan = _branch(query.root, "")
    return _branch_in(plan, languages) if languages else plan


def positive_leaves(node: PlanNode) -> Iterator[TextLeaf]:
    """Yield the text leaves whose matches a reader wants to see: none that excludes or narrows."""
    if isinstance(node, TextLeaf):
        yield node if node.boost == NO_BOOST else replace(node, boost=NO_BOOST)
        yield from node.also
    elif isinstance(node, Branch):
        for inner in (*node.must, *node.wanted, *node.either):
            yield from positive_leaves(inner)


def set_aside(query: Query) -> tuple[Clause, ...]:
    """Return the words of a question that are not looked for: they say too little."""
    clauses = query.root.clauses
    if not any(map(_is_bare, clauses)):
        return ()
    asking = {clause for clause, _ in _asking(query.root, "")}
    return tuple(c for c in clauses if isinstance(c.node, Word) and c not in asking)


@lru_cache(maxsize=1024)
def _asking(group: Group, field: str) -> Sequence[tuple[Clause, PlanNode]]:
    """Return the nodes that say what is sought, each with its clause.

    How a question was read, its plan, and its plan in a library's languages all begin with it.
    """
    negated = _negated(group.clauses)
    asking = [
        (
            clause,
            replace(node, is_negated=True)
            if clause_is_negated and isinstance(node, TextLeaf)
            else node,
        )
        for clause, clause_is_negated in zip(group.clauses, negated, strict=True)
        for node in _nodes(clause, field)
    ]
    telling = [(clause, node) for clause, node in asking if not _is_left_out(clause)]
    if any(clause.occur is not Occur.NOT and _asks_for_text(node) for clause, node in telling):
        return _without_wrapping(telling)
    return asking


def _branch(group: Group, field: str) -> Branch:
    asking = _asking(group, field)

    def having(occur: Occur) -> tuple[PlanNode, ...]:
        return tuple(node for clause, node in asking if clause.occur is occur)

    return Branch(
        text=_typed(group, field),
        must=having(Occur.MUST),
        wanted=having(Occur.DEFAULT),
        either=having(Occur.ANY),
        excluded=having(Occur.NOT),
    )


def _in_languages(node: PlanNode, languages: frozenset[str]) -> PlanNode:
    """Let words also be found under their stems in these languages."""
    if isinstance(node, Branch):
        return _branch_in(node, languages)
    if isinstance(node, Around):
        return replace(node, inner=_in_languages(node.inner, languages))
    if isinstance(node, FacetLeaf) or node.view == "exact":
        return node
    steps = [
        step | word_family(form, languages)
        for step, form in zip(node.steps, node.typed, strict=True)
    ]
    whole = frozenset().union(*(word_family(form, languages) for form in node.whole))
    return replace(node, steps=tuple(steps), whole=whole)


def _branch_in(branch: Branch, languages: frozenset[str]) -> Branch:
    def of(nodes: tuple[PlanNode, ...]) -> tuple[PlanNode, ...]:
        return tuple(_in_languages(node, languages) for node in nodes)

    return replace(
        branch,
        must=of(branch.must),
        wanted=of(branch.wanted),
        either=of(branch.either),
        excluded=of(branch.excluded),
    )


def _without_wrapping(asking: list[tuple[Clause, PlanNode]]) -> list[tuple[Clause, PlanNode]]:
    """Leave out the words that a request is wrapped in, if enough is left to say what is sought."""
    telling = [
        each for each in asking if not (_is_bare(each[0]) and is_request_word(_form(each[0])))
    ]
    bare = {_form(clause) for clause, _ in telling if _is_bare(clause)}
    return telling if len(bare) >= ENOUGH_WORDS else asking


def _negated(clauses: Sequence[Clause]) -> list[bool]:
    """Tell which clauses are bare words shortly behind a negation."""
    negates = [_is_bare(clause) and _form(clause) in negations() for clause in clauses]
    return [
        _is_bare(clause)
        and not negates[place]
        and any(negates[max(0, place - NEGATED_ROOM) : place])
        for place, clause in enumerate(clauses)
    ]


def _is_bare(clause: Clause) -> bool:
    word = clause.node
    return clause.occur is Occur.DEFAULT and isinstance(word, Word) and not word.exact


def _form(clause: Clause) -> str:
    return exact_form(clause.node.text) if isinstance(clause.node, Word) else ""


def _asks_for_text(node: PlanNode) -> bool:
    return next(positive_leaves(node), None) is not None


def _is_left_out(clause: Clause) -> bool:
    word = clause.node
    if not (_is_bare(clause) and isinstance(word, Word)):
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


def _nodes(clause: Clause, field: str) -> Iterator[PlanNode]:
    """Yield what a clause asks for: a stretch without blanks asks for each of its pairs."""
    word = clause.node
    pairs: tuple[str, ...] = ()
    if isinstance(word, Word) and not word.exact and clause.occur is Occur.DEFAULT:
        pairs = character_pairs(word.text)
    if len(pairs) > 1 and field in {"", *TEXT_FIELDS}:
        yield from (_boosted(_leaf_of_pair(pair, field), clause.boost) for pair in pairs)
    elif node := _node(word, field):
        yield _boosted(node, clause.boost)


def _boosted(node: PlanNode, boost: float) -> PlanNode:
    """Let a node count so often; what narrows has no score."""
    if boost == NO_BOOST or not isinstance(node, TextLeaf | Branch):
        return node
    return replace(node, boost=node.boost * boost)


def _leaf_of_pair(pair: str, field: str) -> TextLeaf:
    step = frozenset((pair,))
    text = f"{field}:{pair}" if field else pair
    return TextLeaf(text, "stem", (step,), field=field, typed=(pair,), is_word=not field)


def _node(node: Node, field: str) -> PlanNode | None:
    match node:
        case Group():
            branch = _branch(node, field)
            return None if branch == Branch(branch.text) else branch
        case Field():
            return _node(node.clause, node.field)
        case Within() | Range():
            return _narrowing(node, field)
        case Fuzzy() | Wildcard():
            return _pattern_leaf(node, field)
        case _:
            return _near(node, field) if isinstance(node, NearWords) else _leaf(node, field)


def _narrowing(node: Within | Range, field: str) -> PlanNode | None:
    if isinstance(node, Range):
        return FacetLeaf(node_text(node), node.field, low=node.low, high=node.high)
    inner = _node(node.clause, field)
    return Around(_typed(node, field), node.scope, inner) if inner else None


def _near(node: NearWords, field: str) -> PlanNode | None:
    """Ask for every two neighbours in one order or the other."""
    pairs = [_either_order(*pair, node.distance, field) for pair in pairwise(node.words)]
    return Branch(_typed(node, field), must=tuple(pair for pair in pairs if pair))


def _either_order(one: Word, two: Word, distance: int, field: str) -> Branch | None:
    first, second = _leaf(one, field), _leaf(two, field)
    if not (isinstance(first, TextLeaf) and isinstance(second, TextLeaf)):
        return None
    text = _typed(NearWords((one, two), distance), field)
    orders = dict.fromkeys(((first, second), (second, first)))
    return Branch(text, either=tuple(_in_order(*pair, distance, text) for pair in orders))


def _in_order(first: TextLeaf, second: TextLeaf, distance: int, text: str) -> TextLeaf:
    """Ask for two words in this order: by family, unless both are wanted as typed."""
    is_exact = first.view == second.view == "exact"
    return TextLeaf(
        text,
        "exact" if is_exact else "stem",
        (*first.steps, *second.steps),
        slop=distance,
        field=first.field,
        typed=(*first.typed, *second.typed),
    )


def _leaf(node: Word | Phrase | Prefix, field: str) -> PlanNode | None:
    tokens = analyze(node.text, UNSTEMMED)
    if not tokens:
        return None
    if field and field not in TEXT_FIELDS:
        return _facet_leaf(node, field, tokens)
    is_family = isinstance(node, Word) and not node.exact
    parts = tuple(_parts(tokens))
    steps = tuple(word_family(form) if is_family else frozenset((form,)) for form in parts)
    whole = _whole(tokens) if not isinstance(node, Phrase) else ""
    return TextLeaf(
        text=_typed(node, field),
        view="stem" if is_family else "exact",
        steps=steps,
        whole=(word_family(whole) if is_family else frozenset((whole,))) if whole else frozenset(),
        slop=node.slop if isinstance(node, Phrase) else 0,
        is_prefix=isinstance(node, Prefix),
        field=field,
        typed=parts,
        also=tuple(_other_spellings(node, field)),
        is_word=not (len(parts) > 1 or field or whole or isinstance(node, Prefix)),
        is_plain=_is_plain(node, whole),
        marked=spelt_with_marks(node.text) if is_family and len(tokens) == 1 else "",
    )


def _other_spellings(node: Node, field: str) -> Iterator[TextLeaf]:
    if isinstance(node, Word):
        leaves = (_leaf(Word(text), field) for text in node.also)
        yield from (leaf for leaf in leaves if isinstance(leaf, TextLeaf))


def _is_plain(node: Word | Phrase | Prefix, whole: str) -> bool:
    if isinstance(node, Phrase):
        return not node.slop
    return isinstance(node, Word) and not (node.exact and whole)


def _pattern_leaf(node: Fuzzy | Wildcard, field: str) -> PlanNode | None:
    if isinstance(node, Fuzzy):
        form = next((token.exact for token in analyze(node.text, UNSTEMMED)), "")
        pattern: WordPattern = Near(form, node.distance)
    else:
        pattern = gaps_of(node.text)
    text = _typed(node, field)
    if field and field not in TEXT_FIELDS:
        return FacetLeaf(text, field, pattern=pattern)
    return TextLeaf(text, "exact", (), field=field, pattern=pattern)


def _typed(node: Node, field: str) -> str:
    text = node_text(node).rstrip(",")
    return f"{field}:{text}" if field else text


def _facet_leaf(node: Word | Phrase | Prefix, field: str, tokens: list[Token]) -> FacetLeaf:
    return FacetLeaf(
        text=_typed(node, field),
        field=field,
        steps=tuple(_parts(tokens)),
        slop=node.slop if isinstance(node, Phrase) else 0,
        is_prefix=isinstance(node, Prefix),
    )


def _parts(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the exact form at each position; the first there is the part, not the whole."""
    position = -1
    for token in tokens:
        if token.position > position:
            yield token.exact
            position = token.position


def _whole(tokens: list[Token]) -> str:
    """Return the exact form of a hyphenated word written as one; "" for any other word."""
    first, last = tokens[0], tokens[-1]
    wholes = (t.exact for t in tokens[1:] if t.start == first.start and t.end == last.end)
    return next(wholes, "")
