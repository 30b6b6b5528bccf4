"""Russian stems: those of NLTK's Snowball stemmer, whatever the word."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.linguistics.nltk_parts import make_stemmer
from search.linguistics.russian import russian_stem

SNOWBALL = make_stemmer("russian")
ENDINGS = [
    *[
        "",
        "ившись",
        "вшись",
        "ывши",
        "вши",
        "ив",
        "в",
        "ся",
        "сь",
        "ующая",
        "ющая",
        "щими",
        "емого",
    ],
    *["нные", "вший", "ывших", "ая", "яя", "ого", "ему", "ий", "ые", "ейте", "йте", "юйте", "уйте"],
    *[
        "юет",
        "ует",
        "ют",
        "ешь",
        "ишь",
        "нно",
        "ла",
        "ила",
        "ить",
        "ть",
        "иями",
        "ями",
        "иях",
        "ах",
    ],
    *["ия", "ью", "ость", "ости", "ост", "ейше", "ейш", "нн", "и", "ь", "ъ", "й", "я", "а", "у"],
]


@given(
    st.sampled_from("абвгдежзийклмнопрстуфхцчшщыьэюяё"),
    st.text("аеиоуыэюяйбвгдзклмнпрстхцчшщъьё'ҷӣқғҳӯ", max_size=7),
    st.lists(st.sampled_from(ENDINGS), max_size=3),
)
@example("в", "о", ["юет"])
@example("п", "ец", ["ся"])
def test_a_stem_is_that_of_snowball(first: str, middle: str, endings: list[str]) -> None:
    word = first + middle + "".join(endings)
    assert russian_stem(word) == SNOWBALL(word)


@pytest.mark.parametrize(
    ("forms", "stem"),
    [
        ("школа школы школами школах школе", "школ"),
        ("водоснабжение водоснабжения водоснабжением", "водоснабжен"),
        ("работающая работающими", "работа"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str, stem: str) -> None:
    assert set(map(russian_stem, forms.split())) == {stem}
