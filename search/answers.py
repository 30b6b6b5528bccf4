"""Answers: a question put to an engine, and what comes back as one page of results.

In:  a question; the engine; the library's limits.
Out: `Results`, with a notice for everything that was widened, left out, limited or not known.
Errors: InputError for a way of searching that does not exist. A query is never an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import product
from typing import get_args

from msgspec import Struct, structs

from search.deferred import Deferred
from search.engine import (
    ALL_FACETS,
    FACETS,
    Engine,
    EngineResults,
    Match,
    Matching,
    Scope,
    SearchRequest,
    Sort,
    Spelling,
)
from search.errors import InputError, LibraryError
from search.facet_labels import labelled
from search.loosening import is_one_word, loosened
from search.query import Group, Query
from search.query_parser import parse_query
from search.query_plan import plan_query
from search.query_text import describe_query, node_text
from search.results import Results, Suggestion
from search.sought_words import set_aside
from search.suggestions import FEW, find_suggestions
from search.widening import Widened, has_phrase, other_phrases, widen
from search.word_patterns import MAX_EXPANSIONS

_CHOICES = {
    "scope": get_args(Scope),
    "match": get_args(Matching),
    "sort": get_args(Sort),
    "spelling": get_args(Spelling),
}
_MATCHES: Mapping[Matching, Match] = {"auto": "all", "all": "all", "any": "any"}
_WAYS = frozenset(product(*_CHOICES.values()))
_FACETS = frozenset(ALL_FACETS)


class Question(Struct, frozen=True):
    """What is asked, as the caller put it."""

    query: str
    filters: Mapping[str, Sequence[str]] = {}
    scope: Scope = "sections"
    match: Matching = "auto"
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: Sequence[str] = FACETS
    passages: int = 3
    spelling: Spelling = "any"
    feedback: bool = True
    explain: bool = False


class Source(Struct, frozen=True):
    """What answers: an engine, and the library's limits."""

    engine: Engine
    widen_below: int
    most_hits: int


def answer(question: Question, source: Source) -> Results:
    """Answer a question."""
    if (question.scope, question.match, question.sort, question.spelling) not in _WAYS:
        raise _no_such_way(question)
    query, reading = read_text(question.query)
    if query.scope:
        question = structs.replace(question, scope=query.scope)
    widened = _with_spellings(question, query, source)
    notices = [*widened.query.notices]
    request = _request(question, widened.query, source, notices)
    # Nothing has a value of a facet that there is not.
    is_possible = not request.filters or _FACETS.issuperset(request.filters)
    found = source.engine.search(request) if is_possible else EngineResults(0, (), {})
    if found.total < source.widen_below and question.match == "auto" and is_possible:
        found, request = _widened(request, found, source, notices)
    if found.cut:
        notices += cut_notices(found.cut)
    if question.filters:
        notices += _unknown_values(question, request, found, source)
    suggestions: Sequence[Suggestion] = ()
    if found.total <= FEW or request.match != _MATCHES[question.match] or has_phrase(query):
        # What to offer takes longer to find out than any answer: it is done when it is looked at.
        suggestions = Deferred(partial(_offered, question, query, request, found.total, source))
    offset = request.offset
    if offset and offset >= found.total and request.limit:
        found, offset = _last_page(request, found, source, notices)
    return Results(
        query=question.query,
        total=found.total,
        hits=Deferred(partial(found.show, widened.query, question.passages)),
        facets=labelled(found.facets, source.engine.titles()) if request.facets else {},
        notices=tuple(notices),
        scope=question.scope,
        match=request.match,
        sort=question.sort,
        offset=offset,
        limit=request.limit,
        reading=reading,
        spellings=widened.spellings,
        suggestions=suggestions,
    )


def count_sections(text: str, source: Source) -> int:
    """Return how many sections have all the words of a question, in any spelling of theirs."""
    query = _with_spellings(Question(text), read_text(text)[0], source).query
    return source.engine.search(SearchRequest(query, limit=0)).total


