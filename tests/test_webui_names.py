"""Words of the interface."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from search.model import PageLabel, Source
from tests.records import make_publication
from webui.names import (
    counted,
    facet_title,
    page_name,
    page_range,
    page_title,
    section_name,
    shorten,
)


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 cases"), (1, "1 case"), (2, "2 cases"), (1234, "1,234 cases")]
)
def test_things_are_counted(count: int, words: str) -> None:
    assert counted(count, "case") == words


def test_a_long_text_is_cut_with_a_sign() -> None:
    assert shorten("abcdef", 6) == "abcdef"
    assert shorten("abcdefg", 6) == "abcde…"


def test_what_is_printed_goes_before_the_place_in_the_file() -> None:
    record = make_publication()
    assert [page_name(record, number) for number in (2, 1, 0)] == ["p. 2", "file p. 1", ""]


def test_a_page_has_a_name_in_full() -> None:
    record = replace(
        make_publication(),
        source=Source("a.pdf", "pdf", "", 0),
        pages=(PageLabel(1, ""), PageLabel(2, "i"), PageLabel(3, "3")),
    )
    assert [page_title(record, page) for page in record.pages] == [
        "PDF page 1",
        "Page i (PDF page 2)",
        "Page 3",
    ]


def test_imported_lines_are_on_the_page_that_they_say() -> None:
    record = replace(make_publication(), source=Source("a.jsonl", "jsonl", "", 0), pages=())
    assert page_range(record, 4, 5) == "pp. 4–5"


@pytest.mark.parametrize(
    ("heading", "kind", "name"),
    [
        ("What was done", "activity", "What was done"),
        ("", "lead", "Opening"),
        ("", "key-factors", "Key factors"),
    ],
)
def test_a_section_without_a_heading_is_called_by_its_kind(
    heading: str, kind: str, name: str
) -> None:
    assert section_name(heading, kind) == name


def test_a_range_names_the_place_in_the_pdf_where_it_differs() -> None:
    record = replace(
        make_publication(),
        source=Source("a.pdf", "pdf", "", 0),
        pages=tuple(PageLabel(n, str(n - 2) if n > 2 else "") for n in range(1, 9)),
    )
    assert page_range(record, 5, 6) == "pp. 3–4 (PDF pp. 5–6)"
    assert page_range(record, 5, 5) == "p. 3 (PDF p. 5)"
    assert page_range(record, 1, 1) == "PDF p. 1"
    assert page_range(record, 0, 0) == ""
    assert page_range(make_publication(), 2, 3) == "pp. 2–3"


def test_an_unknown_facet_is_called_by_its_key() -> None:
    assert facet_title("section_kind") == "Kind of section"
    assert facet_title("river_basin") == "River basin"
