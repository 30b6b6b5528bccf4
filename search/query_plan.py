"""Query plan: a query tree → what to look up in an index or in a text.

In:  a `Query`.
Out: a `Plan`: branches whose leaves say which indexed forms are wanted at successive positions.
     Engines and the highlighter follow the same plan, so they match the same.

What says too little to be looked for falls out here (`search.sought_words`). A node without a word
in it asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from search.sought_words import negated, sought
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


PlanNode = TextLeaf | FacetLeaf | Branch | Around


@lru_cache(maxsize=1024)
def plan_query(query: Query, languages: frozenset[str] = frozenset()) -> Branch:
    """Return the plan of a query; `languages` are those of the texts that have stems of their own.

    See `search.linguistics.stems.OTHER_LANGUAGES`: without them a word is not looked for under the
    stems of these languages.
    """
    return _branch_in(plan_query(query), languages) if languages else _branch(query.root, "")


def positive_leaves(node: PlanNode) -> Iterator[TextLeaf]:
    """Yield the text leaves whose matches a reader wants to see: none that excludes or narrows."""
    if isinstance(node, TextLeaf):
        yield node if node.boost == NO_BOOST else replace(node, boost=NO_BOOST)
        yield from node.also
    elif isinstance(node, Branch):
        for inner in (*node.must, *node.wanted, *node.either):
            yield from positive_leaves(inner)


def _branch(group: Group, field: str) -> Branch:
    behind = negated(group.clauses)
    nodes: dict[Occur, list[PlanNode]] = {}
    for place in sought(group, field):
        clause = group.clauses[place]
        nodes.setdefault(clause.occur, []).extend(_nodes(clause, field, is_negated=place in behind))
    return Branch(
        text=_typed(group, field),
        must=tuple(nodes.get(Occur.MUST, ())),
        wanted=tuple(nodes.get(Occur.DEFAULT, ())),
        either=tuple(nodes.get(Occur.ANY, ())),
        excluded=tuple(nodes.get(Occur.NOT, ())),
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


def _nodes(clause: Clause, field: str, *, is_negated: bool) -> list[PlanNode]:
    """Return what a clause asks for: a stretch without blanks asks for each of its pairs."""
    word = clause.node
    pairs: tuple[str, ...] = ()
    if isinstance(word, Word) and not word.exact and clause.occur is Occur.DEFAULT:
        pairs = character_pairs(word.text)
    if len(pairs) > 1 and (not field or field in TEXT_FIELDS):
        nodes: list[PlanNode] = [_leaf_of_pair(pair, field) for pair in pairs]
    else:
        node = _node(word, field)
        nodes = [node] if node else []
    if is_negated:
        nodes = [replace(x, is_negated=True) if isinstance(x, TextLeaf) else x for x in nodes]
    return nodes if clause.boost == NO_BOOST else [_boosted(x, clause.boost) for x in nodes]


def _boosted(node: PlanNode, boost: float) -> PlanNode:
    """Let a node count so often; what narrows has no score."""
    return replace(node, boost=node.boost * boost) if isinstance(node, TextLeaf | Branch) else node


def _leaf_of_pair(pair: str, field: str) -> TextLeaf:
    step = frozenset((pair,))
    text = f"{field}:{pair}" if field else pair
    return TextLeaf(text, "stem", (step,), field=field, typed=(pair,), is_word=not field)


def _node(node: Node, field: str) -> PlanNode | None:
    match node:
        case Word() | Phrase() | Prefix():
            return _leaf(node, field)
        case Group():
            branch = _branch(node, field)
            return None if branch == Branch(branch.text) else branch
        case Field():
            return _node(node.clause, node.field)
        case Fuzzy() | Wildcard():
            return _pattern_leaf(node, field)
        case _:
            return _near(node, field) if isinstance(node, NearWords) else _narrowing(node, field)


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
    match node:
        case Word():
            return _word_leaf(node, field, tokens)
        case Phrase():
            return _phrase_leaf(node, field, tokens)
        case _:
            return _prefix_leaf(node, field, tokens)


def _word_leaf(word: Word, field: str, tokens: Sequence[Token]) -> TextLeaf:
    forms_for = _itself if word.exact else word_family
    parts, whole = _parts(tokens), _whole(tokens)
    return TextLeaf(
        text=_typed(word, field),
        view="exact" if word.exact else "stem",
        steps=tuple(map(forms_for, parts)),
        whole=forms_for(whole) if whole else frozenset(),
        field=field,
        typed=parts,
        also=_other_spellings(word, field) if word.also else (),
        is_word=not (len(parts) > 1 or field or whole),
        is_plain=not (word.exact and whole),
        marked="" if word.exact or len(tokens) > 1 else spelt_with_marks(word.text),
    )


def _itself(form: str) -> frozenset[str]:
    return frozenset((form,))


def _other_spellings(word: Word, field: str) -> tuple[TextLeaf, ...]:
    leaves = [_leaf(Word(text), field) for text in word.also]
    return tuple([leaf for leaf in leaves if isinstance(leaf, TextLeaf)])


def _phrase_leaf(phrase: Phrase, field: str, tokens: Sequence[Token]) -> TextLeaf:
    parts = _parts(tokens)
    return TextLeaf(
        text=_typed(phrase, field),
        view="exact",
        steps=tuple(map(_itself, parts)),
        slop=phrase.slop,
        field=field,
        typed=parts,
        is_word=not (len(parts) > 1 or field),
        is_plain=not phrase.slop,
    )


def _prefix_leaf(prefix: Prefix, field: str, tokens: Sequence[Token]) -> TextLeaf:
    parts, whole = _parts(tokens), _whole(tokens)
    return TextLeaf(
        text=_typed(prefix, field),
        view="exact",
        steps=tuple(map(_itself, parts)),
        whole=_itself(whole) if whole else frozenset(),
        is_prefix=True,
        field=field,
        typed=parts,
    )


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


def _facet_leaf(node: Word | Phrase | Prefix, field: str, tokens: Sequence[Token]) -> FacetLeaf:
    return FacetLeaf(
        text=_typed(node, field),
        field=field,
        steps=_parts(tokens),
        slop=node.slop if isinstance(node, Phrase) else 0,
        is_prefix=isinstance(node, Prefix),
    )


def _parts(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the exact form at each position; the first there is the part, not the whole."""
    parts: dict[int, str] = {}
    for token in tokens:
        parts.setdefault(token.position, token.exact)
    return tuple(parts.values())


def _whole(tokens: Sequence[Token]) -> str:
    """Return the exact form of a hyphenated word written as one; "" for any other word."""
    first, last = tokens[0], tokens[-1]
    wholes = (t.exact for t in tokens[1:] if t.start == first.start and t.end == last.end)
    return next(wholes, "")
