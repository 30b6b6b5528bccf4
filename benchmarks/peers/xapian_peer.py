"""Xapian by its Python binding.

In:  sections; questions as its query objects, which are made while the clock runs.
Out: its `MSet`, value counts by match spies, snippets by `MSet.snippet`.

General terms without a prefix, as its guide advises for “search everything”, titles with a
weight of two, no stems; facets in value slots and as boolean terms; totals are exact because all
documents are checked. Fuzzy words need Xapian 1.5, so they are left out.

Debian's package python3-xapian serves only Debian's own Python version; `--packages` names the
folder that it lies in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import xapian

from benchmarks.peers.peer import LIMIT, Answer, Asked, sections_of
from benchmarks.questions import COUNTED, Question

_PREFIX = {name: f"X{name.upper().replace('_', '')}" for name in COUNTED}
_FILE = "sections"
_SNIPPET_LENGTH = 200


class Found(NamedTuple):
    """Matches, spies, snippets."""

    matches: Any
    spies: Mapping[str, Any]
    snippets: list[str]


class XapianPeer:
    """A database of Xapian's."""

    def __init__(self) -> None:
        self.version = f"Xapian {xapian.version_string()}"
        self._database: Any
        self._enquire: Any
        self._parser: Any
        self._stemmer: Any
        self._size = 0

    def build(self, corpus: Path, folder: Path) -> None:
        """Index, commit, compact into one piece."""
        database = xapian.WritableDatabase(str(folder / "filling"), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        for name, section in sections_of(corpus):
            document = xapian.Document()
            document.set_data(f"{name}\n{section.text}")
            generator.set_document(document)
            generator.index_text(section.case_title or "", 2)
            for text in (section.heading or "", section.text):
                generator.increase_termpos()
                generator.index_text(text)
            for slot, facet in enumerate(COUNTED):
                value = str(getattr(section, facet))
                document.add_value(slot, value)
                document.add_boolean_term(f"{_PREFIX[facet]}:{value}")
            database.add_document(document)
        database.commit()
        database.compact(str(folder / _FILE), xapian.DBCOMPACT_SINGLE_FILE)
        database.close()
        for file in (folder / "filling").iterdir():
            file.unlink()

    def open(self, folder: Path) -> None:
        """Open the database."""
        self._database = xapian.Database(str(folder / _FILE))
        self._enquire = xapian.Enquire(self._database)
        self._parser = xapian.QueryParser()
        self._parser.set_database(self._database)
        self._stemmer = xapian.Stem("none")
        self._size = self._database.get_doccount()

    def prepare(self, question: Question) -> Question | None:
        """Return the question itself; None for a fuzzy word."""
        return None if question.kind == "fuzzy" else question

    def ask(self, prepared: Question, task: Asked) -> Found:
        """Make the query; search, count values or cut snippets."""
        self._enquire.set_query(self._query(prepared))
        self._enquire.clear_matchspies()
        spies = {}
        if task in {"facets", "counts"}:
            spies = {name: xapian.ValueCountMatchSpy(n) for n, name in enumerate(COUNTED)}
            for spy in spies.values():
                self._enquire.add_matchspy(spy)
        matches = self._enquire.get_mset(0, LIMIT, self._size)
        snippets = self._snippets(matches) if task == "passages" else []
        return Found(matches, spies, snippets)

    def read(self, found: Found) -> Answer:
        """Take the matches apart."""
        return Answer(
            total=found.matches.get_matches_estimated(),
            first=tuple(_data(match).partition("\n")[0] for match in found.matches),
            facets={
                name: {item.term.decode(): item.termfreq for item in spy.values()}
                for name, spy in found.spies.items()
            },
            passages=sum("<b>" in snippet for snippet in found.snippets),
        )

    def _query(self, question: Question) -> Any:  # noqa: ANN401
        if question.kind == "prefix":
            # The binding takes the text of OP_WILDCARD for a list of subqueries; the parser can.
            beginning = f"{question.words[0]}*"
            query = self._parser.parse_query(beginning, xapian.QueryParser.FLAG_WILDCARD)
        else:
            query = _QUERIES[question.kind](question.words)
        if not question.narrowed:
            return query
        name, value = question.narrowed
        chosen = xapian.Query(f"{_PREFIX[name]}:{value}")
        return xapian.Query(xapian.Query.OP_FILTER, query, chosen)

    def _snippets(self, matches: Any) -> list[str]:  # noqa: ANN401
        return [
            matches.snippet(
                _data(match).partition("\n")[2], _SNIPPET_LENGTH, self._stemmer
            ).decode()
            for match in matches
        ]


def _data(match: Any) -> str:  # noqa: ANN401
    return str(match.document.get_data().decode())


def _joined(operator: int) -> Callable[[tuple[str, ...]], Any]:
    return lambda words: xapian.Query(operator, list(words))


_QUERIES: Mapping[str, Callable[[tuple[str, ...]], Any]] = {
    **dict.fromkeys(("rare", "middle", "common"), lambda words: xapian.Query(words[0])),
    **dict.fromkeys(("all2", "all3"), _joined(xapian.Query.OP_AND)),
    **dict.fromkeys(("any2", "any3"), _joined(xapian.Query.OP_OR)),
    **dict.fromkeys(("phrase2", "phrase3", "phrase4"), _joined(xapian.Query.OP_PHRASE)),
    "not": _joined(xapian.Query.OP_AND_NOT),
}
