"""Only printable text passes from a file into a line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.letters import clean_letters, strip_soft_hyphens


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("of\ufb01ce a\ufb04uent \ufb05op", "office affluent stop"),
        ("e\u0301", "é"),
        ("a\u00a0b\u2003c\u202fd", "a b c d"),
        ("\x00b\x1b[31m\u202ec\u200b", "b[31mc"),
        ("\uf0b7", "•"),
        ("\ue001", "\ufffd"),
        ("Ҳукумат", "Ҳукумат"),
    ],
)
def test_letters_are_cleaned(given_text: str, expected: str) -> None:
    assert clean_letters(given_text) == expected


@given(st.text())
def test_nothing_unprintable_gets_through(raw: str) -> None:
    cleaned = clean_letters(raw).replace("\u00ad", "")
    assert cleaned.isprintable()
    assert unicodedata.is_normalized("NFC", cleaned)


@given(st.text())
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    assert clean_letters(clean_letters(raw)) == clean_letters(raw)


def test_a_soft_hyphen_stays_only_at_the_end_of_a_line() -> None:
    assert strip_soft_hyphens("co\u00adoper\u00ad") == "cooper\u00ad"
    assert strip_soft_hyphens("co\u00adoper") == "cooper"
