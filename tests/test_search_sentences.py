"""Sentences: where they begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.linguistics.nltk_parts import make_splitter
from search.linguistics.sentences import split_sentences
from search.linguistics.word_lists import known_abbreviations


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("One. Two! Three?", "en", ["One.", "Two!", "Three?"]),
        ("Dr. Smith came. He sat.", "en", ["Dr. Smith came.", "He sat."]),
        ("See e.g. page 3. Then stop.", "en", ["See e.g. page 3.", "Then stop."]),
        ("It cost 3.5 dollars. Cheap.", "en", ["It cost 3.5 dollars.", "Cheap."]),
        ("В 2005 г. стало лучше. Он рад.", "ru", ["В 2005 г. стало лучше.", "Он рад."]),
        ("水很清。我们喝水。", "zh", ["水很清。", "我们喝水。"]),
        ("A heading\nA sentence. Another", "en", ["A heading", "A sentence.", "Another"]),
        (" \n\n  x  \n", "en", ["x"]),
        ("", "en", []),
    ],
)
def test_sentences(text: str, language: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text, language)] == expected


@given(st.text(st.sampled_from("abА. !?\n…。’\u0301") | st.characters(), max_size=120))
def test_sentences_are_in_order_and_lose_nothing_but_white_space(text: str) -> None:
    spans = split_sentences(text, "en")
    place = 0
    for start, end in spans:
        assert place <= start < end
        assert not text[place:start].strip()
        assert "\n" not in text[start:end]
        place = end
    assert not text[place:].strip()


PIECES = ["water", "Dr", "e.g", "a", "No", "п", "3", "(one)", "“Two", "U.S", "г", "x-y", "I", "[1]"]
ENDS = [".", ". ", "? ", "! ", "…", ".”", ".) ", "\n", ", ", " ", "  ", ".\u00a0", "?! ", ".. "]


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(ENDS)), max_size=25))
def test_plain_ends_are_those_that_the_splitter_finds(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + end for word, end in pieces)
    split = make_splitter(known_abbreviations()["en"])
    expected = [line[start:end].strip() for line in text.split("\n") for start, end in split(line)]
    found = [text[start:end] for start, end in split_sentences(text, "en")]
    assert found == [sentence for sentence in expected if sentence]
