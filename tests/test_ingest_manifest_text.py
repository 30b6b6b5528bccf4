"""Manifest text: what a dry run writes changes nothing, and is ready to be corrected."""

from __future__ import annotations

import re

import pytest

from ingest.manifest import Manifest, read_manifest
from ingest.manifest_text import manifest_text
from ingest.report import Report, make_report
from search.model import Publication
from tests.small_books import GARDENS, RUSSIAN_REPORT, TAJIK_CASES, ingest

BOOKS = {"gardens": GARDENS, "russian": RUSSIAN_REPORT, "tajik": TAJIK_CASES}


def reported(text: str, manifest: str = "") -> tuple[Publication, Report]:
    record, segmented = ingest(text, manifest)
    return record, make_report(segmented, record)


@pytest.mark.parametrize("name", BOOKS)
def test_as_it_stands_it_says_nothing(name: str) -> None:
    _, report = reported(BOOKS[name])
    assert read_manifest(manifest_text(report, "book.txt")) == Manifest()


@pytest.mark.parametrize("name", BOOKS)
def test_with_every_line_made_to_count_the_tree_stays(name: str) -> None:
    record, report = reported(BOOKS[name])
    said = re.sub(r"^# ", "", manifest_text(report, "book.txt"), flags=re.MULTILINE)
    assert read_manifest(said).corrections
    again, _ = reported(BOOKS[name], said)
    assert [(c.title, c.organisation, c.part, c.kind) for c in again.cases] == [
        (c.title, c.organisation, c.part, c.kind) for c in record.cases
    ]
    assert [[(s.heading, s.kind, s.text) for s in c.sections] for c in again.cases] == [
        [(s.heading, s.kind, s.text) for s in c.sections] for c in record.cases
    ]


def test_names_of_files_and_titles_cannot_break_out_of_their_line() -> None:
    _, report = reported(GARDENS.replace("What grew", 'What "grew" \\ \x7f there'))
    assert read_manifest(manifest_text(report, 'a\n[kinds]\n"b" = "c"')) == Manifest()


def test_facts_are_guesses_until_the_editor_says_them() -> None:
    _, report = reported(GARDENS, '[publication]\ntitle = "Gardens"\n')
    facts = {fact.key: (fact.value, fact.is_guess) for fact in report.facts}
    assert facts["title"] == ("Gardens", False)
    assert facts["year"] == ("2020", True)
    assert facts["language"] == ("en", True)
    assert facts["isbn"] == ("", True)


def test_headings_that_the_contents_page_lacks_are_named() -> None:
    text = RUSSIAN_REPORT.replace("3. Выводы .......... 4\n", "")
    _, report = reported(text)
    assert [heading.title for heading in report.unpromised] == ["3. Выводы"]
    assert reported(RUSSIAN_REPORT)[1].unpromised == ()
    assert reported(GARDENS)[1].unpromised == ()
