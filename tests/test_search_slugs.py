"""Slugs are short, ASCII, unique and never empty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.slugs import is_slug, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Clean Water for Two Villages", "clean-water-for-two-villages"),
        ("People’s council: year 2", "peoples-council-year-2"),
        ("Ҷамъияти «Қувваи Ҳунар»", "jamiyati-quvvai-hunar"),
        ("Ғалаба ва дӯстӣ", "ghalaba-va-dusti"),
        ("Чистая вода в посёлке Щёлково", "chistaya-voda-v-posyolke-shchyolkovo"),
        ("Й, Й, Й и Ё", "y-y-y-i-yo"),
        ("Café Straße Łódź", "cafe-strasse-lodz"),
        ("coop\u00aderation", "cooperation"),
        ("ﬁre — oﬀice", "fire-office"),
        ("", "untitled"),
        ("…!?", "untitled"),
        ("水", "untitled"),
    ],
)
def test_a_title_becomes_its_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_decomposed_letter_gives_the_same_slug() -> None:
    assert slugify("Мактаби\u0306 нави\u0304") == slugify("Мактабй навӣ")


def test_a_taken_slug_is_numbered() -> None:
    assert slugify("Activity", taken={"activity"}) == "activity-2"
    assert slugify("Activity", taken={"activity", "activity-2"}) == "activity-3"


def test_a_reserved_slug_is_never_given() -> None:
    assert slugify("Page", reserved={"page"}) == "page-2"


def test_a_long_title_is_cut_between_words() -> None:
    assert slugify("one two three four", max_length=12) == "one-two"
    assert slugify("one two three four", max_length=13) == "one-two-three"


def test_a_single_long_word_is_cut_where_it_must_be() -> None:
    assert slugify("a" * 100, max_length=10) == "a" * 10


def test_a_numbered_slug_keeps_to_the_length() -> None:
    assert slugify("one two", taken={"one-two"}, max_length=7) == "one-2"


@given(st.text(), st.integers(12, 60), st.integers(0, 12))
def test_every_text_has_a_slug_that_is_free(text: str, length: int, others: int) -> None:
    taken: set[str] = set()
    for _ in range(others + 1):
        slug = slugify(text, taken=taken, max_length=length)
        assert is_slug(slug)
        assert slug not in taken
        assert len(slug) <= length
        taken.add(slug)


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize(
    "text", ["", "..", "a/b", "A", "a--b", "-a", "a\n", ".new-a", "а", "a" * 201]
)
def test_what_cannot_stand_in_an_address_is_no_slug(text: str) -> None:
    assert not is_slug(text)
