"""Tantivy by tantivy-py.

In:  sections; questions as query objects, which are made while the clock runs.
Out: (score, address) pairs; counts by its aggregations; passages by its snippet generator, from
     the stored body, which is stored for that. Facets are raw fast fields.

Fields as in its README: a word may stand in any of three, titles boosted. `lean` puts all words
into one field and leaves the total out where only the top ten are asked for: the least work that
tantivy can be given. Fuzzy questions count a transposition as two edits, as all peers do.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur, Query

from benchmarks.peers.peer import LIMIT, Answer, Asked, sections_of
from benchmarks.questions import COUNTED, Question
from ingest.jsonl_lines import SectionLine

_WEIGHTS = {"title": 2.0, "heading": 1.0, "body": 1.0}
_WITH_SNIPPETS = {"body", "words"}
_MUST, _SHOULD, _MUST_NOT = Occur.Must, Occur.Should, Occur.MustNot
_ANALYZER = "plain"
_HEAP_BYTES = 1_000_000_000
_MOST_VALUES = 65_000
_AGGREGATIONS = {
    task: {name: {"terms": {"field": name, "size": size}} for name in COUNTED}
    for task, size in (("facets", LIMIT), ("counts", _MOST_VALUES))
}


class Found(NamedTuple):
    """What tantivy gave back."""

    result: Any
    is_counted: bool
    buckets: Mapping[str, Any]
    snippets: list[tuple[str, list[tuple[int, int]]]]


class _Queries:
    """Questions → query objects; a word may stand in any of the weighted fields."""

    def __init__(self, schema: Any, weights: Mapping[str, float]) -> None:  # noqa: ANN401
        self._schema = schema
        self._weights = weights
        self._of_kind: Mapping[str, Callable[..., Any]] = {
            **dict.fromkeys(("rare", "middle", "common"), self._word),
            **dict.fromkeys(("all2", "all3"), self._all),
            **dict.fromkeys(("any2", "any3"), self._any),
            **dict.fromkeys(("phrase2", "phrase3", "phrase4"), self._phrase),
            "prefix": self._prefix,
            "not": self._excluding,
            "fuzzy": self._fuzzy,
        }

    def of(self, question: Question) -> Any:  # noqa: ANN401
        """Return the query of a question."""
        query = self._of_kind[question.kind](*question.words)
        if not question.narrowed:
            return query
        chosen = Query.term_query(self._schema, *question.narrowed, "basic")
        return _together((_MUST, query), (_MUST, Query.const_score_query(chosen, 0.0)))

    def _in_fields(self, make: Callable[[str], Any]) -> Any:  # noqa: ANN401
        arms = [(_SHOULD, _boosted(make(f), weight)) for f, weight in self._weights.items()]
        return arms[0][1] if len(arms) == 1 else _together(*arms)

    def _word(self, word: str) -> Any:  # noqa: ANN401
        return self._in_fields(lambda f: Query.term_query(self._schema, f, word, "freq"))

    def _all(self, *words: str) -> Any:  # noqa: ANN401
        return _together(*((_MUST, self._word(word)) for word in words))

    def _any(self, *words: str) -> Any:  # noqa: ANN401
        return _together(*((_SHOULD, self._word(word)) for word in words))

    def _phrase(self, *words: str) -> Any:  # noqa: ANN401
        return self._in_fields(lambda f: Query.phrase_query(self._schema, f, list(words)))

    def _prefix(self, beginning: str) -> Any:  # noqa: ANN401
        # Of four ways to ask for one, this is the fastest that finds every word.
        return self._in_fields(
            lambda f: Query.fuzzy_term_query(self._schema, f, beginning, distance=0, prefix=True)
        )

    def _excluding(self, wanted: str, excluded: str) -> Any:  # noqa: ANN401
        return _together((_MUST, self._word(wanted)), (_MUST_NOT, self._word(excluded)))

    def _fuzzy(self, word: str) -> Any:  # noqa: ANN401
        return self._in_fields(
            lambda f: Query.fuzzy_term_query(
                self._schema, f, word, distance=1, transposition_cost_one=False
            )
        )


class TantivyPeer:
    """An index of tantivy's."""

    def __init__(self, *, lean: bool = False) -> None:
        self.version = f"tantivy {importlib.metadata.version('tantivy')}"
        self._is_lean = lean
        self._weights = {"words": 1.0} if lean else _WEIGHTS
        self._schema: Any
        self._searcher: Any
        self._queries: _Queries

    def build(self, corpus: Path, folder: Path) -> None:
        """Index, commit, and wait for the merges."""
        index = tantivy.Index(self._make_schema(), path=str(folder))
        _register(index)
        writer = index.writer(_HEAP_BYTES, num_threads=1)  # one segment: what it reads fastest
        for name, section in sections_of(corpus):
            writer.add_document(self._document(name, section))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open the index and a searcher."""
        index = tantivy.Index.open(str(folder))
        _register(index)
        self._searcher, self._schema = index.searcher(), index.schema
        self._queries = _Queries(self._schema, self._weights)

    def prepare(self, question: Question) -> Question:
        """Return the question itself: there is none that it cannot ask."""
        return question

    def ask(self, prepared: Question, task: Asked) -> Found:
        """Make the query; search, aggregate or cut snippets."""
        query = self._queries.of(prepared)
        is_counted = not (self._is_lean and task == "top")
        result = self._searcher.search(query, LIMIT, count=is_counted)
        if aggregations := _AGGREGATIONS.get(task):
            return Found(result, is_counted, self._searcher.aggregate(query, aggregations), [])
        snippets = self._snippets(query, result) if task == "passages" else []
        return Found(result, is_counted, {}, snippets)

    def read(self, found: Found) -> Answer:
        """Resolve addresses."""
        addresses = [address for _, address in found.result.hits]
        return Answer(
            total=found.result.count if found.is_counted else None,
            first=tuple(self._searcher.doc(address).get_first("id") for address in addresses),
            facets={
                name: {bucket["key"]: bucket["doc_count"] for bucket in group["buckets"]}
                for name, group in found.buckets.items()
            },
            passages=sum(bool(spans) for _, spans in found.snippets),
        )

    def _make_schema(self) -> Any:  # noqa: ANN401
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in self._weights:
            # Only what snippets are cut from is stored.
            schema.add_text_field(name, name in _WITH_SNIPPETS, tokenizer_name=_ANALYZER)
        for name in COUNTED:
            schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        return schema.build()

    def _document(self, name: str, section: SectionLine) -> Any:  # noqa: ANN401
        document = tantivy.Document(id=name)
        for facet in COUNTED:
            document.add_text(facet, str(getattr(section, facet)))
        fields = ("words",) * 3 if self._is_lean else tuple(_WEIGHTS)
        texts = (section.case_title or "", section.heading or "", section.text)
        for field, text in zip(fields, texts, strict=True):
            document.add_text(field, text)
        return document

    def _snippets(self, query: Any, result: Any) -> list[tuple[str, list[tuple[int, int]]]]:  # noqa: ANN401
        field = "words" if self._is_lean else "body"
        make = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, field)
        snippets = []
        for _, address in result.hits:
            snippet = make.snippet_from_doc(self._searcher.doc(address))
            spans = [(span.start, span.end) for span in snippet.highlighted()]
            snippets.append((snippet.fragment(), spans))
        return snippets


def _together(*arms: tuple[Any, Any]) -> Any:  # noqa: ANN401
    return Query.boolean_query(list(arms))


def _boosted(query: Any, weight: float) -> Any:  # noqa: ANN401
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _register(index: Any) -> None:  # noqa: ANN401
    tokenizer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    index.register_tokenizer(_ANALYZER, tokenizer.filter(tantivy.Filter.lowercase()).build())
