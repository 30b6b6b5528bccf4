"""SQLite's FTS5, which comes with Python.

In:  sections; questions as FTS5 expressions.
Out: rows.

One FTS5 table with three columns, which keeps the texts (snippets need them) and is optimised
when it is filled; `bm25()` weighs titles double; prefix indexes for three and four letters, as
its documents advise where prefixes are asked. Facets stand in a table of their own, by rowid, and
are counted in one statement over the matches, which are materialised once. It has no fuzzy words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.peers.peer import LIMIT, Answer, Asked, sections_of
from benchmarks.questions import COUNTED, Question

_FILE = "sections.sqlite"
_FACET_COLUMNS = ", ".join(f"{name} TEXT" for name in COUNTED)
_TABLES = (
    "CREATE VIRTUAL TABLE words USING fts5(title, heading, body, prefix='3 4')",
    f"CREATE TABLE facets (number INTEGER PRIMARY KEY, id TEXT, {_FACET_COLUMNS})",
    "INSERT INTO words (words, rank) VALUES ('rank', 'bm25(2.0, 1.0, 1.0)')",
)
_JOINED = "words JOIN facets ON number = words.rowid"


class Sql(NamedTuple):
    """The statements of a question, and what they ask for."""

    total: str
    top: str
    passages: str
    facets: str
    counts: str
    values: tuple[str, ...]


class Found(NamedTuple):
    """Rows as they came."""

    total: int
    hits: list[tuple[Any, ...]]
    facets: list[tuple[str, str, int]]


class SqlitePeer:
    """A database with an FTS5 table."""

    def __init__(self) -> None:
        self.version = f"SQLite {sqlite3.sqlite_version}"
        self._database: sqlite3.Connection

    def build(self, corpus: Path, folder: Path) -> None:
        """Fill the tables in one transaction and merge the index into one piece."""
        database = sqlite3.connect(folder / _FILE)
        for statement in _TABLES:
            database.execute(statement)
        marks = ", ".join("?" * (2 + len(COUNTED)))
        with database:
            for texts, facets in _rows(corpus):
                database.execute(
                    "INSERT INTO words (rowid, title, heading, body) VALUES (?, ?, ?, ?)", texts
                )
                database.execute(f"INSERT INTO facets VALUES ({marks})", facets)  # noqa: S608
        with database:
            database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.close()

    def open(self, folder: Path) -> None:
        """Open the database, with a cache that holds the index."""
        self._database = sqlite3.connect(folder / _FILE)
        self._database.execute("PRAGMA mmap_size = 4000000000")
        self._database.execute("PRAGMA cache_size = -200000")

    def prepare(self, question: Question) -> Sql | None:
        """Return the statements; None for a fuzzy word, which FTS5 does not know."""
        if question.kind == "fuzzy":
            return None
        source, values = "words WHERE words MATCH ?", (_expression(question),)
        if question.narrowed:
            name, value = question.narrowed
            return _statements(
                f"{_JOINED} WHERE words MATCH ? AND facets.{name} = ?", (*values, value)
            )
        return _statements(source, values)

    def ask(self, prepared: Sql, task: Asked) -> Found:
        """Run the statements of a task."""
        run, values = self._database.execute, prepared.values
        hits = run(prepared.passages if task == "passages" else prepared.top, values).fetchall()
        (total,) = run(prepared.total, values).fetchone()
        counting = {"facets": prepared.facets, "counts": prepared.counts}.get(task)
        facets = run(counting, values).fetchall() if counting else []
        return Found(total, hits, facets)

    def read(self, found: Found) -> Answer:
        """Look up the ids."""
        facets: dict[str, dict[str, int]] = {}
        for facet, value, count in found.facets:
            facets.setdefault(facet, {})[value] = count
        return Answer(
            total=found.total,
            first=tuple(self._id(row[0]) for row in found.hits),
            facets=facets,
            passages=sum(len(row) > 2 and "\x02" in row[2] for row in found.hits),  # noqa: PLR2004
        )

    def _id(self, number: int) -> str:
        row = self._database.execute("SELECT id FROM facets WHERE number = ?", (number,))
        return str(row.fetchone()[0])


def _rows(corpus: Path) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    for number, (name, section) in enumerate(sections_of(corpus), 1):
        facets = (str(getattr(section, facet)) for facet in COUNTED)
        yield (
            (number, section.case_title, section.heading, section.text),
            (number, name, *facets),
        )


def _statements(source: str, values: tuple[str, ...]) -> Sql:
    """Return the statements over a source of matches; values are bound, never pasted in."""
    counts = [
        f"SELECT '{name}', {name}, count(*) FROM matches GROUP BY {name}"  # noqa: S608
        for name in COUNTED
    ]
    first = [f"SELECT * FROM ({each} ORDER BY 3 DESC LIMIT {LIMIT})" for each in counts]  # noqa: S608
    columns = ", ".join(f"facets.{name} AS {name}" for name in COUNTED)
    joined = source if source.startswith(_JOINED) else source.replace("words", _JOINED, 1)
    matches = f"WITH matches AS MATERIALIZED (SELECT {columns} FROM {joined})"  # noqa: S608
    snippet = "snippet(words, 2, char(2), char(3), '…', 24)"
    return Sql(
        total=f"SELECT count(*) FROM {source}",  # noqa: S608
        top=f"SELECT words.rowid, rank FROM {source} ORDER BY rank LIMIT {LIMIT}",  # noqa: S608
        passages=f"SELECT words.rowid, rank, {snippet} FROM {source} ORDER BY rank LIMIT {LIMIT}",  # noqa: S608
        facets=f"{matches} {' UNION ALL '.join(first)}",
        counts=f"{matches} {' UNION ALL '.join(counts)}",
        values=values,
    )


def _expression(question: Question) -> str:
    words = [f'"{word}"' for word in question.words]
    if question.kind.startswith("phrase"):
        return f'"{" ".join(question.words)}"'
    if question.kind == "prefix":
        return f"{words[0]}*"
    joint = {"any2": " OR ", "any3": " OR ", "not": " NOT "}.get(question.kind, " AND ")
    return joint.join(words)
