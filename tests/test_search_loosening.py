"""Loosening: what stays required of a question that too few documents answer."""

from __future__ import annotations

import pytest

from search.loosening import loosened
from search.query_parser import parse_query
from search.query_text import describe_query


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("water pump", "“water”, “pump”"),
        ('"clean water" pump', "required: the exact phrase “clean water”, “pump”"),
        ("wat* pump", "required: words beginning with “wat”, “pump”"),
        ("water (pump road)", "“water”, “pump”, “road”"),
        ("water (pump OR road)", "“water”, required: (“pump” or “road”)"),
        ("water +pump", "“water”, required: “pump”"),
        ('who dug "the well"?', "“who”, “dug”, the exact phrase “the well”, “the”, “well”"),
        ('+"the well" who dug it?', "required: the exact phrase “the well”, “who”, “dug”, “it”"),
        ("who gave micro-credit?", "“who”, “gave”, “micro-credit”, “micro”, “credit”"),
        ("micro-credit", "“micro-credit”, “micro” × 0.25, “credit” × 0.25"),
        ("co-operation", "“co-operation”, “operation” × 0.25"),
        ("22-10-2005", "“22-10-2005”"),
        ("=micro-credit", "“micro-credit” in exactly this form"),
        ("micro-credit bank", "“micro-credit”, “bank”"),
        ("who gave =micro-credit?", "“who”, “gave”, “micro-credit” in exactly this form"),
    ],
)
def test_a_sentence_loosens_further_than_words_with_a_phrase(text: str, loose: str) -> None:
    assert describe_query(loosened(parse_query(text))) == loose
