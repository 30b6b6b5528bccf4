from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from casebook.progress import ProgressBar


def drawn(*, seconds: float, is_terminal: bool = True) -> str:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=is_terminal, width=80)
    times: Iterator[float] = iter((0.0, seconds))
    with ProgressBar("Reading\x1b a.pdf", console=console, clock=lambda: next(times)) as bar:
        bar(3, 12)
    return screen.getvalue()


def test_work_that_takes_longer_than_a_second_shows_how_far_it_is() -> None:
    text = drawn(seconds=1.5)
    assert "Reading� a.pdf" in text
    assert "25%" in text


@pytest.mark.parametrize(("seconds", "is_terminal"), [(0.5, True), (9.0, False)])
def test_short_work_and_a_pipe_see_no_bar(seconds: float, is_terminal: bool) -> None:  # noqa: FBT001
    assert drawn(seconds=seconds, is_terminal=is_terminal) == ""


def test_a_new_stage_begins_anew() -> None:
    screen = io.StringIO()
    times = iter((0.0, 2.0, 3.0))
    console = Console(file=screen, force_terminal=True, width=80)
    with ProgressBar("Reading", console=console, clock=lambda: next(times)) as bar:
        bar(1, 2)
        bar.begin("Indexing")
        bar(1, 4)
    assert "Indexing" in screen.getvalue()
