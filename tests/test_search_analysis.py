"""Analysis: what a word is, everywhere."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    SPELT,
    UNSTEMMED,
    analyze,
    read_spelling,
    spellings,
    word_family,
    word_spans,
)
from search.linguistics.stems import stem

ALPHABET = "abZ éё́йӣқ'’-‐ .,_1²ʼ\u00ad\n水ไทยน้ำनि\u0301"
texts = st.text(st.sampled_from(ALPHABET) | st.characters(), max_size=80)


def forms(text: str, language: str = "en") -> list[str]:
    return [token.exact for token in analyze(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clean water, for all.", "clean water for all"),
        ("Form W-2, part 7b", "form w w2 2 part 7b"),
        ("women’s don't ‘quoted’", "women's don't quoted"),
        ("free-of-charge", "free freeofcharge of charge"),
        ("2005–2009 and 2005-2009", "2005 2009 and 2005 20052009 2009"),
        ("snake_case e.g. a@b.org", "snake case e g a b org"),
        ("हिन्दी में", "हिन्दी में"),
        ("水资源", "水 水资 资 资源 源"),
        ("น้ำไทย", "น้ น้ำ ำ ำไ ไ ไท ท ทย ย"),
        ("", ""),
        ("--- … «»", ""),
    ],
)
def test_words_are_cut_alike_in_every_script(text: str, expected: str) -> None:
    assert forms(text) == expected.split()


def test_a_hyphenated_word_is_its_parts_and_at_the_first_of_them_the_whole() -> None:
    tokens = analyze("the micro-credit bank", "en")
    assert [(t.exact, t.position) for t in tokens] == [
        ("the", 0),
        ("micro", 1),
        ("microcredit", 1),
        ("credit", 2),
        ("bank", 3),
    ]


def test_spans_are_those_of_the_text_as_given_not_of_its_normal_form() -> None:
    text = unicodedata.normalize("NFD", "Ӯ обёнкорӣ—нӯшокӣ")
    spans = [text[token.start : token.end] for token in analyze(text, "tg")]
    assert [unicodedata.normalize("NFC", span) for span in spans] == ["Ӯ", "обёнкорӣ", "нӯшокӣ"]


def test_words_are_stemmed_by_script_and_language() -> None:
    def stems(text: str, language: str) -> list[str]:
        return [token.stem for token in analyze(text, language)]

    assert stems("irrigated водами", "en") == ["irrig", "вод"]
    assert stems("irrigated водами", "ru-RU") == ["irrig", "вод"]
    assert stems("irrigated деҳаҳои", "tg") == ["irrig", "деҳа-"]
    assert stems("irrigated водами", "uz") == ["irrigated", "водами"]
    assert stems("women’s", "en") == ["women"]
    assert stems("1990s", "en") == ["1990s"]


def test_each_language_with_a_stemmer_stems_its_own_words() -> None:
    def family(one: str, other: str, language: str) -> bool:
        stems = [token.stem for token in analyze(f"{one} {other}", language)]
        return len(set(stems)) == 1

    assert family("Häuser", "Häusern", "de")
    assert family("casas", "casa", "es")
    assert family("πόλη", "πόλης", "el")
    assert family("लड़कों", "लड़का", "hi")
    assert family("المدرسة", "مدرسة", "ar")


def test_stems_of_other_languages_in_latin_letters_are_kept_apart_from_english_ones() -> None:
    (german,) = analyze("die Gifte", "de")[1:]
    assert german.stem != "gift"
    assert german.stem in word_family("gift", ["de"])
    assert german.stem not in word_family("gift")


def test_a_question_looks_for_a_word_under_its_stem_and_as_it_is() -> None:
    assert word_family("irrigated") == {"irrig", "irrigated"}
    assert word_family("водами") == {"вод", "водам-", "водами"}


@given(texts)
def test_tokens_come_in_order_and_their_spans_hold_a_word(text: str) -> None:
    tokens = analyze(text, "en")
    for before, after in pairwise(tokens):
        assert 0 <= after.position - before.position <= 1
        assert before.start <= after.start
    for token in tokens:
        assert token.exact
        assert 0 <= token.start < token.end <= len(text)
        assert text[token.start].isalnum() or text[token.start] >= "\U00020000"


@given(texts)
def test_composed_and_decomposed_text_give_the_same_words(text: str) -> None:
    composed = forms(unicodedata.normalize("NFC", text))
    assert forms(unicodedata.normalize("NFD", text)) == composed


@given(texts, st.sampled_from(["en", "ru", "tg", "", "de", "vi", "und"]))
def test_spellings_read_one_by_one_are_what_analysis_finds(text: str, language: str) -> None:
    read: list[tuple[str, int]] = []
    position = 0
    for spelling in spellings(text, language):
        forms = read_spelling(spelling)
        read += [(form, position + place) for form, place in forms]
        position += forms[-1][1] + 1 if forms else 0
    tokens = analyze(text, language)
    assert read == [(token.exact, token.position) for token in tokens]
    assert position == len({token.position for token in tokens})


@given(texts, st.sampled_from(["en", "ru-RU", "tg", "", "de", "vi", "und"]))
def test_a_stem_follows_from_form_and_language_alone(text: str, language: str) -> None:
    assert all(t.stem == stem(t.exact, language) for t in analyze(text, language))


@pytest.mark.parametrize("language", ["vi", "tr", "pl-PL", "is", "und"])
def test_where_no_stemmer_tells_words_apart_their_marks_are_kept_beside_them(language: str) -> None:
    tokens = analyze("Nước và ca-fé đá", language)
    assert [t.exact for t in tokens if not t.exact.startswith(SPELT)] == [
        *["nuoc", "va", "ca", "cafe", "fe", "da"]
    ]
    assert [(t.exact, t.position) for t in tokens if t.exact.startswith(SPELT)] == [
        *[(f"{SPELT}nước", 0), (f"{SPELT}và", 1), (f"{SPELT}fé", 3), (f"{SPELT}đá", 4)]
    ]
    assert [t.stem for t in tokens] == [t.exact for t in tokens]


@pytest.mark.parametrize("language", ["", "en", "ru", "tg", "de", "es", "el", UNSTEMMED])
def test_where_words_have_stems_marks_are_left_out(language: str) -> None:
    assert all(SPELT not in t.exact for t in analyze("Nước và đá, Ёлка, Πέτρα, café", language))


def test_a_very_long_run_of_letters_is_one_bounded_word() -> None:
    assert [len(form) for form in forms("x" * 50_000)] == [100]


@given(texts)
def test_the_spans_of_words_are_those_of_their_positions(text: str) -> None:
    tokens = analyze(text)
    parts = {token.position: token for token in reversed(tokens)}
    spans = word_spans(text)
    assert spans.starts == [parts[position].start for position in sorted(parts)]
    assert spans.ends == [parts[position].end for position in sorted(parts)]
    positions = [token.position for token in tokens]
    assert spans.wholes[::2] == [n for n in sorted(parts) if positions.count(n) > 1]
