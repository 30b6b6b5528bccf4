"""Casebook by its public door.

In:  sections by `casebook import`; questions as readers type them.
Out: `Results` with typed hits, which are made when they are looked at: for passages, and when
     answers are compared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from benchmarks.peers.peer import LIMIT, Answer, Asked, sections_of
from benchmarks.questions import COUNTED, Question
from benchmarks.synthetic import SEED, Corpus, write_sections
from casebook.cli import main
from search import Library, Results, open_library
from search.query_parser import parse_query

_LATE, _GONE = 8, 20  # publications that came later; the share that went, one in so many
_TASKS: Mapping[Asked, dict[str, Any]] = {
    "top": {"facets": (), "passages": 0},
    "facets": {"facets": COUNTED, "passages": 0},
    "counts": {"facets": COUNTED, "passages": 0},
    "passages": {"facets": (), "passages": 1},
}


class Typed(NamedTuple):
    """A question as it is typed and clicked."""

    text: str
    filters: dict[str, list[str]]
    match: Literal["all", "any"]


class CasebookPeer:
    """A library of ours.

    With `stems` words are typed bare and stand for their families. With `grown` the library is
    what a year of work leaves: the last eight publications came one by one, and others, a
    twentieth of it, were there and were removed; what can be found is the same.
    """

    def __init__(self, *, stems: bool = False, grown: bool = False) -> None:
        self.version = "this checkout"
        self._sign = "" if stems else "="
        self._is_grown = grown
        self._library: Library

    def build(self, corpus: Path, folder: Path) -> None:
        """Import the file as `casebook import` does."""
        if not self._is_grown:
            _casebook(folder, "import", str(corpus))
            return
        with tempfile.TemporaryDirectory(prefix="casebook-bench-") as scratch:
            history = history_of(corpus, Path(scratch))
            for file in history.imported:
                _casebook(folder, "import", str(file))
            for name in history.removed:
                _casebook(folder, "remove", name, "--yes")

    def open(self, folder: Path) -> None:
        """Open the library."""
        self._library = open_library(folder / "library")

    def prepare(self, question: Question) -> Typed | None:
        """Return what a reader types; None where the parser would read it as something else."""
        text = self._text(question)
        if parse_query(text).notices:
            return None
        filters = {question.narrowed[0]: [question.narrowed[1]]} if question.narrowed else {}
        return Typed(text, filters, "any" if question.kind.startswith("any") else "all")

    def ask(self, prepared: Typed, task: Asked) -> Results:
        """Search; look at what the task is about, should it be made only then."""
        text, filters, match = prepared
        results = self._library.search(
            text, filters=filters, match=match, limit=LIMIT, **_TASKS[task]
        )
        if task == "facets":
            [
                (each.value, each.count)
                for values in results.facets.values()
                for each in values[:LIMIT]
            ]
        elif task == "passages":
            [(shown.text, shown.highlights) for hit in results.hits for shown in hit.passages]
        return results

    def read(self, found: Results) -> Answer:
        """Take the typed results apart."""
        return Answer(
            total=found.total,
            first=tuple(f"{hit.publication}/{hit.case}/{hit.section}" for hit in found.hits),
            facets={
                name: {value.value: value.count for value in values if value.count}
                for name, values in found.facets.items()
            },
            passages=sum(any(p.highlights for p in hit.passages) for hit in found.hits),
        )

    def _text(self, question: Question) -> str:
        words, sign = question.words, self._sign
        if question.kind.startswith("phrase"):
            return f'"{" ".join(words)}"'
        if question.kind == "prefix":
            return f"{words[0]}*"
        if question.kind == "fuzzy":
            return f"{words[0]}~1"
        if question.kind == "not":
            return f"{sign}{words[0]} -{sign}{words[1]}"
        return " ".join(f"{sign}{word}" for word in words)


class History(NamedTuple):
    """Files to import one after the other, and publications to remove then."""

    imported: tuple[Path, ...]
    removed: tuple[str, ...]


def history_of(corpus: Path, scratch: Path) -> History:
    """Part a corpus into a base, with publications that will go, and eight that come later."""
    sections = [section for _, section in sections_of(corpus)]
    names = list(dict.fromkeys(section.publication for section in sections))
    late = names[1:][-_LATE:]
    gone = [
        replace(section, publication=f"gone-{section.publication}")
        for section in Corpus(SEED + 1, vocabulary=20_000).sections(len(sections) // _GONE)
    ]
    files = [scratch / f"{number}.jsonl" for number in range(len(late) + 1)]
    write_sections(files[0], [*(s for s in sections if s.publication not in late), *gone])
    for file, name in zip(files[1:], late, strict=True):
        write_sections(file, (s for s in sections if s.publication == name))
    return History(tuple(files), tuple(dict.fromkeys(s.publication for s in gone)))


def _casebook(folder: Path, *arguments: str) -> None:
    if main(["--library", str(folder / "library"), *arguments, "--json"]):
        raise RuntimeError(f"casebook {arguments[0]} failed")
