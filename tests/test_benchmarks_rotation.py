"""Engines are asked in turn; what warms up is not counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.peers.peer import TASKS, Peer
from benchmarks.peers.sqlite_peer import SqlitePeer
from benchmarks.questions import Question
from benchmarks.rotation import CLOCKS, Rounds, ask_in_turn, ask_once_in_turn, lineups
from benchmarks.search_speed_tables import by_kind, first_time_table, mix_table
from tests.synthetic_sections import small_file

QUESTIONS = [Question("common", ("the",)), Question("fuzzy", ("which",))]


def peers(folder: Path) -> dict[str, Peer]:
    first, second = SqlitePeer(), SqlitePeer()
    first.build(small_file(folder), folder)
    for peer in (first, second):
        peer.open(folder)
    return {"casebook": first, "fts5": second}


def test_each_answers_each_task_in_every_round_that_counts(tmp_path: Path) -> None:
    samples = list(ask_in_turn(peers(tmp_path), QUESTIONS, Rounds(2, warm_up=1)))
    counts = Counter((sample.peer, sample.task) for sample in samples)
    assert counts == {(name, task): 2 for name in ("casebook", "fts5") for task in TASKS}


def test_now_one_engine_begins_and_now_another(tmp_path: Path) -> None:
    samples = list(ask_in_turn(peers(tmp_path), QUESTIONS[:1], Rounds(10, warm_up=0)))
    first = Counter(sample.peer for sample in samples[::2])
    assert min(first["casebook"], first["fts5"]) >= 10


def test_the_order_is_the_same_in_every_run(tmp_path: Path) -> None:
    engines = peers(tmp_path)
    runs = [[s.peer for s in ask_in_turn(engines, QUESTIONS, Rounds(3))] for _ in range(2)]
    assert runs[0] == runs[1]


def test_no_round_begins_when_time_is_up(tmp_path: Path) -> None:
    samples = list(ask_in_turn(peers(tmp_path), QUESTIONS[:1], Rounds(50, most_s=0.0)))
    assert len(samples) == 2 * len(TASKS)


def test_new_questions_are_asked_once_for_one_task(tmp_path: Path) -> None:
    questions = [Question("common", (word,)) for word in ("the", "of", "and", "to")]
    samples = list(ask_once_in_turn(peers(tmp_path), questions, CLOCKS["thread"]))
    assert Counter((s.peer, s.question) for s in samples) == {
        (name, number): 1 for name in ("casebook", "fts5") for number in range(4)
    }
    assert [s.task for s in samples[::2]] == [*TASKS, TASKS[0]]
    page = first_time_table({"casebook": samples})
    assert "| casebook | 2 |" in page
    assert "| fts5 | 1 |" in page


def test_what_nobody_answers_is_a_dash(tmp_path: Path) -> None:
    samples = list(ask_in_turn(peers(tmp_path), QUESTIONS, Rounds(1)))
    names = ["casebook", "fts5"]
    assert "| fuzzy | – | – |" in by_kind(samples, QUESTIONS, names, "casebook")
    assert "| casebook | 1 |" in mix_table(samples, names, "casebook")


def test_variants_of_one_engine_are_never_asked_in_turn_with_one_another() -> None:
    names = ["casebook", "casebook-stems", "tantivy", "tantivy-lean", "fts5"]
    assert lineups(names) == [
        (("casebook", "tantivy", "fts5"), ("casebook", "tantivy", "fts5")),
        (("casebook-stems", "tantivy", "fts5"), ("casebook-stems",)),
        (("casebook", "tantivy-lean", "fts5"), ("tantivy-lean",)),
    ]
