"""Questions are drawn evenly, ask for what there is, and are the same every time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from benchmarks.questions import (
    Kind,
    Question,
    count_words,
    draw_questions,
    questions_from,
    words_of,
)
from benchmarks.synthetic import FUNCTION_WORDS
from tests.synthetic_sections import small_file, small_questions, small_sections

EACH = 6


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> list[Question]:
    return small_questions(small_file(tmp_path_factory.mktemp("corpus")), EACH)


def of_kind(questions: list[Question], beginning: str) -> list[Question]:
    return [question for question in questions if question.kind.startswith(beginning)]


def test_every_kind_is_asked_as_often(questions: list[Question]) -> None:
    assert Counter(question.kind for question in questions) == dict.fromkeys(get_args(Kind), EACH)


def test_no_question_is_asked_twice(questions: list[Question]) -> None:
    assert len({(question.kind, question.words) for question in questions}) == len(questions)


def test_every_third_question_is_narrowed(questions: list[Question]) -> None:
    narrowed = Counter(question.kind for question in questions if question.narrowed)
    assert narrowed == dict.fromkeys(get_args(Kind), EACH // 3)


def test_every_phrase_has_a_function_word_and_another(questions: list[Question]) -> None:
    for question in of_kind(questions, "phrase"):
        assert 0 < sum(word in FUNCTION_WORDS for word in question.words) < len(question.words)


def test_words_of_one_question_stand_in_one_section(questions: list[Question]) -> None:
    texts = [set(words_of(section.text)) for section in small_sections()]
    for question in of_kind(questions, "all"):
        assert any(text.issuperset(question.words) for text in texts)


def test_rare_words_are_rarer_than_frequent_ones(questions: list[Question]) -> None:
    having = count_words(small_sections()).having
    rare = [having[question.words[0]] for question in of_kind(questions, "rare")]
    common = [having[question.words[0]] for question in of_kind(questions, "common")]
    assert max(rare) < min(common)


def test_the_same_seed_draws_the_same_questions(tmp_path: Path) -> None:
    file = small_file(tmp_path)
    assert questions_from(file, 2, seed=1) == questions_from(file, 2, seed=1)


def test_too_small_a_library_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="take more sections"):
        draw_questions(count_words(small_sections(2)), each=50)
