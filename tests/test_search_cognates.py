"""Cognates: what keeps its key in a translation, and what never gets one."""

from __future__ import annotations

import pytest

from search.linguistics.cognates import cognates


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Varzob", "в Варзобе"),
        ("Khukumat", "хукуматами"),
        ("Shuroobod", "Шурообадском"),
        ("1,300 households", "1 300 семьям"),
        ("3.5 per cent", "3,5 процента"),
        ("MSDSP", "MSDSP"),
        ("programme", "программу"),
    ],
)
def test_names_numbers_and_foreign_words_keep_their_key(one: str, other: str) -> None:
    assert cognates(one).keys() & cognates(other).keys()


@pytest.mark.parametrize(
    ("one", "other"),
    [("women", "женщины"), ("1,300", "300"), ("1999 300", "1 999 300"), ("to the", "то те")],
)
def test_other_words_share_none(one: str, other: str) -> None:
    assert not cognates(one).keys() & cognates(other).keys()


def test_single_digits_and_short_words_have_none() -> None:
    assert not cognates("1 2 a to the of")


def test_a_key_is_counted_as_often_as_it_occurs() -> None:
    assert set(cognates("Varzob, Varzob and Варзоб").values()) == {3, *cognates("and").values()}
