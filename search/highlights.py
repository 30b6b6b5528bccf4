"""Highlights: what a question matches in a text, for pages that show a text whole.

In:  a text, the field that it stands in, the query, the text's language; or a section.
Out: spans in code points, half-open. A phrase is one span, also across line feeds; what the
     question excludes is never marked; the matches are those of the engines, by the same plan.

The passages of a hit are marked by the engine (`search.snapshot.marking`), which looks the words
up; here a text is read anew, as it stands in its record, whether or not there is an index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.analysis import Token, analyze
from search.documents import STRANDS, section_language, strands
from search.linguistics.stems import marked_languages
from search.model import Publication, Section
from search.query import Query
from search.query_plan import Branch, TextLeaf, plan_query, positive_leaves
from search.results import Highlight
from search.seen_spellings import spellings_with
from search.sequences import find_sequences
from search.word_patterns import WordPattern

Span = tuple[int, int]


class FirstWords(NamedTuple):
    """What the first word of a match may be: one of some forms, or one that fits.

    Most titles and headings have no such word, and need no closer look.
    """

    forms: frozenset[str]
    fits: Callable[[str], bool] | None

    def near(self, texts: Collection[str], language: str) -> Collection[str]:
        """Return the texts that may have a match: their words are looked through all at once."""
        spellings = spellings_with("\n".join(texts), language, self.forms, self.fits)
        if not spellings:
            return ()
        return [text for text in texts if any(spelling in text for spelling in spellings)]


class Wanted(NamedTuple):
    """The leaves that texts of one field are marked by, and those that must not be marked."""

    leaves: tuple[TextLeaf, ...]
    unwanted: tuple[TextLeaf, ...]


class Marks(dict[str, Wanted]):
    """What a question marks, by field; worked out when a text of the field comes up.

    `leaves` are those of all fields, each once.
    """

    def __init__(self, plan: Branch) -> None:
        super().__init__()
        self.leaves: Sequence[TextLeaf] = [*positive_leaves(plan)]
        if len(self.leaves) > 1:
            self.leaves = [*dict.fromkeys(self.leaves)]
        self._first_words: dict[str, FirstWords] = {}
        # Words that the question excludes stand in no hit, but in a section opened from elsewhere.
        self._excluded = tuple(
            leaf for leaf in plan.excluded if isinstance(leaf, TextLeaf) and not leaf.field
        )

    def __missing__(self, field: str) -> Wanted:
        leaves = tuple(leaf for leaf in self.leaves if leaf.field in {"", field})
        wanted = self[field] = Wanted(leaves, self._excluded if leaves else ())
        return wanted

    def first_words(self, field: str) -> FirstWords:
        """Return what the first word of a match in a text of the field may be."""
        first = self._first_words.get(field)
        if first is None:
            first = self._first_words[field] = _first_words(self[field].leaves)
        return first


@lru_cache(maxsize=512)
def what_to_mark(query: Query, languages: frozenset[str] = frozenset()) -> Marks:
    """Return what a question marks in texts of which some are in these languages."""
    return Marks(plan_query(query, languages))


class Marker:
    """Finds what one question matches, text after text."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def spans(self, text: str, *, language: str, field: str) -> tuple[Span, ...]:
        """Return the spans of `text`, which stands in `field`, that the question matches."""
        return self.spans_in([text], language=language, field=field).get(text, ())

    def spans_in(
        self, texts: Collection[str], *, language: str, field: str
    ) -> dict[str, tuple[Span, ...]]:
        """Return the spans of each of those texts that have any."""
        marks = what_to_mark(self._query, marked_languages((language,)))
        wanted = marks[field]
        near = marks.first_words(field).near(texts, language) if wanted.leaves else ()
        found = {text: _spans(text, language, wanted) for text in near}
        return {text: spans for text, spans in found.items() if spans}


def _spans(text: str, language: str, wanted: Wanted) -> tuple[Span, ...]:
    tokens = analyze(text, language)
    avoid = {span for leaf in wanted.unwanted for span in _leaf_spans(tokens, leaf)}
    found = {span for leaf in wanted.leaves for span in _leaf_spans(tokens, leaf)}
    return tuple(merged(sorted(found - avoid)))


def _first_words(leaves: Sequence[TextLeaf]) -> FirstWords:
    forms: set[str] = set()
    beginnings: set[str] = set()
    for leaf in leaves:
        alone = leaf.whole if len(leaf.steps) > 1 else leaf.steps[0] if leaf.steps else frozenset()
        (beginnings if leaf.is_prefix else forms).update(alone)
        if len(leaf.steps) > 1:
            forms.update(leaf.steps[0])
    patterns = [leaf.pattern for leaf in leaves if leaf.pattern]
    return FirstWords(frozenset(forms), _fitting(tuple(beginnings), patterns))


def _fitting(
    beginnings: tuple[str, ...], patterns: Sequence[WordPattern]
) -> Callable[[str], bool] | None:
    if not (beginnings or patterns):
        return None
    if not patterns:
        return lambda form: form.startswith(beginnings)
    return lambda form: form.startswith(beginnings) or any(p.fits(form) for p in patterns)


def find_highlights(text: str, query: Query, *, language: str, field: str) -> tuple[Span, ...]:
    """Return the spans of one text, which stands in `field`, that a query matches."""
    return Marker(query).spans(text, language=language, field=field)


def highlights_in(query: Query, record: Publication, section: Section) -> Iterator[Highlight]:
    """Yield what the query matches in a section's heading and text, each in order."""
    language, marker = section_language(record, section), Marker(query)
    for start, end in marker.spans(section.heading, language=language, field="heading"):
        yield Highlight("heading", start, end)
    spans = [
        span
        for strand, field in zip(strands(section), STRANDS, strict=True)
        for found in marker.spans(strand.text, language=language, field=field)
        for span in strand.spans_in_section(*found)
    ]
    yield from (Highlight("text", start, end) for start, end in sorted(spans))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in text order; those that overlap become one."""
    found: list[Span] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _leaf_spans(tokens: list[Token], leaf: TextLeaf) -> list[Span]:
    """Return the span of every match of a leaf."""
    if leaf.pattern:
        return [(t.start, t.end) for t in tokens if leaf.pattern.fits(t.exact)]
    if len(leaf.steps) == 1:
        return [(t.start, t.end) for t in _having(tokens, leaf, leaf.steps[0], leaf.is_prefix)]
    whole = _having(tokens, leaf, leaf.whole, leaf.is_prefix) if leaf.whole else []
    return [*_sequence_spans(tokens, leaf), *((t.start, t.end) for t in whole)]


def _sequence_spans(tokens: list[Token], leaf: TextLeaf) -> Iterator[Span]:
    last = len(leaf.steps) - 1
    steps = [
        {t.position: t for t in _having(tokens, leaf, step, leaf.is_prefix and number == last)}
        for number, step in enumerate(leaf.steps)
    ]
    for first, final in find_sequences([list(step) for step in steps], leaf.slop):
        yield steps[0][first].start, steps[-1][final].end


def _having(
    tokens: list[Token],
    leaf: TextLeaf,
    forms: frozenset[str],
    is_prefix: bool,  # noqa: FBT001
) -> list[Token]:
    """Return the words that have one of the forms, in the view that the leaf looks at."""
    if is_prefix:
        beginnings = tuple(forms)
        return [token for token in tokens if token.exact.startswith(beginnings)]
    if leaf.view == "exact":
        return [token for token in tokens if token.exact in forms]
    return [token for token in tokens if token.stem in forms]
