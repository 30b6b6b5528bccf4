"""Peer: what the benchmarks ask of a search engine.

In:  a file of sections (`benchmarks.synthetic`); questions (`benchmarks.questions`).
Out: for comparing speed, whatever the engine's own users would hold after the call; for comparing
     answers, an `Answer`.

All peers index the same words of three texts: the case's title (which weighs double where there
are weights), the heading, the body. Each does it as its documents recommend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from benchmarks.questions import Question
from ingest.jsonl_lines import SectionLine, read_lines

Task = Literal["top", "facets", "passages"]  # what is timed
Asked = Literal[Task, "counts"]  # `counts`: the top ten, and every value of the four facets
TASKS: tuple[Task, ...] = get_args(Task)
TASK_NAMES: Mapping[Task, str] = {
    "top": "top ten",
    "facets": "top ten, and the ten values of each of four facets that most matches have",
    "passages": "top ten, each with a highlighted passage",
}
LIMIT = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine said; `total` is None where it does not count.

    `first` are the ids (`publication/case/section`) of the top ten. `facets` maps each facet to
    value → count; `passages` counts the hits that came with a marked passage.
    """

    total: int | None
    first: tuple[str, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    passages: int = 0


class Peer(Protocol):
    """A search engine; `build` makes an index in an empty folder, `open` opens it to be asked."""

    version: str

    def build(self, corpus: Path, folder: Path) -> None:
        """Index a file of sections."""
        ...

    def open(self, folder: Path) -> None:
        """Open what `build` has made."""
        ...

    def prepare(self, question: Question) -> Any:  # noqa: ANN401 - its own business
        """Return the question as its users type or hold it; None where it cannot ask that."""
        ...

    def ask(self, prepared: Any, task: Asked) -> Any:  # noqa: ANN401
        """Do a task; this alone is timed."""
        ...

    def read(self, found: Any) -> Answer:  # noqa: ANN401
        """Say what `ask` has found."""
        ...


def sections_of(corpus: Path) -> Iterator[tuple[str, SectionLine]]:
    """Yield the id and the section of every line."""
    for line in read_lines(corpus):
        section = line.section
        yield f"{section.publication}/{section.case}/{section.section}", section
