"""Casebook and SQLite find and count the same, and where engines do not, it is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.agreement import compare
from benchmarks.peers.casebook_peer import CasebookPeer
from benchmarks.peers.peer import Peer
from benchmarks.peers.sqlite_peer import SqlitePeer
from benchmarks.questions import Question, words_of
from benchmarks.search_speed_tables import agreement_text
from tests.synthetic_sections import small_file, small_questions, small_sections


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_file(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def peers(corpus: Path) -> Mapping[str, Peer]:
    found: dict[str, Peer] = {"casebook": CasebookPeer(), "fts5": SqlitePeer()}
    for name, peer in found.items():
        folder = corpus.parent / name
        folder.mkdir()
        peer.build(corpus, folder)
        peer.open(folder)
    return found


def test_casebook_and_sqlite_agree_on_every_question(
    peers: Mapping[str, Peer], corpus: Path
) -> None:
    found = compare(peers, small_questions(corpus, 3), "casebook")
    assert found.differences == []
    assert found.compared >= 36


def test_a_difference_is_named(peers: Mapping[str, Peer], tmp_path: Path) -> None:
    fewer = tmp_path / "fewer.jsonl"
    whole = small_file(tmp_path).read_bytes().splitlines(keepends=True)
    fewer.write_bytes(b"".join(whole[:100]))
    half = SqlitePeer()
    half.build(fewer, tmp_path)
    half.open(tmp_path)
    question = Question("common", ("the",))
    found = compare({"casebook": peers["casebook"], "half": half}, [question], "casebook")
    having = sum(
        "the" in words_of(f"{s.case_title} {s.heading} {s.text}") for s in small_sections()
    )
    assert found.differences[0].about == "total"
    assert found.differences[0].said["casebook"] == having
    assert "common “the”, total: casebook" in agreement_text(found)


def test_shares_of_our_top_ten_are_kept(peers: Mapping[str, Peer]) -> None:
    found = compare(peers, [Question("common", ("of",))], "casebook")
    assert set(found.overlaps) == {"fts5"}
    assert 0 <= found.overlaps["fts5"][0] <= 1
