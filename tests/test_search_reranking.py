"""Re-ranking: the first hits of plain words, in a better order, and nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from search.engine import Engine, SearchRequest
from search.engines.catalog import open_engine
from search.query_parser import parse_query
from search.snapshot import joining, neighbours, postings, reranking
from tests.asking import ask, document, found, publish

FILLING = [document(f"p/z{n}/s", "seed and grain", order=100 + n) for n in range(20)]
QUESTION = "clean water pump village"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine("whoosh", tmp_path / "index")
    yield opened
    opened.close()


def test_words_side_by_side_in_order_come_before_the_same_words_apart(engine: Engine) -> None:
    publish(
        engine,
        document("p/apart/s", "water that is so clean", order=0),
        document("p/near/s", "this is clean water too", order=1),
        *FILLING,
    )
    assert found(engine, "clean water") == ["p/near/s", "p/apart/s"]


@pytest.mark.parametrize(
    ("question", "plain", "negated"),
    [
        ("Which villages are not yet connected?", "they are connected", "they are not connected"),
        ("villages without clean water", "they have clean water", "they are without clean water"),
        ("not connected", "connected", "never connected"),
        ("кто не получил воду", "он получил воду", "он не получил воду"),
    ],
)
def test_what_a_question_negates_comes_first_where_it_is_negated(
    engine: Engine, question: str, plain: str, negated: str
) -> None:
    publish(
        engine,
        document("p/plain/s", f"{plain} here", order=0),
        document("p/negated/s", f"{negated} here", order=1),
        *FILLING,
    )
    assert found(engine, question, match="any") == ["p/negated/s", "p/plain/s"]
    assert found(engine, question.replace("not", "").replace("не ", ""), match="any")


def test_a_negation_in_another_field_negates_nothing(engine: Engine) -> None:
    publish(
        engine,
        document("p/a/s", "connected then", heading="Is it not", order=0),
        document("p/b/s", "it is not connected", heading="Then", order=1),
        *FILLING,
    )
    assert found(engine, "not connected") == ["p/b/s", "p/a/s"]


def test_feedback_moves_up_what_is_like_the_first_hits_and_can_be_switched_off(
    engine: Engine,
) -> None:
    first = document("p/a/s", "clean water pump village irrigation canal", order=0)
    plain = document("p/b/s", "village pump seed seed harvest bread", order=1)
    alike = document("p/c/s", "village pump seed seed irrigation canal", order=2)
    publish(engine, first, plain, alike, *FILLING)
    query = parse_query(QUESTION)
    asked = SearchRequest(query, match="any")
    with_it = [hit.id for hit in engine.search(asked).hits]
    without = [
        hit.id for hit in engine.search(SearchRequest(query, match="any", feedback=False)).hits
    ]
    assert with_it == ["p/a/s", "p/c/s", "p/b/s"]
    assert without == ["p/a/s", "p/b/s", "p/c/s"]


@pytest.mark.parametrize(
    "question",
    [
        "water",
        '"clean water" pump village road',
        "clean water OR pump village",
        "clean water pump village -road",
        "title:water clean pump village",
        "=clean water pump village",
    ],
)
def test_one_word_phrases_fields_and_operators_get_neither(engine: Engine, question: str) -> None:
    texts = ["clean water pump village in a town", "village pump clean water too"]
    publish(
        engine,
        *(document(f"p/{n}/s", text, order=n, title="water") for n, text in enumerate(texts)),
        *FILLING,
    )
    request = SearchRequest(parse_query(question), match="any", explain=True)
    hits = engine.search(request).hits
    assert hits
    kinds = {line.kind for hit in hits if hit.explanation for line in hit.explanation.lines}
    assert not kinds & {"pair", "feedback"}


@pytest.mark.parametrize("listed", [2_048, 0])
def test_a_short_page_is_the_beginning_of_a_long_one(
    listed: int, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where pairs lift documents to it from behind, though not from behind the first few."""
    for module, name, value in [
        (joining, "_LONG", 1),
        (joining, "_MANY", 1),
        (postings, "CHAMPIONS", 8),
        (reranking, "RERANKED", 12),
        (neighbours, "_FEW", 2 if listed else 0),
        (neighbours, "_MOST_LISTED", listed),
    ]:
        monkeypatch.setattr(module, name, value)
    random = Random(4)
    words = ["clean", "water", "pump", *["seed"] * 3]
    bodies = [" ".join(random.choices(words, k=random.randint(3, 14))) for _ in range(150)]
    publish(engine, *(document(f"p/{n}/s", body, order=n) for n, body in enumerate(bodies)))
    lifted = 0
    for question in map(" ".join, [*permutations(words[:3], 2), *permutations(words[:3])]):
        long = list(ask(engine, question, match="any", limit=20).hits)
        for limit in range(1, 15):
            assert list(ask(engine, question, match="any", limit=limit).hits) == long[:limit]
        plain = " ".join(f"{word}^2" for word in question.split())  # no pairs
        apart = [hit.id for hit in ask(engine, plain, match="any", limit=20).hits]
        assert {hit.id for hit in long[:12]} == set(apart[:12])
        lifted += apart[:3] != [hit.id for hit in long[:3]]
    assert lifted


def test_pages_follow_one_another_across_the_end_of_what_is_re_ranked(engine: Engine) -> None:
    words = ["clean water", "water pump", "pump village", "village road clean", "water village"]
    bodies = [f"{words[n % 5]} {words[n * 7 % 5]} {'seed ' * (n % 4)}" for n in range(130)]
    publish(engine, *(document(f"p/{n}/s", body, order=n) for n, body in enumerate(bodies)))
    whole = ask(engine, QUESTION, match="any", limit=200)
    paged = [
        hit
        for offset in range(0, 140, 7)
        for hit in ask(engine, QUESTION, match="any", offset=offset, limit=7).hits
    ]
    assert list(whole.hits) == paged
    scores = [hit.score for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.id for hit in paged}) == whole.total == 130
    in_book = ask(engine, QUESTION, match="any", limit=200, sort="book")
    assert [hit.id for hit in in_book.hits] == [f"p/{n}/s" for n in range(130)]
