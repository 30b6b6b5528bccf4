"""The query parser: never an error, the same tree from its own text, limits that hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.query import (
    Clause,
    Field,
    Fuzzy,
    Group,
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
from search.query_boosts import LEAST_BOOST, MOST_BOOST
from search.query_lexer import MAX_CHARACTERS, MAX_CLAUSES, MAX_SLOP
from search.query_parser import MAX_DEPTH, parse_query
from search.query_text import describe_query, query_text

D, A, M, N = Occur.DEFAULT, Occur.ANY, Occur.MUST, Occur.NOT
clean, water, c = Word("clean"), Word("water"), Word("c")


def group(*clauses: tuple[Node, Occur] | Node) -> Group:
    pairs = (x if isinstance(x, tuple) else (x, D) for x in clauses)
    return Group(tuple(Clause(node, occur) for node, occur in pairs))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("clean water", group(clean, water)),
        ("clean, water; c", group(clean, water, c)),
        ('"clean water"', group(Phrase("clean water"))),
        ("«clean  water»", group(Phrase("clean water"))),
        ("“clean water”~3", group(Phrase("clean water", 3))),
        ("clean AND water", group((clean, M), (water, M))),
        ("clean И water", group((clean, M), (water, M))),
        ("clean OR water", group((clean, A), (water, A))),
        ("clean or water", group(clean, Word("or"), water)),
        ("clean water OR c", group((group(clean, water), A), (c, A))),
        ("clean AND water OR c", group((group((clean, M), (water, M)), A), (c, A))),
        ("clean OR water -c", group(group((clean, A), (water, A)), (c, N))),
        ("clean OR NOT water", group((clean, A), (group((water, N)), A))),
        ("clean (water OR c)", group(clean, group((water, A), (c, A)))),
        ("clean NOT water", group(clean, (water, N))),
        ("clean AND NOT water", group((clean, M), (water, N))),
        ("+clean -water c", group((clean, M), (water, N), c)),
        ('-"clean water"', group((Phrase("clean water"), N))),
        ("-(clean water)", group((group(clean, water), N))),
        ("wat*", group(Prefix("wat"))),
        ("water~ clean~2 c~0", group(Fuzzy("water"), Fuzzy("clean", 2), Word("c", exact=True))),
        ("-w?t*r, part:n*th", group((Wildcard("w?t*r"), N), (Field("part", Wildcard("n*th")), M))),
        ("clean water?", group(clean, water)),
        ("=clean", group(Word("clean", exact=True))),
        ("micro-credit", group(Word("micro-credit"))),
        (
            "info@cso.example R&D 3.5 12/2005",
            group(*map(Word, ["info@cso.example", "R&D", "3.5", "12/2005"])),
        ),
        ("HIV/AIDS", group(Word("HIV"), Word("AIDS"))),
        ("title:clean", group(Field("title", clean))),
        ('title:"clean water"', group(Field("title", Phrase("clean water")))),
        ("title:(clean water)", group(Field("title", group(clean, water)))),
        ("organisation:clean", group(Field("organisation", clean))),
        ("organization:clean", group(Field("organisation", clean))),
        ("part:clean water", group((Field("part", clean), M), water)),
        ("region:clean", group((Field("part", clean), M))),
        ("KIND:water", group((Field("section_kind", water), M))),
        ("section-kind:water", group((Field("section_kind", water), M))),
        ("part:clean OR part:water", group((Field("part", clean), A), (Field("part", water), A))),
        ("-part:clean", group((Field("part", clean), N))),
        ("year:2005..2009", group((Range("year", "2005", "2009"), M))),
        ("year:..2009", group((Range("year", None, "2009"), M))),
        ("year:2005..", group((Range("year", "2005", None), M))),
        ("水资源 water", group(Word("水资源"), water)),
        ("clean^2 water", Group((Clause(clean, boost=2), Clause(water)))),
        ('"clean water"~2^.5', Group((Clause(Phrase("clean water", 2), boost=0.5),))),
        ("clean^0,5 OR c", Group((Clause(clean, A, 0.5), Clause(c, A)))),
        ("(clean OR c)^3", Group((Clause(group((clean, A), (c, A)), boost=3),))),
        ("title:clean^2", Group((Clause(Field("title", clean), boost=2),))),
        ("+clean^2, c", Group((Clause(clean, M, 2), Clause(c)))),
        ("in:case(clean water) c", group((Within("cases", group(clean, water)), M), c)),
        ("-in:section(clean)", group((Within("sections", clean), N))),
        ("", group()),
        ("   ", group()),
    ],
)
def test_what_is_typed_is_read(text: str, root: Group) -> None:
    query = parse_query(text)
    assert query.root == root
    assert query.notices == ()
    assert query.text == text


@pytest.mark.parametrize(
    ("text", "root", "notice"),
    [
        ('clean "water', group(clean, water), "no fellow"),
        ("clean (water", group(clean, water), "not closed"),
        ("clean) water", group(clean, water), "closing parenthesis"),
        ("clean OR", group(clean), "nothing after"),
        ("AND clean", group(clean), "nothing before"),
        ("clean AND", group(clean), "nothing after"),
        ("NOT", group(Word("NOT")), "read as a word"),
        ("colour:water", group(Word("colour"), water), "no field “colour”"),
        ("title: water", group(Word("title"), water), "nothing after “title:”"),
        ("micro-cr?dit", group(Word("micro-cr"), Word("dit")), "was read as the word"),
        ("*water", group(water), "A word cannot begin with a gap"),
        ("*", group(), "A star by itself stands for nothing"),
        ("2005~1", group(Word("2005")), "Numbers are only found as they are written"),
        ("micro-credit~", group(Word("micro-credit")), "was read as the word “micro-credit”"),
        ("water~7", group(Fuzzy("water", 2)), "may differ by at most 2 letters"),
        ("!!!", group(), "no word in the question"),
        ("clean^", group(clean), "no number after"),
        ("clean^0 c", Group((Clause(clean, boost=0.1), Clause(c))), "between 0.1 and 10"),
        ('"c"^999', Group((Clause(Phrase("c"), boost=10),)), "between 0.1 and 10"),
        ("-clean^2", group((clean, N)), "its weight was left out"),
        ("part:clean^2", group((Field("part", clean), M)), "its weight was left out"),
        ("clean^2^3", Group((Clause(clean, boost=3),)), "“clean^2” was read as the word"),
        ("in:water", group(Word("in"), water), "“cases” or “sections”"),
        ('"…"', group(), "quotation marks without a word"),
        ('"clean water"~9999', group(Phrase("clean water", MAX_SLOP)), "at most 100 words apart"),
    ],
)
def test_what_cannot_be_read_is_read_as_words_and_said(text: str, root: Group, notice: str) -> None:
    query = parse_query(text)
    assert query.root == root
    assert any(notice in said for said in query.notices)


def test_a_question_mark_or_comma_is_no_wildcard() -> None:
    query = parse_query("What about water?")
    assert query.root == group(Word("What"), Word("about"), water)
    assert query.notices == ()


FRAGMENTS = [
    *[
        "(",
        ")",
        '"',
        "“",
        "”",
        "«",
        "»",
        "+",
        "-",
        "=",
        "*",
        "~",
        "~3",
        ":",
        "..",
        ",",
        ".",
        "AND",
        "OR",
        "NOT",
        "NEAR",
        " NEAR/3 ",
        "И",
        "ИЛИ",
        "title:",
        "part:",
        "year:",
        "year:2005..2009",
        "^2",
        "^",
        "^.5",
        "in:cases",
        "in:case(",
        " in:section(",
    ],
    *[
        "nowhere:",
        "water",
        "micro-credit",
        "W-2",
        "a@b",
        "水资源",
        "é",
        "ʼ",
        "́",
        "ӣ",
        "7",
        "AND,",
        "=",
        "(",
        "-",
    ],
    " ",
    "\n",
]
typed = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=30).map("".join)


@settings(max_examples=300)
@given(typed)
@example("(a OR AND b) -c OR title:(part:x y) OR")
@example("part:(a (b OR c)) -(-d)")
@example("title:AND,x =OR +NOT")
def test_any_text_is_read_and_its_own_text_is_read_the_same(text: str) -> None:
    query = parse_query(text)
    again = parse_query(query_text(query))
    assert again.root == query.root, query_text(query)
    assert again.scope == query.scope
    assert describe_query(query)


@given(typed)
def test_boosts_lie_within_their_limits(text: str) -> None:
    assert all(LEAST_BOOST <= boost <= MOST_BOOST for boost in _boosts(parse_query(text).root))


def _boosts(node: Node) -> Iterator[float]:
    if isinstance(node, Group):
        for clause in node.clauses:
            yield clause.boost
            yield from _boosts(clause.node)
    elif isinstance(node, Field | Within):
        yield from _boosts(node.clause)


@pytest.mark.parametrize(
    ("text", "scope", "root"),
    [
        ("in:cases clean", "cases", group(clean)),
        ("clean IN:Section, water", "sections", group(clean, water)),
        ("in:cases (clean in:sections)", "sections", group(clean)),
        ("in:cases", "cases", group()),
    ],
)
def test_a_question_says_what_it_wants_to_find(text: str, scope: str, root: Group) -> None:
    query = parse_query(text)
    assert (query.scope, query.root, query.notices) == (scope, root, ())


def _leaves(node: Node) -> int:
    if isinstance(node, Group):
        return sum(_leaves(clause.node) for clause in node.clauses)
    return _leaves(node.clause) if isinstance(node, Field | Within) else 1


def _depth(node: Node) -> int:
    if isinstance(node, Group):
        return 1 + max((_depth(clause.node) for clause in node.clauses), default=0)
    return _depth(node.clause) if isinstance(node, Field | Within) else 0


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("water " * 2_000, "longer than"),
        ("w" * 10_000, "longer than"),
        ("a b c d " * 300, "more than 400 words"),
        ("(a OR " * 600, "deep"),
        ("in:case(" * 400 + "a", "deep"),
        ("(" * 8 + "a" + ")^10" * 8, ""),
        ("title:(" * 500 + "a", "deep"),
        ('"' * 3_999, ""),
        ("-" * 3_999, ""),
        ("a:" * 1_999, ""),
        ("NOT " * 900, "more than 400 words"),
    ],
)
def test_limits_hold_and_are_said(text: str, notice: str) -> None:
    query = parse_query(text)
    assert any(notice in said for said in query.notices) or not notice
    assert _leaves(query.root) <= MAX_CLAUSES
    assert _depth(query.root) <= 2 * MAX_DEPTH + 3
    assert len(query_text(query)) <= 2 * MAX_CHARACTERS
    assert len(query.notices) <= 8


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("clean water", "“clean”, “water”"),
        ('"clean water"~2', "the exact phrase “clean water” with up to 2 words between"),
        ("clean OR water -c", "(“clean” or “water”), without “c”"),
        ("+clean wat*", "required: “clean”, words beginning with “wat”"),
        ("=clean", "“clean” in exactly this form"),
        ("part:clean year:2005..", "part: “clean”, year from 2005"),
        ("section_kind:water year:..2005", "section kind: “water”, year up to 2005"),
        ("year:2005..2009", "year from 2005 to 2009"),
        ("clean^2 water^.5", "“clean” × 2, “water” × 0.5"),
        ("in:cases clean", "cases with “clean”"),
        ("-in:case(clean water)", "without in one case: (“clean”, “water”)"),
        ("in:sections", "all sections"),
        ("", "everything"),
    ],
)
def test_a_reading_is_said_in_words(text: str, words: str) -> None:
    assert describe_query(parse_query(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "NEAR/5 water",
        "water NEAR",
        'water NEAR "a pump"',
        "water NEAR -pump",
        "a NEAR NEAR b",
        "water NEAR OR pump",
        "water NEAR AND pump well",
    ],
)
def test_near_stands_between_two_words_or_is_left_out_with_a_notice(text: str) -> None:
    assert parse_query(text).notices


def test_what_not_excludes_is_no_neighbour_and_nothing_behind_it_is_excluded() -> None:
    query = parse_query("clean NEAR NOT pump water")
    assert query.root == parse_query("clean -pump water").root
    assert query.notices == ("NEAR stands between two words; it was left out.",)


def test_fields_can_be_other_ones() -> None:
    query = parse_query("colour:red title:water", facets=("colour",), text_fields=("body",))
    assert query.root == group((Field("colour", Word("red")), M), Word("title"), water)


def test_an_empty_question_is_told_from_one_without_words() -> None:
    assert parse_query("").is_empty
    assert Query(text="").is_empty
    assert not parse_query("-water").is_empty
