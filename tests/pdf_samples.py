"""Small PDFs for tests, drawn with reportlab."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf_messages import Job, PageSeen
from ingest.pdf_process import read_job
from search.model import PrintedPage

WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa")
Drawing = Callable[[Canvas], None]


def draw_pdf(path: Path, *pages: Drawing, password: str = "", owner_only: bool = False) -> Path:
    """Write a PDF of A4 pages, each drawn by a function that is given the canvas."""
    user = "" if owner_only else password
    lock = StandardEncryption(user, ownerPassword=password) if password else None
    canvas = Canvas(str(path), encrypt=lock)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def read_here(path: Path) -> tuple[PrintedPage, ...]:
    """Read a PDF in this process, which is quicker than in a worker."""
    job = Job(first_page=1, page_seconds=60, file_seconds=60, memory_bytes=0)
    return tuple(
        seen.page for seen in read_job(path.read_bytes(), job) if isinstance(seen, PageSeen)
    )


def text(*lines: str, left: float = 72, top: float = 760, leading: float = 14) -> Drawing:
    """Draw lines of text, one below the other."""

    def draw(canvas: Canvas) -> None:
        for index, line in enumerate(lines):
            canvas.drawString(left, top - leading * index, line)

    return draw


def both(*drawings: Drawing) -> Drawing:
    """Draw one thing after the other on the same page."""

    def draw(canvas: Canvas) -> None:
        for drawing in drawings:
            drawing(canvas)

    return draw


def prose(mark: str, count: int, seed: int = 0) -> list[str]:
    """Make lines of prose of about the same length, each beginning with its mark and number."""
    chosen = random.Random(seed)
    return [f"{mark}{n} " + " ".join(chosen.choices(WORDS, k=5)) for n in range(count)]


def interleaved(left: Sequence[str], right: Sequence[str], *, lower: float = 0) -> Drawing:
    """Draw two columns row by row."""

    def draw(canvas: Canvas) -> None:
        for index, (a, b) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(72, 740 - 12 * index, a)
            canvas.drawString(310, 740 - 12 * index - lower, b)

    return draw
