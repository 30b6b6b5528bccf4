"""Translations: the sample in two languages is put together, whatever was moved, left out, added.

The selection has seven of the digest's cases, two of them in another place, and a preface of its
own. `test_most_pairs_are_right` is the measure of docs/adr/0022.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from search.model import Case, Publication, Retired
from search.translations import LIKELY, SURE, Pair, others_of, pair_cases, pair_sections
from tests.translated import DIGEST, TRUTH, digest, selection

TITLE_PAGES = ("rabotaem-vmeste", "working-together")  # hardly anything stands on them


def likely(pairs: tuple[Pair, ...]) -> dict[str, str]:
    return {
        p.one: p.other
        for p in pairs
        if p.is_whole and p.confidence >= LIKELY and p.one not in TITLE_PAGES
    }


def shuffled(record: Publication, seed: int) -> Publication:
    """The cases of a record: two left out, three in another place."""
    chance = random.Random(seed)
    cases = list(record.cases)
    for _ in range(2):
        cases.remove(chance.choice(cases))
    for _ in range(3):
        case = cases.pop(chance.randrange(len(cases)))
        cases.insert(chance.randrange(len(cases) + 1), case)
    return replace(record, cases=tuple(cases))


def case_of(record: Publication, case: str) -> Case:
    return next(found for found in record.cases if found.id == case)


def test_every_case_finds_its_counterpart_and_nothing_else_has_one() -> None:
    assert likely(pair_cases(selection(), digest())) == TRUTH


def test_both_ways_are_the_same() -> None:
    back = likely(pair_cases(digest(), selection()))
    assert back == {other: one for one, other in TRUTH.items()}


def test_most_pairs_are_right() -> None:
    wanted = right = wrong = wrong_and_sure = 0
    for seed in range(40):
        one, other = shuffled(selection(), seed), shuffled(digest(), seed + 1000)
        ones, others = {case.id for case in one.cases}, {case.id for case in other.cases}
        truth = {a: b for a, b in TRUTH.items() if a in ones and b in others}
        wanted += len(truth)
        for found in pair_cases(one, other):
            if found.one not in TITLE_PAGES and found.is_whole and found.confidence >= LIKELY:
                is_right = truth.get(found.one) == found.other
                right += is_right
                wrong += not is_right
                wrong_and_sure += not is_right and found.confidence >= SURE
    assert right / wanted >= 0.97
    assert wrong / (right + wrong) <= 0.02
    assert wrong_and_sure == 0


def test_every_case_and_section_is_in_one_row() -> None:
    pairs = pair_cases(selection(), digest())
    assert [p.one for p in pairs if p.one] == [case.id for case in selection().cases]
    assert sorted(p.other for p in pairs if p.other) == sorted(c.id for c in digest().cases)


@pytest.mark.parametrize("case", TRUTH)
def test_sections_stand_beside_those_of_their_kind(case: str) -> None:
    here, there = case_of(selection(), case), case_of(digest(), TRUTH[case])
    found = likely(pair_sections((selection(), here), (digest(), there)))
    kinds = {section.id: section.kind for section in there.sections}
    assert {s.kind: kinds[found[s.id]] for s in here.sections if s.id in found} == {
        s.kind: s.kind for s in here.sections
    }


def test_a_section_that_only_one_language_has_stands_alone() -> None:
    here = case_of(selection(), "koe-chto-luchshe-ulitsy")
    shorter = replace(here, sections=tuple(s for s in here.sections if s.kind != "activity"))
    there = case_of(digest(), "something-better-than-the-street")
    pairs = pair_sections((selection(), shorter), (digest(), there))
    assert Pair("", "activity") in pairs
    assert likely(pairs).keys() == {s.id for s in shorter.sections}


# ---- what the editor says


def said(translated: Mapping[str, str], other: str = DIGEST) -> Publication:
    return replace(selection(), translation_of=other, translated=dict(translated))


def test_what_the_editor_said_stands() -> None:
    pairs = pair_cases(said({"predislovie": "introduction"}), digest())
    assert Pair("predislovie", "introduction", said=True) in pairs
    assert likely(pairs) == TRUTH | {"predislovie": "introduction"}


def test_it_stands_from_the_other_side_as_well() -> None:
    pairs = pair_cases(digest(), said({"predislovie": "introduction"}))
    assert Pair("introduction", "predislovie", said=True) in pairs


def test_the_editor_may_say_that_there_is_none() -> None:
    pairs = pair_cases(said({"tri-kilometra-do-rodnika": ""}), digest())
    assert Pair("tri-kilometra-do-rodnika", "", said=True) in pairs
    assert Pair("", "three-kilometres-to-the-spring") in pairs


def test_that_there_is_none_holds_from_the_other_side() -> None:
    pairs = pair_cases(digest(), said({"tri-kilometra-do-rodnika": ""}))
    assert "three-kilometres-to-the-spring" not in likely(pairs)


def test_sections_can_be_said_too() -> None:
    case = "koe-chto-luchshe-ulitsy"
    record = said({f"{case}/summary": f"{TRUTH[case]}/general-information"})
    pairs = pair_sections(
        (record, case_of(record, case)), (digest(), case_of(digest(), TRUTH[case]))
    )
    assert Pair("summary", "general-information", said=True) in pairs


def test_what_moved_since_is_followed_and_what_went_is_passed_over() -> None:
    moved = replace(digest(), retired=(Retired("an-old-name", "introduction"),))
    record = said({"predislovie": "an-old-name", "never-there": "conclusions"})
    pairs = pair_cases(record, moved)
    assert Pair("predislovie", "introduction", said=True) in pairs
    assert "never-there" not in {pair.one for pair in pairs}


# ---- which publications are one book


@pytest.mark.parametrize(
    ("claims", "others"),
    [
        ({"a": "", "b": ""}, ()),
        ({"a": "", "b": "a"}, ("b",)),
        ({"a": "b", "b": ""}, ("b",)),
        ({"a": "", "b": "a", "c": "b"}, ("b", "c")),
        ({"a": "gone", "b": "gone"}, ("b",)),
        ({"a": "gone"}, ()),
        ({"a": "b", "b": "a"}, ("b",)),
        ({"a": "a"}, ()),
        ({}, ()),
    ],
)
def test_a_book_and_its_translations_belong_together(
    claims: dict[str, str], others: tuple[str, ...]
) -> None:
    assert others_of("a", claims) == others


def test_publications_without_cases_have_no_pairs() -> None:
    assert pair_cases(replace(selection(), cases=()), replace(digest(), cases=())) == ()
