"""Headings: those of one report are found however it is typeset, and in its plain text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.manifest import read_manifest
from ingest.preparing import make_publication
from ingest.report import FoundHeading, found_headings
from ingest.text_file import read_text
from ingest.titles import split_number, squeeze
from search.model import Extraction, PrintedLine, Source
from tests.pdf_samples import read_here
from tests.renderings import Look, TrueHeading, Type, typeset

BOLD, ROMAN, ITALIC = "Times-Bold", "Times-Roman", "Times-Italic"
SANS, SANS_BOLD = "Helvetica", "Helvetica-Bold"
THREE = (Type(size=20), Type(size=14.5), Type(size=12.5))
TWO = THREE[:2]

# Each kind with the least F1 of headings and the least share of right levels.
KINDS: dict[str, tuple[Look, float, float]] = {
    "sizes": (Look(THREE), 0.98, 0.98),
    "one size, bold, capitals, italics": (
        Look((Type(caps=True), Type(), Type("Times-BoldItalic")), new_pages=False),
        0.95,
        0.95,
    ),
    "another face": (Look((Type(size=18), Type(SANS, 11))), 0.95, 0.95),
    "italics and centring": (
        Look((Type(ROMAN, caps=True, centred=True), Type(ITALIC)), new_pages=False),
        0.95,
        0.95,
    ),
    "small capitals": (
        Look((Type(ROMAN, 16, small_caps=True), Type(ROMAN, small_caps=True))),
        0.9,
        0.95,
    ),
    "letters set apart": (Look((Type(ROMAN, 16, caps=True, spread=5), Type(spread=3))), 0.9, 0.95),
    "light large type": (Look((Type(SANS, 22), Type(SANS, 15))), 0.95, 0.95),
    "decimal numbers alone": (
        Look((Type(ROMAN), Type(ROMAN), Type(ROMAN)), numbers="decimal", new_pages=False),
        0.9,
        0.95,
    ),
    "roman numbers, letters, figures": (
        Look((Type(centred=True), Type(), Type(ITALIC)), numbers="roman", new_pages=False),
        0.9,
        0.95,
    ),
    "chapters counted in a line above": (Look(THREE, numbers="word"), 0.95, 0.95),
    "a contents page only": (
        Look((Type(ROMAN), Type(ROMAN)), contents=2, new_pages=False),
        0.95,
        0.95,
    ),
    "a contents page of chapters": (Look(THREE, contents=1), 0.95, 0.95),
    "two columns": (
        Look((Type(size=16), Type(SANS_BOLD, 11)), columns=2, new_pages=False),
        0.92,
        0.95,
    ),
    "run-in headings": (Look((Type(size=18), Type(size=14), Type(run_in=True))), 0.92, 0.95),
    "dropped initials": (Look(TWO, drop_caps=True), 0.95, 0.95),
    "boxes": (Look(TWO, boxes=True), 0.92, 0.95),
    "tables": (Look(TWO, numbers="decimal", tables=True), 0.92, 0.95),
    "frames": (Look(TWO, frames=True), 0.95, 0.95),
    "numbered points": (Look(TWO, numbers="decimal", contents=2, items=True), 0.95, 0.95),
    "space alone": (Look((Type(size=16), Type(ROMAN))), 0.95, 0.95),
    "italics with deep numbers": (
        Look((Type(size=15), Type(size=13), Type(), Type(ITALIC)), numbers="decimal"),
        0.95,
        0.95,
    ),
    "footnotes": (Look(TWO, notes=True), 0.95, 0.95),
    "large quotations": (Look(TWO, quotes=True), 0.92, 0.95),
    "running heads": (Look(TWO, running_head="The Year in Oldtown"), 0.95, 0.95),
    "annexes": (Look(TWO, annexes=True, contents=1), 0.95, 0.95),
    "cases": (
        Look((Type(size=16), Type()), labels=("Summary", "Background", "What was done", "Results")),
        0.95,
        0.95,
    ),
    "cases, plain labels": (
        Look((Type(size=14), Type(ROMAN)), labels=("Summary", "Background", "Results")),
        0.92,
        0.95,
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_found_however_they_are_set(kind: str, tmp_path: Path) -> None:
    look, least, least_levels = KINDS[kind]
    truth = typeset(tmp_path / "report.pdf", look)
    found = headings(Extraction("pdf", read_here(tmp_path / "report.pdf")))
    score, levels = scores(truth, found)
    assert score >= least, differences(truth, found)
    assert levels >= least_levels, found


PLAIN = ["sizes", "one size, bold, capitals, italics", "decimal numbers alone", "cases", "boxes"]


@pytest.mark.parametrize("kind", PLAIN)
@pytest.mark.parametrize("apart", [True, False], ids=["with blank lines", "without blank lines"])
def test_headings_are_found_in_plain_text(kind: str, apart: bool, tmp_path: Path) -> None:  # noqa: FBT001
    truth = typeset(tmp_path / "report.pdf", KINDS[kind][0])
    pages = read_here(tmp_path / "report.pdf")
    heads = {squeeze(heading.title) for heading in truth}
    text = "\f".join(
        "\n".join(
            f"\n{line.text}" if apart and squeeze(line.text) in heads else line.text
            for line in page.lines
        )
        for page in pages
    )
    found = headings(read_text(text.encode(), "report.txt"))
    assert scores(truth, found)[0] >= 0.85, differences(truth, found)


def test_columns_side_by_side_in_a_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    truth = typeset(tmp_path / "report.pdf", KINDS["two columns"][0])
    pages = read_here(tmp_path / "report.pdf")
    text = "\f".join("\n".join(side_by_side(page.lines)) for page in pages)
    found = headings(read_text(text.encode(), "report.txt"))
    assert scores(truth, found)[0] >= 0.8, differences(truth, found)


def side_by_side(lines: Sequence[PrintedLine]) -> list[str]:
    """The lines of a page as text that keeps their places."""
    rows: dict[int, dict[int, str]] = {}
    for line in lines:
        assert line.box is not None
        row = rows.setdefault(round(line.box.bottom / 4), {})
        row[round(line.box.left / 4.6)] = line.text
    text = []
    for _, row in sorted(rows.items()):
        shown = ""
        for column, words in sorted(row.items()):
            shown = f"{shown:{column}}" + (" " if shown else "") + words
        text.append(shown)
    return text


def headings(extraction: Extraction) -> list[FoundHeading]:
    source = Source("report", extraction.media, "0" * 64, 1)
    _, segmented = make_publication(extraction, source, read_manifest(""))
    return list(found_headings(segmented))


def scores(truth: Sequence[TrueHeading], found: Sequence[FoundHeading]) -> tuple[float, float]:
    """F1 of headings, and the share of levels that are right when all are shifted alike."""
    pairs = matched(truth, found)
    shifts = [one.level - other.level for one, other in pairs]
    levels = max((shifts.count(shift) for shift in set(shifts)), default=0) / max(1, len(shifts))
    return 2 * len(pairs) / (len(truth) + len(found)), levels


def matched(
    truth: Sequence[TrueHeading], found: Sequence[FoundHeading]
) -> list[tuple[TrueHeading, FoundHeading]]:
    left = list(found)
    pairs = []
    for heading in truth:
        same = next(
            (f for f in left if f.page == heading.page and _alike(heading.title, f.title)), None
        )
        if same is not None:
            left.remove(same)
            pairs.append((heading, same))
    return pairs


def _alike(one: str, other: str) -> bool:
    return squeeze(split_number(one)[1]) == squeeze(split_number(other)[1])


def differences(truth: Sequence[TrueHeading], found: Sequence[FoundHeading]) -> str:
    pairs = matched(truth, found)
    missed = [h for h in truth if h not in [one for one, _ in pairs]]
    wrong = [h for h in found if h not in [other for _, other in pairs]]
    return f"missed {missed}\nwrong {wrong}"
