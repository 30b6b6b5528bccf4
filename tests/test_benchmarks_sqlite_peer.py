"""SQLite answers every kind of question but fuzzy ones as a plain scan does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.peers.peer import Answer, Asked
from benchmarks.peers.sqlite_peer import SqlitePeer
from benchmarks.questions import COUNTED, Kind, Question, words_of
from ingest.jsonl_lines import SectionLine
from tests.synthetic_sections import small_file, small_questions, small_sections

SECTIONS = small_sections()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_file(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def peer(corpus: Path) -> SqlitePeer:
    peer = SqlitePeer()
    peer.build(corpus, corpus.parent)
    peer.open(corpus.parent)
    return peer


def asked(peer: SqlitePeer, question: Question, task: Asked = "counts") -> Answer:
    prepared = peer.prepare(question)
    assert prepared is not None
    return peer.read(peer.ask(prepared, task))


def texts_of(section: SectionLine) -> list[list[str]]:
    return [words_of(text or "") for text in (section.case_title, section.heading, section.text)]


def matching(question: Question) -> Iterator[SectionLine]:
    facet, value = question.narrowed or ("publication_title", "")
    for section in SECTIONS:
        is_chosen = not value or str(getattr(section, facet)) == value
        if is_chosen and _matches(question, texts_of(section)):
            yield section


def _matches(question: Question, texts: list[list[str]]) -> bool:
    words = {word for text in texts for word in text}
    there = [word in words for word in question.words]
    if question.kind.startswith("phrase"):
        phrase = f" {' '.join(question.words)} "
        return any(phrase in f" {' '.join(text)} " for text in texts)
    if question.kind == "prefix":
        return any(word.startswith(question.words[0]) for word in words)
    if question.kind == "not":
        return there[0] and not there[1]
    return any(there) if question.kind.startswith("any") else all(there)


def test_totals_and_facets_are_those_of_a_plain_scan(peer: SqlitePeer, corpus: Path) -> None:
    for question in small_questions(corpus, 3):
        if question.kind == "fuzzy":
            continue
        sections = list(matching(question))
        answer = asked(peer, question)
        assert answer.total == len(sections), question
        for facet in COUNTED:
            counts = Counter(str(getattr(section, facet)) for section in sections)
            assert answer.facets.get(facet, {}) == counts, question


def test_it_has_no_fuzzy_words(peer: SqlitePeer) -> None:
    assert peer.prepare(Question("fuzzy", ("which",))) is None


@pytest.mark.parametrize("kind", ["common", "all2", "phrase2"])
def test_passages_are_marked(peer: SqlitePeer, corpus: Path, kind: Kind) -> None:
    question = next(each for each in small_questions(corpus) if each.kind == kind)
    answer = asked(peer, question, "passages")
    assert answer.first
    assert answer.passages > 0


def test_the_top_ten_are_named_by_their_ids(peer: SqlitePeer) -> None:
    having = Counter(word for each in SECTIONS for text in texts_of(each) for word in set(text))
    section = SECTIONS[7]
    word = min(words_of(section.text), key=having.__getitem__)
    name = f"{section.publication}/{section.case}/{section.section}"
    assert name in asked(peer, Question("rare", (word,))).first
