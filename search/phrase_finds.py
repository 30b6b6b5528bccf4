"""Phrase finds: words that go together, and phrases that cases share.

In:  a question; how strong, how long, how many; the library.
Out: a `CollocationList`; a `SharedPhraseList` with texts as they are printed.
Errors: InputError for a measure that does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from msgspec import Struct

from search.answers import Source
from search.context_lines import PageLabels, phrase_place, text_of
from search.errors import InputError
from search.group_results import Collocate, CollocationList, SharedPhraseList, SharedText
from search.occurrence_index import OccurrenceIndex, Progress
from search.phrase_questions import index_of, read_question
from search.word_groups import (
    CollocationRequest,
    Collocations,
    Measure,
    SharedPhrase,
    SharedPhraseRequest,
)

MOST_WINDOW = 20
MOST_COLLOCATES = 1_000
LEAST_WORDS, MOST_WORDS = 3, 100
MOST_SHARED = 1_000


class CollocationQuestion(Struct, frozen=True):
    """What is asked, as the caller put it; without a query, for pairs of words."""

    query: str = ""
    filters: Mapping[str, Sequence[str]] = {}
    measure: Measure = "likelihood"
    window: int = 4
    least: int = 3
    limit: int = 50


class SharedQuestion(Struct, frozen=True):
    """What is asked, as the caller put it."""

    filters: Mapping[str, Sequence[str]] = {}
    words: int = 6
    offset: int = 0
    limit: int = 50
    places: int = 20


def make_collocations(question: CollocationQuestion, source: Source) -> CollocationList:
    """Return the words that go with the query, or the pairs of words that go together."""
    if question.measure not in get_args(Measure):
        expected = " or ".join(get_args(Measure))
        raise InputError(f"“{question.measure}” is not {expected}", where="measure")
    has_query = bool(question.query.strip())
    asked = read_question(question.query, question.filters, source, needs_words=has_query)
    window = min(max(question.window, 1), MOST_WINDOW)
    least = max(question.least, 1)
    limit = min(max(question.limit, 0), MOST_COLLOCATES)
    request = CollocationRequest(asked.selection, question.measure, window, least, limit)
    found = Collocations(0, 0, ())
    if asked.selection.query.is_empty != has_query:  # else nothing of what was typed is a word
        found = index_of(source).collocations(request)
    notices = [
        f"Up to {MOST_WINDOW} words to each side are looked at." * (question.window > window),
        f"A list has {limit:,} collocations at most." * (question.limit > limit),
    ]
    return CollocationList(
        query=question.query,
        reading=asked.reading,
        occurrences=found.occurrences,
        total=found.total,
        collocates=tuple(
            Collocate(each.words, each.count, each.frequency, round(each.score, 2))
            for each in found.found
        ),
        notices=asked.told(found.cut, *notices),
        measure=question.measure,
        window=window,
        least=least,
    )


def make_shared_phrases(
    question: SharedQuestion, source: Source, page_label: PageLabels, progress: Progress | None
) -> SharedPhraseList:
    """Return the phrases of so many words at least that several cases share."""
    asked = read_question("", question.filters, source, needs_words=False)
    words = min(max(question.words, LEAST_WORDS), MOST_WORDS)
    limit, offset = min(max(question.limit, 0), MOST_SHARED), max(question.offset, 0)
    request = SharedPhraseRequest(asked.selection, words, offset, limit, max(question.places, 1))
    index = index_of(source)
    found = index.shared_phrases(request, progress)
    notices = [
        f"Phrases of {words} words were looked for: {LEAST_WORDS} to {MOST_WORDS} can be."
        * (words != question.words),
        f"A list has {limit:,} phrases at most." * (question.limit > limit),
    ]
    return SharedPhraseList(
        total=found.total,
        phrases=tuple(_shared(each, index, page_label) for each in found.found),
        notices=asked.told((), *notices),
        words=words,
        offset=offset,
        limit=limit,
    )


def _shared(found: SharedPhrase, index: OccurrenceIndex, page_label: PageLabels) -> SharedText:
    text, language = text_of(found.places[0], index)
    return SharedText(
        text=text,
        language=language,
        words=found.words,
        count=found.count,
        cases=found.case_count,
        places=tuple([phrase_place(place, index, page_label) for place in found.places]),
    )
