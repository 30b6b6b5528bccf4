"""English stems: those of NLTK's Snowball stemmer, whatever the word."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.linguistics.english import english_stem
from search.linguistics.nltk_parts import make_stemmer

SNOWBALL = make_stemmer("english")
ENDINGS = [
    *["", "s", "sses", "ied", "ies", "us", "eed", "eedly", "ed", "edly", "ing", "ingly", "y", "ly"],
    *["ization", "ational", "fulness", "ousness", "iveness", "tional", "bility", "lessly", "ently"],
    *["ation", "alism", "ality", "ously", "ivity", "fully", "ency", "ancy", "ably", "izer", "ator"],
    *["ally", "bly", "ology", "alize", "icate", "icity", "ative", "ical", "ness", "ful", "ement"],
    *["ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "ity", "ous", "ive"],
    *["ize", "ion", "al", "er", "ic", "e", "l", "ll", "'s", "'s'", "'"],
]


@given(
    st.one_of(
        st.text("aeiouybcdgklmnrstvwxz'", max_size=8),
        st.sampled_from(["gener", "commun", "arsen", "proceed", "sk", "hop", "hopp", "locat"]),
    ),
    st.lists(st.sampled_from(ENDINGS), max_size=3),
)
@example("y", ["ayy"])
@example("", ["ies"])
def test_a_stem_is_that_of_snowball(beginning: str, endings: list[str]) -> None:
    word = beginning + "".join(endings)
    assert english_stem(word) == SNOWBALL(word)


@pytest.mark.parametrize(
    "words",
    [
        *["skis skies dying lying tying idly gently ugly early only singly sky news howe atlas"],
        *["cosmos bias andes inning innings outing outings canning cannings herring herrings"],
        *["earring earrings proceed proceeds proceeded proceeding exceed exceeding succeeded"],
    ],
)
def test_words_with_stems_of_their_own_have_those_of_snowball(words: str) -> None:
    assert list(map(english_stem, words.split())) == list(map(SNOWBALL, words.split()))
