from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.jsonl import Imported, next_edition, read_sections
from search.errors import InputError
from search.exports.as_lines import as_lines
from search.model import Publication
from search.slugs import is_slug

LINE: dict[str, object] = {
    "publication": "wells",
    "publication_title": "Wells and Pumps",
    "case": "deep-well",
    "case_title": "A Deep Well",
    "organisation": "Well Diggers",
    "part": "Eastern Hills",
    "section": "activity",
    "section_kind": "What was done",
    "heading": "Activity",
    "text": "They dug.\n\nThey found water.",
    "language": "en",
    "year": 2011,
    "page": 4,
}


def read(folder: Path, *lines: dict[str, object]) -> Imported:
    path = folder / "sections.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return read_sections(path, Path(tempfile.mkdtemp(dir=folder)))


def read_one(folder: Path, *lines: dict[str, object]) -> Publication:
    (publication,) = read(folder, *lines).publications
    return publication.record()


def test_every_key_finds_its_place_in_the_record(tmp_path: Path) -> None:
    record = read_one(tmp_path, LINE)
    (case,), (part,) = record.cases, record.parts
    (section,) = case.sections
    assert (record.id, record.title, record.year) == ("wells", "Wells and Pumps", 2011)
    assert (case.id, case.title, case.kind, case.number) == ("deep-well", "A Deep Well", "case", 1)
    assert (case.organisation, case.first_page, case.last_page) == ("Well Diggers", 4, 4)
    assert (part.title, case.part) == ("Eastern Hills", part.id)
    assert (section.id, section.kind, section.page) == ("activity", "What was done", 4)
    assert section.text == "They dug.\nThey found water."
    assert record.language == section.language == "en"


def test_only_four_keys_are_needed(tmp_path: Path) -> None:
    line: dict[str, object] = {"publication": "a", "case": "b", "section": "c", "text": "Word."}
    record = read_one(tmp_path, line)
    assert (record.title, record.year, record.parts) == ("a", None, ())
    assert (record.cases[0].title, record.cases[0].sections[0].kind) == ("b", "section")


def test_the_usual_name_of_a_heading_gives_the_kind_that_was_not_said(tmp_path: Path) -> None:
    record = read_one(tmp_path, LINE | {"section_kind": None, "heading": "Background"})
    assert record.cases[0].sections[0].kind == "background"


def test_lines_of_several_publications_and_cases_may_come_in_any_order(tmp_path: Path) -> None:
    places = [("x", "1", "a"), ("y", "1", "a"), ("x", "2", "a"), ("x", "1", "b"), ("y", "1", "b")]
    lines = [LINE | dict(zip(("publication", "case", "section"), p, strict=True)) for p in places]
    records = [found.record() for found in read(tmp_path, *lines).publications]
    assert [
        (record.id, case.id, section.id)
        for record in records
        for case in record.cases
        for section in case.sections
    ] == [("x", "1", "a"), ("x", "1", "b"), ("x", "2", "a"), ("y", "1", "a"), ("y", "1", "b")]
    assert [case.number for case in records[0].cases] == [1, 2]


def test_slugs_are_kept_and_other_ids_make_way_for_them(tmp_path: Path) -> None:
    names = ("Deep Well", "deep-well", "Deep well!", "page")
    record = read_one(tmp_path, *(LINE | {"case": name} for name in names))
    assert [case.id for case in record.cases] == [
        "deep-well-2",
        "deep-well",
        "deep-well-3",
        "page-2",
    ]


def test_a_section_given_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 2: .*“section” is “activity”, as in line 1"):
        read(tmp_path, LINE, LINE)


def test_the_first_fact_is_kept_and_a_contradiction_is_told(tmp_path: Path) -> None:
    imported = read(tmp_path, LINE, LINE | {"section": "plans", "year": 2012, "part": "West"})
    record = imported.publications[0].record()
    assert (record.year, [part.title for part in record.parts]) == (2011, ["Eastern Hills"])
    assert imported.notices == (
        "line 2: “year” is not that of line 1, which was kept",
        "line 2: “part” is not that of line 1, which was kept",
    )


