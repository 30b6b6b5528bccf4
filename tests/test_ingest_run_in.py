"""Run-in headings: sections that begin on the line of their heading."""

from __future__ import annotations

import pytest

from tests.small_books import TAJIK_CASES, ingest, outline

NAMES = ("Мушкилот", "Фаъолият", "Натиҷаҳо")


def run_in(mark: str) -> str:
    book = TAJIK_CASES
    for name in NAMES:
        book = book.replace(f"{name}\n", f"{name}{mark} ")
    return book


@pytest.mark.parametrize("mark", [".", ":", " –"])
def test_headings_that_the_text_runs_on_from_open_sections(mark: str) -> None:
    record, _ = ingest(run_in(mark))
    plain, _ = ingest(TAJIK_CASES)
    assert outline(record)[1:] == outline(plain)[1:]
    assert [s.text for c in record.cases[1:] for s in c.sections] == [
        s.text for c in plain.cases[1:] for s in c.sections
    ]


def test_both_pieces_of_a_cut_line_are_traced_to_it() -> None:
    record, segmented = ingest(run_in(":"))
    section = record.cases[1].sections[0]
    heading, text = section.heading_lines[0], section.blocks[0].lines[0]
    assert (heading.page, heading.line) == (text.page, text.line)
    printed = segmented.extraction.pages[heading.page - 1].lines[heading.line].text
    assert printed == f"{section.heading}: {section.blocks[0].text[text.start : text.end]}"


def test_data_that_recur_after_a_label_are_no_sections() -> None:
    contact = "Роҳбар: Сафаров А.\nТелефон: 22-33-44\n"
    book = TAJIK_CASES.replace("\nОби", f"{contact}\nОби").replace("\nРоҳи", f"{contact}\nРоҳи")
    record, _ = ingest(book + contact)
    assert [len(case.sections) for case in record.cases[1:]] == [3, 3, 3]