def _offered(
    question: Question,
    query: Query,
    request: SearchRequest,
    found: int,
    source: Source,
) -> tuple[Suggestion, ...]:
    """Offer what may have been meant, where little was found, or nothing with all the words.

    Phrases that are spelt in other ways are offered always, since they are searched for as typed.
    """
    is_widened = question.match == "auto" and request.match == "any"

    def count(text: str) -> int:
        meant = _with_spellings(question, read_text(text)[0], source).query
        other = structs.replace(request, query=meant, match="all", offset=0, limit=0, facets=())
        if total := source.engine.search(other).total:
            return total
        loose = structs.replace(other, query=loosened(meant), match="any")
        total = source.engine.search(loose).total if is_widened else 0
        return total if total > found else 0

    try:
        vocabulary = source.engine.vocabulary(question.scope)
        phrases = other_phrases(query, vocabulary) if question.spelling != "typed" else ()
        spelt = (Suggestion(text, "phrase", count(text)) for text in phrases)
        offered = tuple(suggestion for suggestion in spelt if suggestion.count)
        if found > FEW and not is_widened:
            return offered
        most = 0 if is_widened else found
        return offered + find_suggestions(request.query, most, vocabulary, count)
    except LibraryError:  # another index has taken the place of the one that was asked
        return ()


def _with_spellings(question: Question, query: Query, source: Source) -> Widened:
    """Add the other spellings of words, unless only those typed are wanted."""
    if question.spelling == "typed":
        return Widened(query)
    return widen(query, source.engine.vocabulary(question.scope))


@lru_cache(maxsize=2048)
def read_text(text: str) -> tuple[Query, str]:
    """Parse a question; say in words how it was read. Readers page and narrow what they asked."""
    query = parse_query(text)
    return query, _reading(query)


def _reading(query: Query) -> str:
    aside = set_aside(query)
    asked = [clause for clause in query.root.clauses if clause not in aside] if aside else ()
    if not asked:
        return describe_query(query)
    words = dict.fromkeys(f"“{node_text(clause.node)}”" for clause in aside)
    said = describe_query(structs.replace(query, root=Group(tuple(asked))))
    return f"{said} (not for {', '.join(words)})"


def _no_such_way(question: Question) -> InputError:
    """Say which choice there is not."""
    chosen = ((name, getattr(question, name), choices) for name, choices in _CHOICES.items())
    name, value, choices = next(each for each in chosen if each[1] not in each[2])
    return InputError(f"“{value}” is not {' or '.join(choices)}", where=name)


def cut_notices(cut: Sequence[str]) -> list[str]:
    """Say which beginnings and patterns stand for more words than are looked up."""
    return [
        f"“{text}” stands for very many words; only the {MAX_EXPANSIONS:,} most frequent of them "
        "were searched for."
        for text in cut
    ]


def _request(question: Question, query: Query, source: Source, notices: list[str]) -> SearchRequest:
    """Turn a question into what an engine takes, within the limits."""
    limit = min(max(question.limit, 0), source.most_hits)
    if limit < question.limit:
        notices.append(f"A list has {limit:,} hits at most.")
    facets = tuple(question.facets)
    if not _FACETS.issuperset((*facets, *question.filters)):
        facets = tuple([name for name in facets if name in _FACETS])
        notices += no_facet_notices((*question.facets, *question.filters))
    return SearchRequest(
        query=query,
        scope=question.scope,
        match=_MATCHES[question.match],
        filters=_filters(question.filters) if question.filters else {},
        sort=question.sort,
        offset=max(question.offset, 0),
        limit=limit,
        facets=facets,
        feedback=question.feedback,
        explain=question.explain,
    )


def _filters(chosen: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in chosen.items() if values}


def no_facet_notices(names: Iterable[str]) -> list[str]:
    """Say which names are not those of facets."""
    return [
        f"There is no facet “{name}”; there are {', '.join(ALL_FACETS)}."
        for name in dict.fromkeys(names)
        if name not in _FACETS
    ]


