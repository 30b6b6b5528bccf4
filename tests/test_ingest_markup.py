"""Markup: headings that the author of a plain text marked."""

from __future__ import annotations

from ingest.markup import read_markup
from ingest.text_file import read_text
from tests.small_books import GARDENS, TAJIK_CASES, ingest, outline

TITLES = ["The beginning", "What grew", "What we would do otherwise"]


def with_signs(signs: str) -> str:
    book = GARDENS.replace("A Year of Gardens", "# A Year of Gardens")
    for title in TITLES:
        book = book.replace(f"\n{title}\n", f"\n{signs} {title}\n")
    return book


def with_rules(sign: str) -> str:
    book = GARDENS
    for title in TITLES:
        book = book.replace(f"\n{title}\n", f"\n{title}\n{sign * len(title)}\n")
    return book


def test_signs_before_headings_are_not_part_of_them() -> None:
    record, _ = ingest(with_signs("##"))
    text = " ".join(s.text for c in record.cases for s in c.sections)
    assert [case.title for case in record.cases if case.kind == "case"] == TITLES
    assert record.title == "A Year of Gardens"
    assert "#" not in text


def test_rules_below_headings_are_no_text() -> None:
    record, _ = ingest(with_rules("-"))
    assert [case.title for case in record.cases if case.kind == "case"] == TITLES
    assert "---" not in " ".join(s.text for c in record.cases for s in c.sections)


def test_cases_with_marked_headings_are_found_as_without_marks() -> None:
    book = TAJIK_CASES
    for title in ("Мактаби нав", "Оби тоза", "Роҳи деҳа"):
        book = book.replace(f"{title}\n", f"## {title}\n", 1)
    for name in ("Мушкилот", "Фаъолият", "Натиҷаҳо"):
        book = book.replace(f"{name}\n", f"\n### {name}\n\n")
    assert outline(ingest(book)[0])[1:] == outline(ingest(TAJIK_CASES)[0])[1:]


def test_a_few_lines_with_a_number_sign_are_no_headings() -> None:
    extraction = read_text(b"The college\n# 33 in the town\n\n# 5 is closed.\n", "book.txt")
    assert read_markup(extraction) == extraction


def test_reading_marks_twice_changes_nothing() -> None:
    once = read_markup(read_text(with_signs("##").encode(), "book.txt"))
    assert read_markup(once) == once
