"""Explanations: what the score of a hit is made of.

Out: `Explanation`s: the length of a text and a line for everything that counted. A line's score is
     `weight` × `idf` × `frequency` / (`frequency` + `norm`) with the `norm` of the text, and the
     lines add up to the score of the hit (docs/adr/0012-relevance.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Kind = Literal["word", "form", "marks", "phrase", "pair", "feedback"]


class Line(Struct, frozen=True):
    """Something that counted.

    A `word` in any of its forms; its `form` as typed; its `marks`,
    where texts keep them; a `phrase` (beginning, pattern, word with a
    hyphen); a `pair` of neighbouring words; by `feedback` a word of the first hits. `fields` says
    how often it stands where; `documents` is how many have it (0 for a pair: its idf is the mean
    of its words').
    """

    kind: Kind
    text: str
    fields: dict[str, int]
    frequency: float  # how often it stands there, weighted by field
    documents: int
    idf: float
    weight: float
    score: float


class Explanation(Struct, frozen=True):
    """How a hit's score came about."""

    length: int  # in words, all fields together
    average_length: float
    norm: float
    lines: tuple[Line, ...]

    @property
    def score(self) -> float:
        """Return the sum of the lines."""
        return sum(line.score for line in self.lines)


def explanation_text(explanation: Explanation) -> Iterable[str]:
    """Yield an explanation as lines of text, the weightiest first."""
    average = f"{explanation.average_length:.0f} words on average"
    yield f"score {explanation.score:.3f}: {explanation.length} words, {average}"
    for line in sorted(explanation.lines, key=lambda line: -line.score):
        yield f"{line.score:.3f}  {_said(line)}"


def _said(line: Line) -> str:
    places = ", ".join(f"{name} {times}" for name, times in line.fields.items())
    having = f"in {line.documents:,} documents, " if line.documents else ""
    said = f"{having}idf {line.idf:.2f}, weight {line.weight:.3f}, {line.frequency:g} times"
    return f"{line.kind} “{line.text}”{f' ({places})' if places else ''}: {said}"
