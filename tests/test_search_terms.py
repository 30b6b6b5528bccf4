"""Terms: what is told of a word's documents holds, whoever else asks for them meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from search.snapshot.gathering import Documents, Mask
from search.snapshot.ranking import EXACT_BONUS
from search.snapshot.terms import FamilyPostings, WordPostings

SIZE = 60
NORMS = 1 + np.arange(SIZE) % 3 / 2


def _word(step: int, idf: float) -> WordPostings:
    documents = np.arange(0, SIZE, step, dtype=np.int32)
    return WordPostings(documents, documents % 4 + 1, idf, NORMS)


def _expected(family: WordPostings, typed: WordPostings) -> list[float]:
    """Return the scores of all documents: what is not among the family's has none."""
    scores = np.zeros(SIZE)
    scores[family.documents] = family.scores()
    also = typed.documents[family.has(typed.documents)]
    scores[also] += EXACT_BONUS * typed.scores_of(also)
    return [*scores.round(12).tolist()]


def test_a_list_that_scores_any_document_does_so_once_its_scores_are_known_too() -> None:
    family, typed = _word(2, 1.5), _word(4, 2.5)
    part = FamilyPostings(family, typed)
    asked = np.arange(SIZE, dtype=np.int32) if part.is_total else part.documents
    part.scores()  # by another thread
    expected = np.array(_expected(family, typed))[asked]
    assert part.scores_of(asked).round(12).tolist() == expected.tolist()


class _Interrupted(WordPostings):
    """A word whose look-up is interrupted once by another thread."""

    interrupts: list[Callable[[], object]]

    def has(self, documents: Documents) -> Mask:
        there = super().has(documents)
        while self.interrupts:
            self.interrupts.pop()()
        return there


def test_a_form_that_stands_elsewhere_too_is_cut_down_once_by_whoever_asks() -> None:
    family, typed = _word(2, 1.5), _word(3, 2.5)
    interrupted = _Interrupted(family.documents, family.documents % 4 + 1, family.most, NORMS)
    part = FamilyPostings(interrupted, typed)
    interrupted.interrupts = [part.scores]
    expected = np.array(_expected(family, typed))[family.documents]
    assert part.scores().round(12).tolist() == expected.tolist()
