"""British and American spellings: one family of forms, and no other families than before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.linguistics.nltk_parts import make_stemmer
from search.linguistics.spellings import is_everyday
from search.linguistics.stems import bare_stem, stem

ENGLISH = make_stemmer("english")


@pytest.mark.parametrize(
    "pair",
    [
        *["organisation organization", "mobilised mobilizing", "criticise criticize"],
        *["analysed analyzing", "colour colors", "neighbourhoods neighborhood", "odour odor"],
        *["favourites favorite", "centre centers", "kilometres kilometer", "litre liters"],
        *["defence defenses", "catalogue catalogs", "programme programs", "travelled traveling"],
        *["counsellor counselors", "fulfil fulfill", "paediatric pediatrics", "anaemia anemia"],
        *["archaeology archeological", "oestrogen estrogen", "foetus fetus", "cheque checks"],
        *["practised practice", "judgement judgments"],
    ],
)
def test_one_word_spelt_in_two_ways_is_one_family(pair: str) -> None:
    british, american = pair.split()
    assert stem(british, "en") == stem(american, "en")


@pytest.mark.parametrize(
    "pair",
    [
        *["paradise parade", "hour hoar", "filling filing", "course corse", "precise price"],
        *["genre gender", "acre acer", "electric election", "decentralised decent", "sense since"],
        *["exercise exert", "basis base", "promise prom", "consume consummate", "registry regal"],
    ],
)
def test_other_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert stem(one, "en") != stem(other, "en")


ENDINGS = ["", "e", "s", "es", "d", "ed", "ing", "er", "ers", "ly", "ation", "ations", "al"]


@given(
    st.text("abcdeghilmnoprstuvyz", min_size=2, max_size=9),
    st.sampled_from(["is", "our", "yse", "tr", "ogu", "ll", "mm", "enc"]),
    st.sampled_from(ENDINGS),
    st.sampled_from(ENDINGS),
)
def test_no_family_is_torn_apart(word: str, tail: str, one: str, other: str) -> None:
    forms = word + tail + one, word + tail + other
    if ENGLISH(forms[0]) == ENGLISH(forms[1]):
        assert stem(forms[0], "en") == stem(forms[1], "en")


def test_stems_of_other_languages_are_left_alone() -> None:
    assert bare_stem(stem("colour", "fr")) == make_stemmer("french")("colour")


def test_everyday_words_are_known_in_both_spellings() -> None:
    assert all(map(is_everyday, ["organised", "organize", "colours", "color", "programmes"]))
