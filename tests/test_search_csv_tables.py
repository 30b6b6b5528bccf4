"""Tables for spreadsheets: read back as they were, and never a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.csv_cells import BYTE_ORDER_MARK
from search.csv_tables import (
    collocation_rows,
    concordance_rows,
    count_rows,
    csv_text,
    profile_rows,
    shared_phrase_rows,
)
from tests.records import make_case, make_publication, make_section
from tests.sites import make_library


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@given(cells=st.lists(st.text(), min_size=1))
def test_no_cell_is_taken_for_a_formula_or_breaks_a_row(cells: list[str]) -> None:
    (row,) = read(csv_text([["first", *cells]]))
    for cell, written in zip(cells, row[1:], strict=True):
        assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert " ".join(written.removeprefix("'").split()) in {
            " ".join(cell.replace("\0", "").split()),
            " ".join(cell.replace("\0", "").removeprefix("'").split()),
        }


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert csv_text([[-1, 0.5, None, "-1"]]) == "-1,0.5,,'-1\r\n"


def test_excel_is_told_the_encoding() -> None:
    assert csv_text([["вода"]], for_excel=True) == f"{BYTE_ORDER_MARK}вода\r\n"


def test_every_table_has_one_width(tmp_path: Path) -> None:
    text = "=the bridge over the river and the road beside it, again"
    cases = tuple(
        make_case(name, f"=Case {name}", make_section("lead", text), by="@By", part="north")
        for name in ("one", "two")
    )
    with make_library(tmp_path, make_publication(cases=cases)) as library:
        counts = library.count_phrases(["bridge", "=nothing", "-bridge"])
        tables = [
            list(concordance_rows(library.concordance("bridge"))),
            list(profile_rows(library.profile("bridge"))),
            list(collocation_rows(library.collocations("bridge", least=1))),
            list(shared_phrase_rows(library.shared_phrases())),
            list(count_rows(counts, "region")),
            list(count_rows(counts, "case")),
        ]
    for table in tables:
        rows = read(csv_text(table))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
        assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("by", ["region", "case"])
def test_a_phrase_that_is_nowhere_still_has_its_row(by: str, tmp_path: Path) -> None:
    with make_library(tmp_path) as library:
        counts = library.count_phrases(["unicorn", "pump"])
    rows = read(csv_text(count_rows(counts, "case" if by == "case" else "region")))
    found = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert next(row["count"] for row in found if row["phrase"] == "unicorn") == "0"
    assert sum(int(row["count"]) for row in found if row["phrase"] == "pump") > 0
