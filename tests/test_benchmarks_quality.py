"""The default search answers the judged queries of the test book well enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality import TARGET, Measures, Scores, plain_bm25, score_book, table


@pytest.fixture(scope="module")
def scores(shared: Path) -> Scores:
    return score_book(shared / "book" / "book.pdf", shared)


def test_the_default_search_reaches_the_target(scores: Scores) -> None:
    assert scores.by_type["all"].ndcg_10 >= TARGET


def test_exact_phrases_and_contacts_come_first(scores: Scores) -> None:
    assert scores.by_type["phrase"].ndcg_10 == 1.0
    assert scores.by_type["contact"].ndcg_10 >= 0.95


def test_it_is_better_than_plain_bm25(scores: Scores, shared: Path) -> None:
    assert scores.by_type["all"].ndcg_10 > plain_bm25(shared)["all"].ndcg_10


def test_the_table_has_a_row_for_every_type() -> None:
    row = Measures(3, 0.5, 0.25, 1.0)
    lines = table(Scores({"all": row, "name": row}, []), {"all": row}).splitlines()
    assert lines[2] == "| all | 3 | 0.5000 | 0.2500 | 1.0000 | 0.5000 |"
    assert lines[3] == "| name | 3 | 0.5000 | 0.2500 | 1.0000 |  |"
