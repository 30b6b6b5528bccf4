"""The plan: which indexed forms a question looks for, and which words it leaves out."""

from __future__ import annotations

import pytest

from search.query import Clause, Group, Phrase, Query, Word
from search.query_parser import parse_query
from search.query_plan import Branch, FacetLeaf, TextLeaf, plan_query, positive_leaves


def leaves(text: str) -> list[str]:
    return [leaf.text for leaf in positive_leaves(plan_query(parse_query(text)))]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("what is the water", ["water"]),
        ("the", ["the"]),
        ("what is it", ["what", "is", "it"]),
        ("plan b", ["plan"]),
        ("plan 9", ["plan", "9"]),
        ("a -water", ["a"]),
        ("water +the", ["the", "water"]),
        ("water the OR road", ["water", "road"]),
        ("=the water", ["=the", "water"]),
        ('"of the" water', ['"of the"', "water"]),
        ("WHO IT water", ["WHO", "IT", "water"]),
        ("что такое вода", ["вода"]),
        ("об дар деҳа", ["об", "деҳа"]),
        ("part:north the", ["the"]),
        ("title:the water", ["title:the", "water"]),
        ("don’t water", ["water"]),
        ("water (the road)", ["water", "road"]),
        ("I want articles about clean water pumps", ["clean", "water", "pumps"]),
        ("articles about water", ["articles", "water"]),
        ("e.g. water", ["water"]),
        ("ăn cá", ["ăn", "cá"]),
        ("水资源", ["水资", "资源"]),
        ("=水资源", ["=水资源"]),
    ],
)
def test_stop_words_and_single_letters_fall_out_of_bare_questions(
    text: str, kept: list[str]
) -> None:
    assert leaves(text) == kept


def test_a_hyphenated_word_is_looked_for_as_a_phrase_and_as_one_word() -> None:
    (leaf,) = positive_leaves(plan_query(parse_query("micro-credits")))
    assert leaf.view == "stem"
    assert leaf.steps == (frozenset({"micro"}), frozenset({"credit", "credits"}))
    assert leaf.whole == {"microcredit", "microcredits"}
    assert leaf.typed == ("micro", "credits")


def test_a_phrase_looks_for_exact_forms_alone() -> None:
    (leaf,) = positive_leaves(plan_query(parse_query('"Water-Users’ fees"~2')))
    assert leaf == TextLeaf(
        text='"Water-Users’ fees"~2',
        view="exact",
        steps=(frozenset({"water"}), frozenset({"users"}), frozenset({"fees"})),
        slop=2,
        typed=("water", "users", "fees"),
    )


def test_facets_are_matched_by_the_words_of_their_values() -> None:
    plan = plan_query(parse_query('part:"West Bank" year:2005..'))
    assert plan.must == (
        FacetLeaf('part:"West Bank"', "part", ("west", "bank")),
        FacetLeaf("year:2005..", "year", low="2005"),
    )


def test_nodes_without_a_word_ask_nothing() -> None:
    root = Group((Clause(Word("…")), Clause(Phrase("—")), Clause(Group()), Clause(Word("the"))))
    plan = plan_query(Query(text="", root=root))
    assert [leaf.text for leaf in positive_leaves(plan)] == ["the"]
    assert plan_query(Query(text="")) == Branch("()")
