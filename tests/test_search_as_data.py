from __future__ import annotations

import json
from typing import Any

import msgspec

from search.exports.as_data import export_publication
from search.model import Publication
from tests.records import make_block, make_case, make_publication, make_section


def exported(record: Publication) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(msgspec.json.encode(export_publication(record)))
    return found


def test_front_and_back_matter_are_cases_without_a_number() -> None:
    cases = exported(make_publication())["cases"]
    assert [(case["kind"], case["number"]) for case in cases] == [
        ("front", None),
        ("case", 1),
        ("case", 2),
        ("case", 3),
        ("back", None),
    ]


def test_a_case_says_where_it_stands() -> None:
    case = exported(make_publication())["cases"][1]
    assert case["id"] == "a-bridge-over-the-alder"
    assert case["title"] == "A Bridge over the Alder"
    assert case["organisation"] == "Alder Carpenters"
    assert case["part"] == case["region"] == "North Valley"
    assert (case["first_page"], case["last_page"]) == (2, 3)


def test_captions_stand_beside_the_text() -> None:
    section = exported(make_publication())["cases"][1]["sections"][1]
    assert section["captions"] == ["Carpenters at the north bank"]
    assert section["text"].endswith("gave two days of\nlabour until the bridge stood. Children "
                                    "cross it to school now.")  # fmt: skip
    assert (section["id"], section["heading"]) == ("activity", "Activity")
    assert (section["page"], section["last_page"]) == (2, 3)


def test_deeper_headings_are_listed_and_stay_in_the_text() -> None:
    heading = make_block("How it began", kind="heading", page=3)
    case = make_case("c", "C", make_section("lead", "First.", heading, "Then.", page=3))
    section = exported(make_publication(cases=(case,)))["cases"][0]["sections"][0]
    assert section["headings"] == [{"level": 0, "title": "How it began", "page": 3}]
    assert section["text"] == "First.\nHow it began\nThen."


def test_the_publication_comes_with_its_facts() -> None:
    facts = exported(make_publication())["publication"]
    assert (facts["id"], facts["title"], facts["year"]) == (
        "river-and-road",
        "River and Road",
        2019,
    )
    assert (facts["pages"], facts["parts"]) == (6, ["North Valley", "South Hills"])


def test_pages_that_nobody_knows_are_null() -> None:
    case = make_case("c", "C", make_section("lead", "Text.", page=0))
    found = exported(make_publication(cases=(case,)))["cases"][0]
    assert found["first_page"] is None
    assert found["sections"][0]["page"] is None


def test_a_section_speaks_the_publication_s_language_unless_it_says_otherwise() -> None:
    cases = exported(make_publication())["cases"]
    assert [section["language"] for section in cases[3]["sections"]] == ["en", "ru"]
