"""Every peer that is installed answers as SQLite does."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.agreement import compare
from benchmarks.peers.catalog import OURS, PEERS
from benchmarks.peers.peer import LIMIT, TASKS, Peer
from benchmarks.peers.sqlite_peer import SqlitePeer
from tests.synthetic_sections import small_file, small_questions

OTHERS = [name for name in PEERS if not name.startswith(OURS) and name != "fts5"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_file(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def sqlite(corpus: Path) -> SqlitePeer:
    peer = SqlitePeer()
    peer.build(corpus, corpus.parent)
    peer.open(corpus.parent)
    return peer


@pytest.mark.parametrize("name", OTHERS)
def test_a_peer_counts_as_sqlite_does(
    name: str, corpus: Path, sqlite: SqlitePeer, tmp_path: Path
) -> None:
    peer = made(name)
    peer.build(corpus, tmp_path)
    peer.open(tmp_path)
    found = compare({"fts5": sqlite, name: peer}, small_questions(corpus), "fts5")
    assert found.differences == []
    assert found.overlaps[name]


@pytest.mark.parametrize("name", OTHERS)
def test_a_peer_does_every_task_that_it_has(name: str, corpus: Path, tmp_path: Path) -> None:
    peer = made(name)
    peer.build(corpus, tmp_path)
    peer.open(tmp_path)
    ready = next(filter(None, map(peer.prepare, small_questions(corpus))))
    answers = [peer.read(found) for task in TASKS if (found := peer.ask(ready, task)) is not None]
    assert answers
    assert all(0 < len(answer.first) <= 10 for answer in answers)


@pytest.mark.parametrize("name", OTHERS)
def test_the_values_that_a_peer_hands_out_are_the_most_frequent(
    name: str, corpus: Path, tmp_path: Path
) -> None:
    peer = made(name)
    peer.build(corpus, tmp_path)
    peer.open(tmp_path)
    for ready in filter(None, map(peer.prepare, small_questions(corpus))):
        counted, first = peer.ask(ready, "counts"), peer.ask(ready, "facets")
        if counted is None:
            pytest.skip(f"{name} counts no facets")
        most = peer.read(counted).facets
        for facet, values in peer.read(first).facets.items():
            falling = sorted(most[facet].values(), reverse=True)
            assert sorted(values.values(), reverse=True)[:LIMIT] == falling[:LIMIT]


def made(name: str) -> Peer:
    try:
        return PEERS[name].make()
    except ImportError:
        pytest.skip(f"{PEERS[name].index} is not installed")
