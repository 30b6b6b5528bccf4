"""Every form of a publication, read back by what reads such files."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.jsonl import read_sections
from search.csv_cells import safe_cell
from search.exports.as_html import as_html
from search.exports.as_markdown import as_markdown, escaped
from search.exports.as_table import COLUMNS, as_table
from search.exports.catalog import FORMS
from search.model import Publication
from search.permalinks import addresses
from tests.records import make_block, make_case, make_publication, make_section

NOW = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)
BOOK = make_publication()
NASTY = "<b>&\"'</b> =1+1 *x* `y` # z \x0b"


def nasty_publication() -> Publication:
    block = make_block(NASTY)
    case = make_case("nasty", NASTY, make_section("lead", block, heading=NASTY), by=NASTY)
    return make_publication("nasty", title=NASTY, cases=(case,))


def read_table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_lines_import_to_the_same_addresses_kinds_and_texts(tmp_path: Path) -> None:
    file = tmp_path / "book.jsonl"
    file.write_bytes(FORMS["jsonl"].write(BOOK, NOW))
    (imported,) = read_sections(file, tmp_path).publications
    record = imported.record()
    assert list(addresses(record)) == list(addresses(BOOK))
    assert [(c.kind, c.number, c.title, c.organisation) for c in record.cases] == [
        (c.kind, c.number, c.title, c.organisation) for c in BOOK.cases
    ]
    assert [record.part_title(case) for case in record.cases] == [
        BOOK.part_title(case) for case in BOOK.cases
    ]
    assert [s.text for c in record.cases for s in c.sections] == [
        s.text for c in BOOK.cases for s in c.sections
    ]
    labels = {page.number: page.label for page in BOOK.pages}
    assert all(labels[page.number] == page.label for page in record.pages)


def test_what_was_imported_is_exported_line_for_line_again(tmp_path: Path) -> None:
    file = tmp_path / "book.jsonl"
    file.write_bytes(FORMS["jsonl"].write(BOOK, NOW))
    (imported,) = read_sections(file, tmp_path).publications
    assert FORMS["jsonl"].write(imported.record(), NOW) == file.read_bytes()


def test_a_table_has_a_row_for_each_section_with_its_page_and_address() -> None:
    rows = read_table(as_table(BOOK))
    assert len(rows) == sum(len(case.sections) for case in BOOK.cases)
    bridge = next(row for row in rows if row["case"] == "a-bridge-over-the-alder")
    assert tuple(bridge) == COLUMNS
    assert bridge["part"] == "North Valley"
    assert bridge["permalink"].startswith("/p/river-and-road/a-bridge-over-the-alder/")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    case = make_case("c", text, make_section("lead", text))
    cells = [
        cell
        for row in read_table(as_table(make_publication(cases=(case,))))
        for cell in row.values()
    ]
    assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]


def test_a_page_has_an_anchor_for_every_address() -> None:
    class Ids(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: set[str] = set()
            self.links: set[str] = set()

        def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
            known = dict(attrs)
            self.found.add(known.get("id") or "")
            self.links.add((known.get("href") or "#").removeprefix("#"))

    page = Ids()
    page.feed(as_html(BOOK).decode())
    assert set(addresses(BOOK)) <= page.found
    assert page.links - {""} <= page.found


def test_an_e_book_opens_names_its_files_and_has_every_case() -> None:
    with zipfile.ZipFile(io.BytesIO(FORMS["epub"].write(BOOK, NOW))) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        package = ET.fromstring(book.read("book/package.opf"))
        named = {item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")}
        there = {n.removeprefix("book/") for n in book.namelist() if n.startswith("book/")}
        assert named == there - {"package.opf"}
        texts = "".join(book.read(f"book/case-{n}.xhtml").decode() for n in range(1, 6))
        assert all(case.id in texts for case in BOOK.cases)


def test_an_e_book_is_the_same_for_the_same_record_and_time() -> None:
    assert FORMS["epub"].write(BOOK, NOW) == FORMS["epub"].write(BOOK, NOW)


def test_hostile_texts_stay_texts_in_every_markup() -> None:
    record = nasty_publication()
    assert "<b>" not in as_html(record).decode()
    with zipfile.ZipFile(io.BytesIO(FORMS["epub"].write(record, NOW))) as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".xml")):
                ET.fromstring(book.read(name))


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_takes_a_publication_without_cases_and_a_hostile_one(form: str) -> None:
    FORMS[form].write(make_publication(cases=()), NOW)
    assert FORMS[form].write(nasty_publication(), NOW)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("# no heading", "\\# no heading"), ("1. no item", "1\\. no item"), ("a*b_c", "a\\*b\\_c")],
)
def test_signs_of_markdown_are_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text())
def test_escaping_only_adds_backslashes(text: str) -> None:
    assert escaped(text).replace("\\", "") == text.replace("\\", "")


def test_markdown_has_parts_cases_sections_and_pages() -> None:
    text = as_markdown(BOOK).decode()
    assert "## North Valley" in text
    assert "### 1. A Bridge over the Alder" in text
    assert '<a id="a-bridge-over-the-alder/activity"></a>' in text
