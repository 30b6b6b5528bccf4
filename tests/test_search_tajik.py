"""Tajik stems: forms of a word have one, words that only end alike have two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.linguistics.tajik import stem_tajik


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("китоб", "китоб китоби китобе китобро китобҳо китобҳои китобҳоро китобҳояш китобашон"),
        ("деҳа", "деҳа деҳаи деҳаҳо деҳаҳои деҳаҳояшон деҳаро"),
        ("об", "об оби обҳо обҳои обро"),
        ("хоҷагӣ", "хоҷагӣ хоҷагии хоҷагиҳо хоҷагиҳои"),
        ("деҳқон", "деҳқон деҳқони деҳқонон деҳқонони"),
        ("нависанда", "нависанда нависандагон нависандагони"),
        ("аъзо", "аъзо аъзои аъзоён аъзоёни"),
        ("бухоро", "бухоро бухорои"),
    ],
)
def test_forms_of_a_word_have_one_stem(stem: str, forms: str) -> None:
    assert {stem_tajik(form) for form in forms.split()} == {stem}


@pytest.mark.parametrize("word", ["давлат", "одам", "забон", "нон", "ӣ", "ро", "ҳо", "и", ""])
def test_what_is_part_of_the_word_stays(word: str) -> None:
    assert stem_tajik(word) == word


@given(st.text(st.sampled_from("абдеирошҳнлкӣӯя"), max_size=12))
def test_a_stem_is_left_of_every_word(word: str) -> None:
    assert (stem_tajik(word) == "") == (word == "")
