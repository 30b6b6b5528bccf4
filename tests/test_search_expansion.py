"""Expansion: the same words as by trying every word, and never too many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.snapshot import expansion
from search.snapshot.expansion import Expansion, words_beginning, words_fitting
from search.snapshot.segment import Words
from search.word_patterns import Near, gaps_of
from tests.asking import document, segment_of

# One byte and two; none looks like a letter of the other script, which would be mended.
forms = st.text("бжdf1", min_size=1, max_size=9)


def _words(vocabulary: dict[str, int]) -> Words:
    text = " ".join(form for form, times in vocabulary.items() for _ in range(times))
    return segment_of(document("p/1/s", text)).scopes["sections"].views["exact"]


def _texts(words: Words, found: Expansion) -> set[str]:
    numbers = [number for first, end in found.runs for number in range(first, end)]
    assert numbers == sorted(set(numbers))
    return {words.text(number).decode() for number in numbers}


@given(st.sets(forms, min_size=1), forms, st.integers(1, 2))
def test_near_words_are_all_found(vocabulary: set[str], form: str, distance: int) -> None:
    words, near = _words(dict.fromkeys(vocabulary, 1)), Near(form, distance)
    assert _texts(words, words_fitting(words, near)) == set(filter(near.fits, vocabulary))


@given(st.sets(forms, min_size=1), st.text("жf?*", min_size=1, max_size=5))
def test_words_with_gaps_and_beginnings_are_all_found(vocabulary: set[str], typed: str) -> None:
    words, gaps = _words(dict.fromkeys(vocabulary, 1)), gaps_of(typed)
    assert _texts(words, words_fitting(words, gaps)) == set(filter(gaps.fits, vocabulary))
    beginning = {form for form in vocabulary if form.startswith(gaps.beginning)}
    assert _texts(words, words_beginning(words, gaps.beginning)) == beginning


def test_of_too_many_words_the_most_frequent_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "MAX_EXPANSIONS", 2)
    words = _words({"aa": 1, "ab": 3, "ac": 2, "b": 9})
    for found in (words_beginning(words, "a"), words_fitting(words, gaps_of("a?"))):
        assert found.is_cut
        assert _texts(words, found) == {"ab", "ac"}
