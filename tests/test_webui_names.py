"""Words of the interface."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from search.model import PageLabel, Source
from tests.records import make_publication
from webui.names import counted, facet_title, page_name, page_range, page_title, shorten


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
    assert page_title(PageLabel(14, "12")) == "Page 12 (14 of the file) begins here"
    assert page_title(PageLabel(12, "12")) == "Page 12 begins here"
    assert page_title(PageLabel(14, "")) == "Page 14 of the file begins here"


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
