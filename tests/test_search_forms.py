"""Exact forms: what is taken for the same printed word, and what is not."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.linguistics.forms import MAX_FORM, combining_marks, exact_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe"),
        ("ÇELİK", "celik"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("straße", "STRASSE"),
        ("ﬁsh", "fish"),
        ("don’t", "don't"),
        ("oʻzbek", "o'zbek"),
        ("ёлка", "елка"),
        ("за́мок", "замок"),
        ("Ὕδωρ", "υδωρ"),
        ("wa\u00adter", "water"),
        ("ӯ\u0301", "ӯ"),
        ("Boдa", "вода"),
        ("cлoво", "слово"),
        ("Moсква", "Москва"),
        ("іnternet", "internet"),
        ("كِتَابٌ", "كتاب"),
        ("أحمد", "احمد"),
        ("مـــاء", "ماء"),
        ("שָׁלוֹם", "שלום"),
        ("ज़मीन", "जमीन"),
        ("चाँद", "चांद"),
        ("ΟΔΌΣ", "οδός"),
        ("İSTANBUL", "istanbul"),
    ],
)
def test_spellings_of_one_word_agree(one: str, other: str) -> None:
    assert exact_form(one) == exact_form(other)


@pytest.mark.parametrize("pair", ["ий", "иӣ", "уӯ", "уў", "гғ", "кқ", "хҳ", "чҷ", "іїx"[:2]])
def test_letters_of_their_own_stay_apart(pair: str) -> None:
    assert exact_form(pair[0]) != exact_form(pair[1])
    decomposed = unicodedata.normalize("NFD", pair[1])
    assert exact_form(decomposed) == exact_form(pair[1]) == pair[1]


def test_vowel_signs_of_other_scripts_stay() -> None:
    assert exact_form("पानी") == "पानी"
    assert exact_form("น้ำ") == "น้ำ"


@given(st.text(max_size=150))
def test_a_form_is_its_own_form(text: str) -> None:
    form = exact_form(text)
    assert exact_form(form) == form
    assert len(form) <= MAX_FORM


@given(st.text("АБЁЙӢӮҒҚҲҶабёйӣӯғқҳҷABZÉazé'’", max_size=12))
def test_neither_case_nor_composition_matters(text: str) -> None:
    forms = {exact_form(t) for t in (text, text.upper(), unicodedata.normalize("NFD", text))}
    assert len(forms) == 1


def test_every_combining_mark_of_this_python_is_known() -> None:
    known = re.compile(f"[{combining_marks()}]")
    everything = map(chr, range(0x1F000))
    assert all(bool(known.match(c)) == (unicodedata.category(c)[0] == "M") for c in everything)