def test_many_contradictions_are_told_in_short(tmp_path: Path) -> None:
    lines = (LINE | {"section": str(number), "year": number} for number in range(1, 40))
    notices = read(tmp_path, *lines).notices
    assert len(notices) == 21
    assert notices[-1] == "… and 18 more of this kind"


def test_a_section_in_another_language_says_so(tmp_path: Path) -> None:
    record = read_one(tmp_path, LINE, LINE | {"section": "plans", "language": "ru"})
    assert record.language == "en"
    assert [section.language for section in record.cases[0].sections] == ["en", "ru"]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\ntwo\n \t\n\nthree", ["one two", "three"]),
        ("one\r\n\r\ntwo", ["one", "two"]),
        ("bell\x07 and\x1b[31m red", ["bell and [31m red"]),
        (" \n ", []),
    ],
)
def test_blank_lines_part_paragraphs_else_line_ends_do(
    text: str, paragraphs: list[str], tmp_path: Path
) -> None:
    record = read_one(tmp_path, LINE | {"text": text})
    assert [block.text for block in record.cases[0].sections[0].blocks] == paragraphs


def test_a_source_holds_the_lines_of_its_own_publication(tmp_path: Path) -> None:
    other = LINE | {"publication": "roads"}
    imported = read(tmp_path, LINE, other, LINE | {"section": "plans"})
    for publication, count in zip(imported.publications, (2, 1), strict=True):
        data = publication.source.read_bytes()
        assert data.count(b"\n") == count
        source = publication.record().source
        assert (source.media, source.size_bytes) == ("jsonl", len(data))
        assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_file_of_empty_lines_is_refused(tmp_path: Path) -> None:
    (path := tmp_path / "empty.jsonl").write_bytes(b"\n \n")
    with pytest.raises(InputError, match="nothing but empty lines"):
        read_sections(path, tmp_path)


def test_progress_counts_bytes_up_to_the_whole(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = tmp_path / "many.jsonl"
    lines = (json.dumps(LINE | {"section": str(number)}) for number in range(1000))
    path.write_text("\n".join(lines), encoding="utf-8")
    read_sections(path, tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


def test_addresses_of_the_former_edition_stay_known(tmp_path: Path) -> None:
    places = [("well", "a"), ("well", "b"), ("road", "a")]
    lines = [LINE | {"case": case, "section": section} for case, section in places]
    former = read_one(tmp_path, *lines)
    second = next_edition(former, read_one(tmp_path, lines[0]))
    third = next_edition(second, read_one(tmp_path, lines[0], lines[2]))
    assert [(entry.address, entry.successor) for entry in second.retired] == [
        ("road", ""),
        ("road/a", ""),
        ("well/b", "well"),
    ]
    assert [entry.address for entry in third.retired] == ["well/b"]
    assert (second.edition, third.edition) == (2, 3)


def test_the_same_lines_once_more_are_the_same_edition(tmp_path: Path) -> None:
    record = read_one(tmp_path, LINE)
    assert next_edition(record, record) == record


NAMES = st.text(min_size=1, max_size=8)


@settings(max_examples=50)
@given(st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=12, unique=True))
def test_whatever_the_ids_every_line_gets_an_address_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("ids")
    lines = [LINE | dict(zip(("publication", "case", "section"), p, strict=True)) for p in places]
    records = [found.record() for found in read(folder, *lines).publications]
    addresses = {
        (record.id, case.id, section.id)
        for record in records
        for case in record.cases
        for section in case.sections
    }
    assert len(addresses) == len(places)
    assert all(is_slug(part) for address in addresses for part in address)


def test_lines_may_say_of_what_they_are_a_translation(tmp_path: Path) -> None:
    record = read_one(tmp_path, LINE | {"translation_of": "Колодцы"}, LINE | {"section": "b"})
    assert record.translation_of == "kolodtsy"
    exported = [json.loads(line) for line in as_lines(record).splitlines()]
    assert read_one(tmp_path, *exported).translation_of == record.translation_of
