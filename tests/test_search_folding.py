"""Folding: spellings of one name share a key, and every key is its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.linguistics.folding import (
    close_fold,
    exchanged_keys,
    fold,
    fold_together,
    index_keys,
    name_keys,
    near_keys,
)
from search.linguistics.forms import exact_form

LETTERS = "abcdefghijklmnopqrstuvwxyz'абвгдежзийклмнопрстуфхцчшщъыьэюяғӣқӯҳҷњќѓљїўіє水1-"
words = st.text(st.sampled_from(LETTERS), max_size=14) | st.text(max_size=14)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("khorog", "horog"),
        ("hamadoni", "hamadoniy"),
        ("djilikul", "jilikul"),
        ("dzhilikul", "jilikul"),
        ("qabodiyon", "kabodiyon"),
        ("ayvaj", "aivaj"),
        ("fajziddin", "faiziddin"),
        ("safiya", "safija"),
        ("gharm", "garm"),
        ("tsentr", "centr"),
        ("xatlon", "khatlon"),
        ("yefimov", "efimov"),
        ("хатлон", "khatlon"),
        ("ғарм", "garm"),
        ("ҷиликӯл", "jilikul"),
        ("қабодиён", "kabodien"),
        ("шаҳритӯс", "shahritus"),
    ],
)
def test_other_letters_for_the_same_sounds_are_one_close_key(one: str, other: str) -> None:
    assert close_fold(exact_form(one)) == close_fold(exact_form(other)) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gulabad", "gulobod"),
        ("abdulloyev", "abduloev"),
        ("shahrinav", "sharinaw"),
        ("anbar", "ambar"),
        ("navruz", "nawrouz"),
        ("ravshan", "rafshan"),
        ("kulab", "kulyab"),
    ],
)
def test_what_ears_confuse_is_one_loose_key_and_two_close_ones(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""
    assert close_fold(one) != close_fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("rasht", "dasht"), ("sattorov", "salimov"), ("vakhsh", "vakhdat"), ("norak", "nurik")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(words)
def test_a_key_folds_to_itself(word: str) -> None:
    form = exact_form(word)
    for folded in (fold, close_fold):
        assert folded(folded(form)) == folded(form)


@given(words)
def test_no_word_is_too_odd(word: str) -> None:
    form = exact_form(word)
    keys = name_keys(form) | index_keys(form) | exchanged_keys(form, 2) | near_keys(form)
    assert all(key == fold(key) or key.isascii() for key in keys)


@given(st.lists(words | st.sampled_from(["ҷамоатҳо", "худжанде", "boys", "x's", "'", "ъ"])))
def test_words_folded_together_have_the_keys_that_each_has_alone(several: list[str]) -> None:
    together = fold_together(several)
    for word in several:
        assert together.loose(word) == fold(word)
        assert together.close(word) == close_fold(word)
        assert index_keys(word, together) == index_keys(word)


@given(words, words)
def test_close_words_are_loosely_alike_too(one: str, other: str) -> None:
    if close_fold(one) and close_fold(one) == close_fold(other):
        assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["2005", "w2", "水资源", "abc", "mts", "tv", "", "a-b"])
def test_what_is_no_name_has_no_key(word: str) -> None:
    assert index_keys(word) == frozenset()


def test_a_cyrillic_word_is_found_by_its_stem_too() -> None:
    assert fold("hujand") in index_keys("хуҷандро") & index_keys("худжанде")


def test_a_plural_and_its_singular_share_a_key() -> None:
    assert name_keys("kishlaks") & name_keys("kishlak")


def test_a_letter_that_a_russian_keyboard_lacks_is_known_by_each_stand_in() -> None:
    assert name_keys("ҷамоат") & name_keys("джамоат")
    assert name_keys("ҷамоат") & name_keys("чамоат")
    assert name_keys("ҷамоат") & name_keys("жамоат")
    assert name_keys("ќишлоќ") & name_keys("қишлоқ")
