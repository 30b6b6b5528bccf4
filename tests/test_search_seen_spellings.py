"""A text has a form where analysis finds a word with it, and in no other spelling."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

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


def test_threads_that_see_spellings_of_one_form_lose_none() -> None:
    signs = [chr(ord("a") + n // 26) + chr(ord("a") + n % 26) for n in range(200)]
    words = [f"seen{sign}" for sign in signs]
    spelt = ["{}.", "({}", "{}!", "“{}"]

    def see(pattern: str) -> None:
        for word in words:
            spellings_with(pattern.format(word), "en", frozenset())

    with ThreadPoolExecutor(len(spelt)) as threads:
        tuple(threads.map(see, spelt))
    for word in words:
        assert all(spellings_with(each.format(word), "en", frozenset([word])) for each in spelt)
