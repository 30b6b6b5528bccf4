"""Books of other shapes than the casebook: numbered, in other languages, without recurrence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ManifestError, UnreadableError
from tests.small_books import GARDENS, ONE_CASE, RUSSIAN_REPORT, TAJIK_CASES, ingest, outline


def test_a_numbered_russian_report_becomes_chapters_with_sections() -> None:
    record, _ = ingest(RUSSIAN_REPORT)
    assert outline(record)[1:] == [
        ("front", "1. Введение", ["lead"]),
        ("case", "2. Как работают товарищества", ["lead", "sbor-platy", "remont-kanalov"]),
        ("back", "3. Выводы", ["lead"]),
    ]
    assert (record.language, record.year) == ("ru", 2019)


def test_the_items_of_a_numbered_list_are_no_chapters() -> None:
    record, _ = ingest(RUSSIAN_REPORT)
    lead = record.cases[2].sections[0]
    assert [block.kind for block in lead.blocks] == ["paragraph", "item", "item", "item"]


def test_pages_of_a_text_come_from_its_contents_page() -> None:
    record, _ = ingest(RUSSIAN_REPORT)
    assert [case.first_page for case in record.cases[1:]] == [2, 2, 4]


def test_tajik_cases_are_told_by_the_sections_that_recur() -> None:
    record, _ = ingest(TAJIK_CASES)
    sections = ["background", "activity", "results"]
    assert outline(record)[1:] == [
        ("case", "Мактаби нав", sections),
        ("case", "Оби тоза", sections),
        ("case", "Роҳи деҳа", sections),
    ]
    assert record.cases[1].organisation == "Ташкилоти деҳаи Сино"
    assert record.language == "tg"


def test_short_paragraphs_head_chapters_where_nothing_recurs() -> None:
    record, _ = ingest(GARDENS)
    titles = ["The beginning", "What grew", "What we would do otherwise"]
    assert [case.title for case in record.cases if case.kind == "case"] == titles


def test_a_single_case_has_its_sections_below_it() -> None:
    record, _ = ingest(ONE_CASE)
    assert outline(record) == [
        ("case", "A mill for the valley", ["summary", "background", "activity", "results"])
    ]
    assert record.cases[0].organisation == "Village Organisation Mirzo"


def test_a_text_without_any_heading_is_one_case() -> None:
    record, segmented = ingest("it rained all day. nobody came. " * 20)
    assert [(case.kind, len(case.sections)) for case in record.cases] == [("case", 1)]
    assert segmented.marks == ()


@pytest.mark.parametrize(
    ("manifest", "title", "sections"),
    [
        (
            '"obi-toza" = {title = "Clean water"}',
            "Clean water",
            ["background", "activity", "results"],
        ),
        ('"obi-toza/results" = {drop = true}', "Оби тоза", ["background", "activity"]),
        ('"obi-toza/activity" = {merge = true}', "Оби тоза", ["background", "results"]),
        ('"obi-toza/results" = {kind = "gain"}', "Оби тоза", ["background", "activity", "gain"]),
        (
            '"obi-toza/background" = {split = "Дар деҳа", heading = "Об", kind = "water"}',
            "Оби тоза",
            ["background", "water", "activity", "results"],
        ),
    ],
)
def test_one_line_of_a_manifest_corrects_a_case(
    manifest: str, title: str, sections: list[str]
) -> None:
    record, _ = ingest(TAJIK_CASES, f"[corrections]\n{manifest}\n")
    assert outline(record)[2] == ("case", title, sections)


def test_a_part_begins_with_the_case_that_the_manifest_names() -> None:
    record, _ = ingest(TAJIK_CASES, '[parts]\n"North" = "obi-toza"\n')
    assert [record.part_title(case) for case in record.cases] == ["", "", "North", "North"]


def test_one_case_can_be_put_in_a_part_of_its_own() -> None:
    record, _ = ingest(TAJIK_CASES, '[corrections]\n"obi-toza" = {part = "South"}\n')
    assert [record.part_title(case) for case in record.cases] == ["", "", "South", ""]


def test_an_unknown_address_names_the_nearest_ones() -> None:
    with pytest.raises(ManifestError, match="obi-toza"):
        ingest(TAJIK_CASES, '[corrections]\n"obi-tosa" = {title = "x"}\n')


@pytest.mark.parametrize(
    ("manifest", "key"),
    [
        ('[corrections]\n"obi-toza" = {kind = "annex"}', "corrections.obi-toza.kind"),
        (
            '[corrections]\n"obi-toza/results" = {organisation = "x"}',
            "corrections.obi-toza/results.organisation",
        ),
        ('[corrections]\n"obi-toza/results" = {part = "x"}', "obi-toza/results.part"),
        ('[corrections]\n"obi-toza" = {page = 9}', "corrections.obi-toza.page"),
        ('[parts]\n"North" = "nowhere"', "parts.North"),
    ],
)
def test_what_cannot_be_done_is_refused_by_its_key(manifest: str, key: str) -> None:
    with pytest.raises(ManifestError, match=f"“[^”]*{key}”: "):
        ingest(TAJIK_CASES, f"{manifest}\n")


def test_a_split_that_finds_no_line_names_the_nearest() -> None:
    with pytest.raises(ManifestError, match=r"no line there begins with.*nearest: “Дар деҳа об"):
        ingest(TAJIK_CASES, '[corrections]\n"obi-toza/background" = {split = "Дар деха"}\n')


def test_a_page_that_begins_with_no_line_names_the_nearest() -> None:
    with pytest.raises(ManifestError, match=r"pages\.2.*nearest: “Қубур"):
        ingest(TAJIK_CASES, '[pages]\n2 = "Кубур аз чашма"\n')


def test_text_before_the_first_heading_can_be_split() -> None:
    prose = "it rained all day. nobody came. " * 20
    text = f"{prose}\n\nin June they dug the well.\n{prose}"
    manifest = '[corrections]\n"start" = {split = "in June", title = "The well"}\n'
    record, _ = ingest(text, manifest)
    assert [case.title for case in record.cases][1:] == ["The well"]
    with pytest.raises(ManifestError, match="can only be split"):
        ingest(text, '[corrections]\n"start" = {drop = true}\n')


@pytest.mark.parametrize(
    ("correction", "changed"),
    [
        ('"obi-toza" = {organisation = "Village Council"}', ("organisation", "Village Council")),
        ('"obi-toza" = {kind = "back"}', ("kind", "back")),
        ('"obi-toza" = {page = 1}', ("first_page", 1)),
    ],
)
def test_facts_of_a_case_are_set(correction: str, changed: tuple[str, object]) -> None:
    record, _ = ingest(TAJIK_CASES, f"[corrections]\n{correction}\n")
    case = next(case for case in record.cases if case.id == "obi-toza")
    assert getattr(case, changed[0]) == changed[1]


@pytest.mark.parametrize(
    ("level", "cases", "sections"),
    [("section", 2, 3), ("heading", 2, 3), ("case", 4, 2), ("part", 3, 2)],
)
def test_levels_can_be_said(level: str, cases: int, sections: int) -> None:
    address = "obi-toza/results" if level in {"case", "part", "heading"} else "obi-toza/activity"
    record, segmented = ingest(TAJIK_CASES, f'[corrections]\n"{address}" = {{level = "{level}"}}\n')
    case = next(case for case in record.cases if case.id == "obi-toza")
    assert segmented.marks
    assert len(case.sections) == (sections if level == "section" else 2)
    assert len([c for c in record.cases if c.kind == "case"]) == (cases if level == "case" else 3)


def test_the_language_of_a_case_or_section_can_be_said() -> None:
    manifest = '[corrections]\n"obi-toza" = {language = "ru"}\n'
    manifest += '"obi-toza/results" = {language = "en"}\n'
    record, _ = ingest(TAJIK_CASES, manifest)
    case = next(case for case in record.cases if case.id == "obi-toza")
    assert [section.language for section in case.sections] == ["ru", "ru", "en"]


def test_every_character_of_a_block_is_traced_to_one_line() -> None:
    for book in (GARDENS, RUSSIAN_REPORT, TAJIK_CASES):
        record, segmented = ingest(book)
        pages = {page.number: page for page in segmented.extraction.pages}
        blocks = [b for case in record.cases for s in case.sections for b in s.blocks]
        for block in blocks:
            covered = "".join(block.text[span.start : span.end] for span in block.lines)
            printed = "".join(pages[span.page].lines[span.line].text for span in block.lines)
            assert covered.replace(" ", "") == block.text.replace(" ", "")
            assert covered == printed


def test_no_line_is_lost_or_told_twice() -> None:
    record, segmented = ingest(RUSSIAN_REPORT)
    used = [
        (span.page, span.line)
        for case in record.cases
        for spans in [case.title_lines, *(s.heading_lines for s in case.sections)]
        for span in spans
    ]
    used += [
        (span.page, span.line)
        for case in record.cases
        for section in case.sections
        for block in section.blocks
        for span in block.lines
    ]
    flow = segmented.flow.lines
    text = [k for k in range(len(flow)) if k not in segmented.outside]
    assert sorted(used) == sorted((flow[k].page, flow[k].index) for k in text)


WORDS = [
    "Summary",
    "Activity",
    "1. One",
    "2.1 Two",
    "Water for all",
    "it rained.",
    "3",
    "",
    "•",
    "a:",
]
LINES = st.lists(
    st.one_of(
        st.sampled_from(WORDS), st.text(max_size=12), st.just("Contents"), st.just("A ... 3")
    ),
    min_size=1,
    max_size=40,
)


@given(LINES)
def test_no_text_whatever_is_refused_or_loses_its_lines(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\x00", "")
    try:
        record, segmented = ingest(text)
    except UnreadableError:
        return
    assert all(case.sections for case in record.cases)
    flow, outside = segmented.flow.lines, segmented.outside
    told = {
        (span.page, span.line)
        for case in record.cases
        for section in case.sections
        for spans in [section.heading_lines, *(block.lines for block in section.blocks)]
        for span in spans
    }
    headers = {k for m in segmented.marks if m.role != "heading" for k in range(m.start, m.end)}
    text_lines = set(range(len(flow))) - set(outside) - headers
    assert {(flow[k].page, flow[k].index) for k in text_lines} <= told
