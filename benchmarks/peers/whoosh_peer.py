"""Stock Whoosh, as its documents recommend.

In:  sections; questions as its query objects, which are made while the clock runs.
Out: its `Results`: top ten, groups by `groupedby`, its highlighter's excerpts.

Three stored text fields with positions and characters, titles boosted; `Or` over the fields of
every word, as its multi-field parser has it; facets are sortable ID fields, counted with
`FieldFacet(maptype=Count)`, and `filter=` narrows; excerpts by the pinpoint fragmenter, its fast
way, which needs the characters. Fuzzy words and beginnings expand as it does by default.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import fields, highlight, index, sorting
from whoosh.analysis import LowercaseFilter, RegexTokenizer
from whoosh.query import And, FuzzyTerm, Not, Or, Phrase, Prefix, Term

from benchmarks.peers.peer import LIMIT, Answer, Asked, sections_of
from benchmarks.questions import COUNTED, Question

_WRITER_MB = 256
_FIELDS = ("title", "heading", "body")


class Found(NamedTuple):
    """Its results, and the excerpts."""

    results: Any
    excerpts: list[str]


class WhooshPeer:
    """An index of Whoosh's, by its own schema."""

    def __init__(self) -> None:
        self.version = f"whoosh3 {importlib.metadata.version('whoosh3')}"
        self._searcher: Any

    def build(self, corpus: Path, folder: Path) -> None:
        """Index all in one commit, one segment."""
        writer = index.create_in(folder, _schema()).writer(limitmb=_WRITER_MB)
        for name, section in sections_of(corpus):
            facets = {facet: str(getattr(section, facet)) for facet in COUNTED}
            writer.add_document(
                id=name,
                title=section.case_title,
                heading=section.heading,
                body=section.text,
                **facets,
            )
        writer.commit(optimize=True)

    def open(self, folder: Path) -> None:
        """Open the index and a searcher."""
        self._searcher = index.open_dir(folder).searcher()

    def prepare(self, question: Question) -> Question:
        """Return the question itself: there is none that it cannot ask."""
        return question

    def ask(self, prepared: Question, task: Asked) -> Found:
        """Make the query; search, group or cut excerpts."""
        chosen = Term(*prepared.narrowed) if prepared.narrowed else None
        grouped = (
            {name: sorting.FieldFacet(name, maptype=sorting.Count) for name in COUNTED}
            if task in {"facets", "counts"}
            else None
        )
        query = _QUERIES[prepared.kind](prepared.words)
        results = self._searcher.search(query, limit=LIMIT, filter=chosen, groupedby=grouped)
        len(results)  # the exact total is worked out when it is asked for
        return Found(results, _excerpts(results) if task == "passages" else [])

    def read(self, found: Found) -> Answer:
        """Take the results apart."""
        return Answer(
            total=len(found.results),
            first=tuple(hit["id"] for hit in found.results),
            facets={name: dict(found.results.groups(name)) for name in found.results.facet_names()},
            passages=sum(bool(excerpt) for excerpt in found.excerpts),
        )


def _schema() -> Any:  # noqa: ANN401
    analyzer = RegexTokenizer() | LowercaseFilter()

    def text(boost: float) -> Any:  # noqa: ANN401
        return fields.TEXT(analyzer=analyzer, chars=True, stored=True, field_boost=boost)

    facets = {name: fields.ID(sortable=True) for name in COUNTED}
    return fields.Schema(
        id=fields.STORED(), title=text(2.0), heading=text(1.0), body=text(1.0), **facets
    )


def _excerpts(results: Any) -> list[str]:  # noqa: ANN401
    results.fragmenter = highlight.PinpointFragmenter()
    return [hit.highlights("body", top=1) for hit in results]


def _word(word: str) -> Any:  # noqa: ANN401
    return Or([Term(name, word) for name in _FIELDS])


def _excluding(words: tuple[str, ...]) -> Any:  # noqa: ANN401
    return And([_word(words[0]), Not(_word(words[1]))])


_QUERIES: Mapping[str, Callable[[tuple[str, ...]], Any]] = {
    **dict.fromkeys(("rare", "middle", "common"), lambda words: _word(words[0])),
    **dict.fromkeys(("all2", "all3"), lambda words: And([_word(word) for word in words])),
    **dict.fromkeys(
        ("any2", "any3"), lambda words: Or([Term(name, w) for w in words for name in _FIELDS])
    ),
    **dict.fromkeys(
        ("phrase2", "phrase3", "phrase4"),
        lambda words: Or([Phrase(name, list(words)) for name in _FIELDS]),
    ),
    "prefix": lambda words: Or([Prefix(name, words[0]) for name in _FIELDS]),
    "not": _excluding,
    "fuzzy": lambda words: Or(
        [FuzzyTerm(name, words[0], maxdist=1, prefixlength=0) for name in _FIELDS]
    ),
}
