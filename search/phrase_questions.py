"""Phrase questions: what a reader typed and chose → what an index of occurrences is asked.

In:  text as typed, filters, the library.
Out: a selection, how it was read in words, notices for whatever is not as it was typed.
Errors: BackendError where the engine does not keep words' places. A query is never an error.

Where nothing but bare words was typed, they are one phrase here: side by side, in any of their
forms. All else is read as everywhere; then each word or phrase is looked for by itself, in the
sections that have what the query asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from search.answers import (
    Source,
    cut_notices,
    no_facet_notices,
    unknown_values,
)
from search.engine import ALL_FACETS
from search.errors import BackendError
from search.occurrence_index import OccurrenceEngine, OccurrenceIndex
from search.occurrences import Selection
from search.query import Clause, Group, Occur, Query, Word
from search.query_parser import parse_query
from search.query_plan import plan_query, positive_leaves
from search.query_text import describe_query

Filters = Mapping[str, Sequence[str]]

_EACH_BY_ITSELF = (
    "Each word or phrase is looked for by itself, in the sections that have all of them; "
    "in quotation marks, words are one phrase."
)
_NOTHING = {"publication": (" ",)}  # a value that nothing has


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, how it was read, what there is to say about it."""

    selection: Selection
    reading: str
    notices: tuple[str, ...]

    def told(self, cut: Sequence[str] = (), *more: str) -> tuple[str, ...]:
        """Return all notices, those about words that stand for too many too."""
        return tuple(dict.fromkeys((*self.notices, *cut_notices(cut), *filter(None, more))))


def read_question(text: str, filters: Filters, source: Source, *, needs_words: bool) -> Asked:
    """Read what was typed and chosen; `needs_words` where filters alone ask for nothing."""
    query = parse_query(text)
    scope_notices = _scope_notices(query)
    query = replace(query, scope="")
    phrase = as_phrase(query)
    chosen = {name: tuple(values) for name, values in filters.items() if values}
    selection = Selection(phrase, _NOTHING if any(n not in ALL_FACETS for n in chosen) else chosen)
    notices = [*query.notices, *scope_notices, *no_facet_notices(chosen)]
    if known := {name: values for name, values in chosen.items() if name in ALL_FACETS}:
        notices += unknown_values(known, "sections", source)
    notices += _reading_notices(phrase, needs_words=needs_words)
    reading = describe_query(phrase)
    if phrase != query:
        reading += " side by side, in any of their forms"
    return Asked(selection, "" if query.is_empty else reading, tuple(notices))


def index_of(source: Source) -> OccurrenceIndex:
    """Return the index of occurrences."""
    if not isinstance(source.engine, OccurrenceEngine):
        raise BackendError(
            "this library's engine does not keep the places of words",
            fix="Phrases are listed and counted by the embedded engine",
        )
    return source.engine.occurrence_index()


def as_phrase(query: Query) -> Query:
    """Read bare words and nothing else as words that stand side by side."""
    clauses = query.root.clauses
    words = [clause.node for clause in clauses if clause.occur is Occur.DEFAULT]
    texts = [word.text for word in words if isinstance(word, Word) and not word.exact]
    if len(texts) < 2 or len(texts) < len(clauses):  # noqa: PLR2004
        return query
    return replace(query, root=Group((Clause(Word(" ".join(texts))),)))


def _scope_notices(query: Query) -> list[str]:
    said = "Every occurrence is listed, wherever it stands; “in:” was left out."
    return [said] if query.scope else []


def _reading_notices(query: Query, *, needs_words: bool) -> list[str]:
    plan = plan_query(query)
    if needs_words and next(positive_leaves(plan), None) is None:
        return ["There is no word or phrase here to look for."]
    if len(plan.must) + len(plan.wanted) < 2 or len(set(positive_leaves(plan))) < 2:  # noqa: PLR2004
        return []
    return [_EACH_BY_ITSELF]
