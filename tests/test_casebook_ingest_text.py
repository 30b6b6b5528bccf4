from __future__ import annotations

import pytest
from rich.console import RenderableType

from casebook.ingest_text import dry_run_text, sentence, summary
from casebook.intake import FileResult, HeadingResult, Taken
from casebook.terminal import show
from ingest.report import (
    Doubt,
    Fact,
    ForeignSection,
    FoundHeading,
    Report,
    ReportCase,
    ReportSection,
    Undelivered,
)

NASTY = "\x1b[2J"
RESULT = FileResult(
    file="given/wells.pdf",
    outcome="ok",
    publication="wells",
    message="“Wells”: 1 case with 1 section.",
    pages=12,
    headings=(
        HeadingResult(1, "East", 3, ("outline",), 0.9),
        HeadingResult(2, "A Deep Well", 3, ("outline", "bold"), 0.9),
        HeadingResult(3, "Summary", 4, (), 0.2),
        HeadingResult(1, "West", 9, (), 0.9),
    ),
)
REPORT = Report(
    title="Wells",
    cases=(
        ReportCase(
            "deep-well",
            "A Deep Well",
            "case",
            "Diggers",
            "East",
            3,
            8,
            (ReportSection("deep-well/summary", "Summary", "summary", 4),),
        ),
    ),
    doubts=(Doubt("Summary", "little speaks for it"),),
    undelivered=(Undelivered("A Shallow Well", "7"),),
    unpromised=(FoundHeading(2, "Pumps", 11, (), 0.9),),
    running_heads=("Wells and Pumps",),
    facts=(Fact("title", "Wells", is_guess=True), Fact("publisher", "", is_guess=True)),
    languages=(ForeignSection("deep-well/summary", "ru"),),
)


def shown(text: RenderableType, capsys: pytest.CaptureFixture[str]) -> list[str]:
    show(text)
    return capsys.readouterr().out.splitlines()


def test_a_dry_run_shows_pages_addresses_evidence_and_doubts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shown(dry_run_text(Taken(RESULT, REPORT)), capsys) == [
        "title      Wells      guessed",
        "publisher  not found",
        "",
        "Wells",
        "├── East  p. 3  90%  [outline]",
        "│   └── A Deep Well  p. 3  deep-well  90%  [outline, bold]",
        "│       └── Summary  p. 4  /summary  unsure, 20%",
        "└── West  p. 9  90%",
        "",
        "Not sure about",
        "  Summary: little speaks for it",
        "",
        "In the contents page, but not found in the text",
        "  A Shallow Well, p. 7",
        "",
        "In the text, but not in the contents page",
        "  Pumps, p. 11",
        "",
        "In another language",
        "  deep-well/summary: ru",
        "",
        "Left out as running heads",
        "  Wells and Pumps",
        "",
        "Pages are counted in the file, from 1.",
    ]


def test_a_sentence_names_the_file_as_it_was_given() -> None:
    assert sentence(RESULT) == "given/wells.pdf → wells: “Wells”: 1 case with 1 section."
    rejected = FileResult("given/a.pdf", "rejected", message="a.pdf: the file is empty.")
    assert sentence(rejected) == "given/a.pdf: the file is empty."


def test_a_summary_counts_what_was_taken(capsys: pytest.CaptureFixture[str]) -> None:
    rejected = FileResult("a.pdf", "rejected", message="a.pdf: the file is empty.")
    lines = shown(summary([RESULT, rejected]), capsys)
    assert lines[1].split() == ["ok", "given/wells.pdf", "wells", "12"]
    assert lines[2].split() == ["rejected", "a.pdf"]
    assert lines[3] == "1 of 2 files taken"


def test_nothing_of_a_file_reaches_the_terminal_raw(capsys: pytest.CaptureFixture[str]) -> None:
    headings = (HeadingResult(1, NASTY, 1, (NASTY,), 0.1),)
    result = FileResult(NASTY, "ok", NASTY, NASTY, headings=headings)
    report = Report(NASTY, doubts=(Doubt(NASTY, NASTY),), running_heads=(NASTY,))
    lines = shown(dry_run_text(Taken(result, report)), capsys) + shown(summary([result]), capsys)
    assert "\x1b" not in "".join([*lines, sentence(result)])
