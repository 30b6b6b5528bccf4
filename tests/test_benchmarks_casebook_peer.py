"""A library that has grown and shrunk finds what one finds that was made at once."""

from __future__ import annotations

from pathlib import Path

from benchmarks.agreement import compare
from benchmarks.peers.casebook_peer import CasebookPeer, history_of
from benchmarks.peers.peer import Peer, sections_of
from benchmarks.questions import Question
from tests.synthetic_sections import small_file, small_questions


def test_a_grown_library_answers_like_one_made_at_once(tmp_path: Path) -> None:
    corpus = small_file(tmp_path)
    peers: dict[str, Peer] = {
        "casebook": CasebookPeer(),
        "casebook-grown": CasebookPeer(grown=True),
    }
    for name, peer in peers.items():
        peer.build(corpus, tmp_path / name)
        peer.open(tmp_path / name)
    assert compare(peers, small_questions(corpus), "casebook").differences == []


def test_a_history_imports_everything_once_and_removes_the_rest(tmp_path: Path) -> None:
    corpus = small_file(tmp_path)
    history = history_of(corpus, tmp_path)
    imported = [name for file in history.imported for name, _ in sections_of(file)]
    wanted = [name for name, _ in sections_of(corpus)]
    others = set(imported) - set(wanted)
    assert len(imported) == len(set(imported)) == len(wanted) + len(others)
    assert {name.partition("/")[0] for name in others} == set(history.removed)


def test_words_are_typed_exact_or_bare() -> None:
    question = Question("not", ("wells", "roads"), ("year", "2005"))
    exact, bare = CasebookPeer().prepare(question), CasebookPeer(stems=True).prepare(question)
    assert exact is not None
    assert bare is not None
    assert exact == ("=wells -=roads", {"year": ["2005"]}, "all")
    assert bare.text == "wells -roads"
