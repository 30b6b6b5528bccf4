"""Segmentation of whole books: the digest always, the test book and its scorer where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.segmentation import BOOK, SAMPLE, book_text, score_book, score_manual

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "book").exists(), reason="the folder “shared” is not beside the project"
)


@needs_shared
@pytest.mark.parametrize("name", ["digest.pdf", "digest.txt"])
def test_the_digest_is_segmented_without_a_fault(name: str) -> None:
    if not (SAMPLE / name).exists():
        pytest.skip("the digest has not been typeset")
    scored = score_book(SAMPLE / name, SAMPLE / "digest.gold.json", SAMPLE / "digest.txt")
    assert scored.figures == pytest.approx(dict.fromkeys(scored.figures, 1.0)), scored.errors


LEAST = {
    "starts": 1.0,
    "titles": 0.92,
    "organis.": 0.85,
    "parts": 1.0,
    "sections": 0.95,
    "words": 0.99,
}


@needs_shared
@pytest.mark.parametrize(
    ("name", "least_pages"),
    [("text", 0.90), ("book.pdf", 0.98), ("book_with_outline.pdf", 0.98)],
)
def test_each_rendering_of_the_test_book_reaches_its_thresholds(
    name: str, least_pages: float
) -> None:
    path = book_text() if name == "text" else BOOK / name
    scored = score_book(path, BOOK / "gold.json", book_text())
    least = LEAST | {"case p.": least_pages, "sect. p.": least_pages}
    short = {key: scored.figures[key] for key in least if scored.figures[key] < least[key]}
    assert not short, scored.errors


@needs_shared
@pytest.mark.parametrize(("name", "least"), [("muttprint-de", 0.95), ("packaging-guide-ru", 0.95)])
def test_manuals_of_another_kind_are_read_as_well(name: str, least: float) -> None:
    scored = score_manual(SHARED / "pdf" / "segmentation" / f"{name}.pdf")
    assert scored.figures["F1"] >= least
    assert scored.figures["levels"] >= least
