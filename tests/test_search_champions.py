"""Champions: what may be among the best of a list is told without a look at the rest of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.snapshot import champions, terms
from search.snapshot.terms import CountedPostings, of_family

SIZE, LEAST_NORM = 80, 0.525
NORMS = LEAST_NORM + (np.arange(SIZE) * 7 % 11) / 5
SHORT, LONG = LEAST_NORM + 0.1, LEAST_NORM + 1.7

words = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 9), min_size=8, max_size=SIZE)


@pytest.fixture
def _short_lists_are_long() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(champions, "_LEAST_READ", 1)
        patch.setattr(champions, "_SPARED", 2)
        patch.setattr(champions, "_GUESSED", 2)
        patch.setattr(terms, "MOST_SCORED", 0)
        yield


def _postings(word: Mapping[int, int], idf: float, dtype: type[np.generic]) -> CountedPostings:
    documents = sorted(word)
    times = np.array([word[document] for document in documents], dtype)
    return CountedPostings(np.array(documents, np.int32), times, idf, NORMS, float(NORMS.min()))


@pytest.mark.usefixtures("_short_lists_are_long")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    family=words,
    typed=st.none() | words,
    count=st.integers(1, 12),
    dtype=st.sampled_from([np.uint8, np.uint16, np.float32]),
)
def test_all_that_score_as_the_last_of_the_best_are_among_the_champions(
    family: dict[int, int], typed: dict[int, int] | None, count: int, dtype: type[np.generic]
) -> None:
    whole = _postings(family, 1.5, dtype)
    part = whole if typed is None else of_family(whole, _postings(typed, 2.5, dtype))
    scores = part.scores()
    found = champions.champions(part, count)
    if found is None:
        return
    places, found_scores = found
    assert places.tolist() == sorted(set(places.tolist()))
    assert found_scores.tolist() == scores[places].tolist()
    least = np.sort(scores)[-min(count, scores.size)]
    assert {*(scores >= least).nonzero()[0].tolist()} <= {*places.tolist()}


@pytest.mark.usefixtures("_short_lists_are_long")
def test_of_a_list_with_few_frequent_documents_most_are_not_looked_at() -> None:
    word = {document: 9 if document % 20 == 0 else 1 for document in range(SIZE)}
    found = champions.champions(_postings(word, 1.0, np.uint8), 2)
    assert found is not None
    assert {*found[0].tolist()} <= {0, 20, 40, 60}


@pytest.mark.usefixtures("_short_lists_are_long")
def test_a_document_with_hardly_another_word_is_a_champion_whatever_its_frequency() -> None:
    word = {document: 4 if NORMS[document] > LONG else 1 for document in range(SIZE)}
    part = _postings(word, 1.0, np.uint8)
    found = champions.champions(part, 3)
    assert found is not None
    shortest = (NORMS < SHORT).nonzero()[0]
    assert part.scores()[shortest].min() > part.scores()[NORMS > LONG].max()
    assert {*shortest.tolist()} <= {*found[0].tolist()}


@pytest.mark.usefixtures("_short_lists_are_long")
def test_a_document_with_the_form_as_typed_is_a_champion_before_more_frequent_ones() -> None:
    (typed,) = (NORMS < SHORT).nonzero()[0][1:2].tolist()
    family = {document: 9 if document % 4 == 0 else 1 for document in range(SIZE)} | {typed: 6}
    part = of_family(
        _postings(family, 1.0, np.uint8), _postings({typed: 6, typed + 1: 1}, 9.0, np.uint8)
    )
    found = champions.champions(part, 1)
    assert found is not None
    assert part.scores().argmax() == typed
    assert typed in found[0]
