"""Phrase counts: how often words and phrases occur by region, organisation, kind, year and case.

In:  a question, or a list of phrases; the library.
Out: a `Profile`; `PhraseCounts`.
Errors: none for a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.answers import Source, no_facet_notices
from search.context_lines import case_tally, per_10000
from search.engine import FACETS
from search.facet_labels import label_of
from search.occurrence_index import Progress
from search.occurrences import ValueFrequency
from search.phrase_questions import Asked, Filters, index_of, read_question
from search.phrase_results import PhraseCount, PhraseCounts, Profile, ProfileValue

PROFILE_FACETS = ("part", "organisation", "section_kind", "year")
MOST_VALUES = 100
MOST_PHRASES = 500
REGION = "part"


def make_profile(
    query: str, filters: Filters, facets: Sequence[str], source: Source, *, values: int
) -> Profile:
    """Return how often something occurs, by facets: so many values of each at most."""
    asked = read_question(query, filters, source, needs_words=True)
    known = tuple(name for name in dict.fromkeys(facets) if name in FACETS)
    found = index_of(source).frequencies(asked.selection, facets=known, with_cases=False)
    shown = {
        name: tuple(_value(name, value, source) for value in _ordered(name, frequencies)[:values])
        for name, frequencies in found.facets.items()
    }
    rest = [
        f"Of {len(found.facets[name]):,} values of “{name}” the {values:,} with most are listed."
        for name in known
        if len(found.facets[name]) > values
    ]
    return Profile(
        query=query,
        reading=asked.reading,
        total=found.total,
        cases=found.case_count,
        words=found.words,
        per_10000=per_10000(found.total, found.words),
        facets=shown,
        notices=asked.told(found.cut, *no_facet_notices(facets), *rest),
    )


def count_phrases(
    phrases: Iterable[str], filters: Filters, source: Source, progress: Progress | None
) -> PhraseCounts:
    """Count phrases by region and case; blank lines and repetitions are left out."""
    listed = list(dict.fromkeys(text for phrase in phrases if (text := phrase.strip())))
    wanted = listed[:MOST_PHRASES]
    everything = read_question("", filters, source, needs_words=False)
    found = index_of(source).frequencies(everything.selection, facets=(), with_cases=False)
    counts: list[PhraseCount] = []
    for number, phrase in enumerate(wanted):
        if progress:
            progress(number, len(wanted))
        asked = read_question(phrase, filters, source, needs_words=True)
        counts.append(_count(phrase, asked, everything, source))
    notices = [f"Of {len(listed):,} phrases {MOST_PHRASES:,} were counted."]
    return PhraseCounts(
        words=found.words,
        phrases=tuple(counts),
        notices=everything.told((), *notices[: len(listed) > MOST_PHRASES]),
    )


def _count(phrase: str, asked: Asked, everything: Asked, source: Source) -> PhraseCount:
    index = index_of(source)
    found = index.frequencies(asked.selection, facets=(REGION,), with_cases=True)
    told = everything.notices
    return PhraseCount(
        phrase=phrase,
        reading=asked.reading,
        total=found.total,
        cases=found.case_count,
        per_10000=per_10000(found.total, found.words),
        by_region=tuple(_value(REGION, value, source) for value in found.facets[REGION]),
        by_case=tuple([case_tally(each, index) for each in found.cases]),
        notices=tuple(notice for notice in asked.told(found.cut) if notice not in told),
    )


def _ordered(name: str, found: Sequence[ValueFrequency]) -> Sequence[ValueFrequency]:
    """Put years in their order; other values stand by falling count."""
    if name != "year":
        return found
    return sorted(found, key=lambda each: (len(each.value), each.value))


def _value(name: str, found: ValueFrequency, source: Source) -> ProfileValue:
    label = label_of(name, found.value)
    if name == "publication":
        label = source.engine.titles().get(found.value) or label
    return ProfileValue(
        value=found.value,
        label=label,
        count=found.count,
        cases=found.cases,
        words=found.words,
        per_10000=per_10000(found.count, found.words),
    )
