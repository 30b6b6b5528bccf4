"""Identity: addresses outlive a new edition."""

from __future__ import annotations

import msgspec

from ingest.identity import keep_ids
from search.model import Publication
from tests.small_books import TAJIK_CASES, ingest


def addresses(record: Publication) -> set[str]:
    cases = {case.id for case in record.cases}
    return cases | {f"{c.id}/{s.id}" for c in record.cases for s in c.sections}


def test_the_same_record_again_changes_nothing() -> None:
    record, _ = ingest(TAJIK_CASES)
    assert keep_ids(record, record) == record


def test_a_renamed_case_keeps_its_id() -> None:
    old, _ = ingest(TAJIK_CASES)
    new, _ = ingest(TAJIK_CASES, '[corrections]\n"obi-toza" = {title = "Clean water"}\n')
    kept = keep_ids(new, old)
    assert [case.id for case in kept.cases] == [case.id for case in old.cases]
    assert kept.retired == ()


def test_a_section_that_was_merged_leads_to_its_case() -> None:
    old, _ = ingest(TAJIK_CASES)
    new, _ = ingest(TAJIK_CASES, '[corrections]\n"obi-toza/activity" = {merge = true}\n')
    retired = {r.address: r.successor for r in keep_ids(new, old).retired}
    assert list(retired) == ["obi-toza/activity", "obi-toza/activity/p1"]
    assert all(target.startswith("obi-toza/") for target in retired.values())


def test_a_case_that_vanished_says_so_and_gives_its_id_to_nobody() -> None:
    old, _ = ingest(TAJIK_CASES)
    before, rest = TAJIK_CASES.split("Оби тоза\n")
    shorter, _ = ingest(before + rest[rest.index("Роҳи деҳа") :])
    kept = keep_ids(shorter, old)
    gone = {r.address: r for r in kept.retired}
    assert {"obi-toza", "obi-toza/background"} <= set(gone)
    assert gone["obi-toza"].note or gone["obi-toza"].successor
    assert not addresses(kept) & set(gone)


def test_addresses_retired_before_stay_retired() -> None:
    old, _ = ingest(TAJIK_CASES)
    new, _ = ingest(TAJIK_CASES, '[corrections]\n"obi-toza/activity" = {merge = true}\n')
    second = keep_ids(new, old)
    third = keep_ids(msgspec.structs.replace(new, retired=()), second)
    assert third.retired == second.retired


def test_no_address_of_the_old_record_is_ever_lost() -> None:
    old, _ = ingest(TAJIK_CASES)
    new, _ = ingest(TAJIK_CASES.replace("Фаъолият", "Чӣ шуд").replace("Натиҷаҳо", "Оқибат"))
    kept = keep_ids(new, old)
    assert addresses(old) <= addresses(kept) | {r.address for r in kept.retired}


def test_a_retired_address_is_not_given_to_another_section_of_the_same_kind() -> None:
    old, _ = ingest(TAJIK_CASES)
    merged, _ = ingest(TAJIK_CASES, '[corrections]\n"obi-toza/activity" = {merge = true}\n')
    second = keep_ids(merged, old)
    other = TAJIK_CASES.replace("Қубур аз чашма то деҳа кашида шуд", "Ҷавонон чоҳ канданд")
    third = keep_ids(ingest(other)[0], second)
    assert "obi-toza/activity" in {r.address for r in third.retired}
    assert "obi-toza/activity" not in addresses(third)
    assert "obi-toza/activity-2" in addresses(third)
