"""A text has a form where analysis finds a word with it, and in no other spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import seen_spellings
from search.analysis import analyze
from search.seen_spellings import spellings_with

texts = st.text(st.sampled_from("abZ éё́йӣқ'’-‐ .,_1²ʼ\u00ad\n水ไทย") | st.characters(), max_size=80)
languages = st.sampled_from(["en", "ru", "tg", "de", "und"])


@given(texts, languages, st.text(max_size=3))
def test_a_text_has_the_words_that_analysis_finds_in_it(
    text: str, language: str, other: str
) -> None:
    tokens = analyze(text, language)
    found = {form for token in tokens for form in (token.exact, token.stem)}
    assert all(spellings_with(text, language, frozenset([form])) for form in found)
    assert bool(spellings_with(text, language, frozenset([other]))) == (other in found)
    begins = any(form.startswith(other) for form in found)
    assert (
        bool(spellings_with(text, language, frozenset(), lambda form: form.startswith(other)))
        == begins
    )


@given(texts, languages)
def test_a_word_stands_in_the_spellings_that_have_it(text: str, language: str) -> None:
    for token in analyze(text, language):
        stands_in = spellings_with(text, language, frozenset([token.exact]))
        assert any(text[token.start : token.end] in spelling for spelling in stands_in)


@given(st.lists(texts, min_size=2, max_size=6))
def test_what_was_seen_before_changes_nothing(seen: list[str]) -> None:
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(seen_spellings, "_MOST_SEEN", 12)
        for text in (*seen, *seen):
            for token in analyze(text, "en"):
                found = spellings_with(text, "en", frozenset([token.stem]))
                assert found
                assert set(found) <= set(text.split())
