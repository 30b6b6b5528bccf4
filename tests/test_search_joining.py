"""Joining and narrowing of postings: the same documents, ranking and tallies as by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.snapshot import joining, places, postings, terms
from search.snapshot.columns import Column, ColumnPart
from search.snapshot.facet_tables import FacetTable
from search.snapshot.gathering import Ints, Mask
from search.snapshot.joining import intersection, union
from search.snapshot.places import numbers_of
from search.snapshot.postings import Listed, Postings
from search.snapshot.pruning import likely
from search.snapshot.segment import FacetValues
from search.snapshot.terms import CountedPostings, WordPostings, of_family

SIZE = 60
NORMS = 1 + np.arange(SIZE) % 3 / 2
NAMES = ("a", "b", "c")
VALUES = np.arange(SIZE, dtype=np.int32) % 3
TABLE = FacetTable(
    {
        name: Column(
            [
                ColumnPart(
                    FacetValues(NAMES, VALUES, np.arange(SIZE + 1, dtype=np.int32)), SIZE, None
                )
            ]
        )
        for name in ("one", "other")
    },
    SIZE,
)

Scores = Mapping[int, float]
words = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 3), max_size=SIZE)
few = st.sets(st.integers(0, SIZE - 1)).map(lambda chosen: np.isin(np.arange(SIZE), [*chosen]))
masks = few | few.map(np.logical_not)
orders = st.one_of(
    st.none(), st.permutations(range(SIZE)).map(lambda ranks: np.array(ranks, np.int32))
)


@pytest.fixture(params=["dense", "sparse", "as they are"])
def _lists(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take short lists for long ones."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "as they are":
            for module, name, value in [
                (joining, "_LONG", 1),
                (joining, "_MANY", 1),
                (joining, "_DENSE", SIZE),
                (postings, "_DENSE", SIZE),
                (places, "_MANY", 1),
                (postings, "CHAMPIONS", 8),
                (terms, "_DENSE", SIZE if request.param == "dense" else 0),
            ]:
                patch.setattr(module, name, value)
        yield


def _counted(word: Mapping[int, int], idf: float) -> tuple[Ints, np.ndarray, float, np.ndarray]:
    documents = sorted(word)
    times = np.array([word[document] for document in documents], np.uint8)
    return np.array(documents, np.int32), times, idf, NORMS


def _kept_word(word: Mapping[int, int], idf: float) -> Postings:
    found = WordPostings(*_counted(word, idf))
    found.keep()
    return found


def _scores(word: Mapping[int, int], idf: float) -> Scores:
    return {
        document: idf * (word[document] / (NORMS[document] + word[document])) for document in word
    }


def _is_as(found: Postings, expected: Scores, order: Ints | None) -> None:
    assert found.count == len(expected)
    ranks = range(SIZE) if order is None else order
    ranking = sorted(expected, key=lambda document: (-expected[document], ranks[document]))
    for count in (0, 1, 5, SIZE):
        documents, scores = found.top(count, order)
        assert documents.tolist() == ranking[:count]
        assert scores.tolist() == pytest.approx([expected[d] for d in ranking[:count]])
    for margin in (0.0, 0.2, math.inf):
        least = expected[ranking[:3][-1]] - margin if expected else 0.0
        near = [d for d in ranking[:9] if expected[d] >= least]
        assert found.near_top(3, 9, margin, order)[0].tolist()[: len(near)] == near
    assert found.documents.tolist() == sorted(expected)
    assert found.has(np.arange(SIZE)).tolist() == [d in expected for d in range(SIZE)]
    tally = np.bincount(VALUES[sorted(expected)], minlength=len(NAMES)).tolist()
    assert found.tally(TABLE).tolist() == tally * 2
    some = np.array(ranking[::2], np.intp)
    assert found.scores_of(some).tolist() == pytest.approx([expected[d] for d in ranking[::2]])


@pytest.mark.usefixtures("_lists")
@pytest.mark.parametrize("how", ["any", "all"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.lists(st.tuples(words, st.sampled_from([0.5, 1.0, 3.0])), min_size=1, max_size=4),
    mask=masks,
    order=orders,
    is_kept=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_joined_and_narrowed_lists_are_as_by_hand(
    how: str,
    asked: list[tuple[dict[int, int], float]],
    mask: Mask,
    order: Ints | None,
    is_kept: list[bool],
) -> None:
    parts: list[Postings] = [
        _kept_word(*word) if kept else CountedPostings(*_counted(*word))
        for word, kept in zip(asked, is_kept, strict=False)
    ]
    known = [_scores(*word) for word in asked]
    found = union(parts, SIZE) if how == "any" else intersection(parts, SIZE)
    there = set.union(*map(set, known)) if how == "any" else set.intersection(*map(set, known))
    expected = {d: sum(scores.get(d, 0.0) for scores in known) for d in there}
    _is_as(found, expected, order)
    left = {document: score for document, score in expected.items() if mask[document]}
    _is_as(found.within(mask, order), left, order)
    _is_as(found.passing(mask.take, order), left, order)
    _is_as(found.within(mask, order).within(mask, order), left, order)
    _is_as(found, expected, order)


@given(
    chosen=st.sets(st.integers(0, 9 * SIZE)),
    size=st.integers(9 * SIZE + 1, 10 * SIZE),
)
def test_few_of_many_documents_are_listed_as_all_are(chosen: set[int], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "_MANY", 1)
        assert numbers_of(np.isin(np.arange(size), [*chosen])).tolist() == sorted(chosen)


@given(
    asked=st.lists(
        st.tuples(words.filter(bool), st.sampled_from([0.5, 1.0, 3.0])), min_size=2, max_size=4
    ),
    count=st.integers(1, 9),
    order=orders,
)
def test_the_best_of_several_lists_are_among_the_likely_ones(
    asked: list[tuple[dict[int, int], float]], count: int, order: Ints | None
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "CHAMPIONS", 12)
        parts = [_kept_word(*word) for word in asked]
        known = [_scores(*word) for word in asked]
        total = {d: sum(scores.get(d, 0.0) for scores in known) for d in set().union(*known)}
        documents = np.array(sorted(total), np.int32)
        whole = Listed(documents, np.array([total[d] for d in sorted(total)]))
        found = likely(whole, parts, count, order)
    if found is not None:
        least = sorted(total.values())[-count]
        assert {d for d in total if total[d] >= least} <= set(found.tolist())
        assert found.tolist() == sorted(set(found.tolist()))


@pytest.mark.usefixtures("_lists")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(family=words, typed=st.none() | words, order=orders)
def test_a_word_as_typed_counts_for_more_in_its_family(
    family: dict[int, int], typed: dict[int, int] | None, order: Ints | None
) -> None:
    """Also where nothing else is of the family."""
    idf = 1.0 if typed is None else 2.0
    typed = family if typed is None else typed
    found = of_family(WordPostings(*_counted(family, 1.0)), WordPostings(*_counted(typed, idf)))
    bonus = _scores(typed, idf)
    expected = {
        document: score + 0.15 * bonus.get(document, 0.0)
        for document, score in _scores(family, 1.0).items()
    }
    _is_as(found, expected, order)
    found.keep()
    _is_as(found, expected, order)