def _widened(
    request: SearchRequest, found: EngineResults, source: Source, notices: list[str]
) -> tuple[EngineResults, SearchRequest]:
    """Take any of the words where too few have all of them and more have some."""
    loose = loosened(request.query)
    words = len(plan_query(loose).wanted)
    if words < 2:  # noqa: PLR2004
        return found, request
    words = min(words, max(2, len(plan_query(request.query).wanted)))
    full = _unfiltered_total(request, found, source)
    if full >= source.widen_below:
        return found, request
    wider = structs.replace(request, query=loose, match="any")
    widened = source.engine.search(wider)
    if _unfiltered_total(wider, widened, source) <= full:
        return found, request
    if widened.total > found.total:
        words = 1 if is_one_word(request.query) else words
        notices.append(_widening_notice(found.total, widened.total, words, request.scope))
    return widened, wider


def _unfiltered_total(request: SearchRequest, found: EngineResults, source: Source) -> int:
    """Return how many a request finds without the reader's filters; `found` is with them.

    Filters have no say in the matching: a question keeps it however it is narrowed, so that the
    count beside a facet's value is what a choice of it finds.
    """
    if not request.filters:
        return found.total
    return source.engine.search(
        structs.replace(request, filters={}, offset=0, limit=0, facets=())
    ).total


def _widening_notice(full: int, widened: int, words: int, scope: Scope) -> str:
    shown = f"shown {'is' if widened == 1 else 'are'} {_counted(widened, scope)}"
    if words == 1:
        has = _counted(full, scope) if full else f"no {_one(scope)}"
        return f"All of the word is in {has}; {shown} with it or a part of it."
    all_words = "both words" if words == 2 else f"all {words} words"  # noqa: PLR2004
    has = (
        f"{_counted(full, scope)} {'has' if full == 1 else 'have'}"
        if full
        else f"No {_one(scope)} has"
    )
    either = "either" if words == 2 else "any of them"  # noqa: PLR2004
    return f"{has} {all_words}; {shown} with {either}."


def _counted(count: int, scope: Scope) -> str:
    return f"{count:,} {_one(scope) if count == 1 else scope}"


def _one(scope: Scope) -> str:
    return "section" if scope == "sections" else "case"


def _unknown_values(
    question: Question, request: SearchRequest, found: EngineResults, source: Source
) -> list[str]:
    """Say which chosen values nothing in the library has, where there may be such."""
    chosen = {name: values for name, values in question.filters.items() if name in _FACETS}
    if not any(chosen.values()) or not _may_be_unknown(chosen, found):
        return []
    return unknown_values(chosen, request.scope, source)


def unknown_values(chosen: Mapping[str, Sequence[str]], scope: Scope, source: Source) -> list[str]:
    """Say which values of facets nothing in the library has."""
    everything = SearchRequest(Query(""), scope=scope, limit=0, facets=tuple(chosen))
    counts = source.engine.search(everything).facets
    known = {name: {count.value.casefold() for count in counts[name]} for name in chosen}
    return [
        f"The library has no {name.replace('_', ' ')} “{value}”."
        for name, values in chosen.items()
        for value in values
        if value.casefold() not in known[name]
    ]


def _may_be_unknown(chosen: Mapping[str, Sequence[str]], found: EngineResults) -> bool:
    """A value that was counted is known, and so is one alone that found something."""
    if not found.total:
        return True
    seen = {n: {c.value.casefold() for c in found.facets.get(n, ()) if c.count} for n in chosen}
    return any(
        len(values) > 1 and value.casefold() not in seen[name]
        for name, values in chosen.items()
        for value in values
    )


def _last_page(
    request: SearchRequest, found: EngineResults, source: Source, notices: list[str]
) -> tuple[EngineResults, int]:
    """Past the end there is nothing: give the last page instead, and say so."""
    last = max(found.total - 1, 0) // request.limit * request.limit
    notices.append("There are fewer hits than that; this is the last page.")
    if not found.total:
        return found, 0
    return source.engine.search(structs.replace(request, offset=last)), last
