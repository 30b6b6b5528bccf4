"""The benchmark of phrases asks for words that the library has."""

from __future__ import annotations

from pathlib import Path

from benchmarks.phrase_speed import measure, shared, words_of
from tests.plain_reading import random_publication
from tests.sites import make_library


def test_the_words_are_those_of_the_texts_and_everything_is_timed(tmp_path: Path) -> None:
    with make_library(tmp_path, random_publication("alder", 3)) as library:
        words = words_of(library)
        assert set(words) == {"frequent", "middling", "rare", "phrase"}
        assert all(library.concordance(word).total for word in words.values())
        rows = measure(library, "frequent", words["frequent"])
        assert len({kind for _, kind, *_ in rows}) == 6
        assert len(shared(library)) == 3
