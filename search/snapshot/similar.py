"""Similar: documents that share the telling words of one.

In:  a view; the id of one of its documents.
Out: its key terms by tf·idf, and the documents that score best for them, each with the terms that
     it has. Never the document itself, nor a section of the same case: whoever reads a section
     has its case before him. What shares a single term is not like it.

Terms are families of words; one is shown in the form that the document uses most. An
organisation's name is no term: it says who, not what.
Source: Salton & Buckley (1988), term weights; what each term adds is BM25, as for a question.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engine import CASE_FIELDS, TEXT_FIELDS, case_of
from search.likeness_index import KeyTerm, Similar, SimilarHit
from search.linguistics.stems import stem
from search.linguistics.word_lists import is_stop_word
from search.query_parser import parse_query
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.gathering import Documents
from search.snapshot.postings import Postings
from search.snapshot.ranking import Floats, best, inverse_document_frequency
from search.snapshot.scratch import summed
from search.snapshot.segment import SegmentScope
from search.snapshot.showing import show_hits
from search.snapshot.view import CollectionView

MOST_TERMS = 25
MOST_SHARED = 5  # that are named for a hit

_LEAST_LETTERS = 3  # shorter words are abbreviations of anything
_LEAST_SHARED = 2
_LEAST_DOCUMENTS = 2  # of a term: otherwise nothing shares it
_TOO_MANY = 0.5  # of all documents: what so many have tells nothing
_SPARE = 3  # times as many hits are looked at, for some will share a single term


@dataclass(frozen=True, slots=True)
class _Term:
    """A key term, its family's stem, and by what its scores are multiplied."""

    key: KeyTerm
    stem: str
    factor: float


def find_similar(view: CollectionView, document_id: str, limit: int) -> Similar | None:
    """Return what is like a document; None where the view has none of this id."""
    number = view.number_of(document_id)
    if number is None:
        return None
    terms = key_terms(view, number)
    lists = [view.word("stem", term.stem) for term in terms]
    hits = _ranked(view, document_id, terms, lists, limit) if terms else ()
    return Similar(document_id, tuple(term.key for term in terms), tuple(hits))


def key_terms(view: CollectionView, number: int) -> list[_Term]:
    """Return the most telling terms of a document, best first."""
    scope, own_number = view.locate(number)
    times: defaultdict[str, float] = defaultdict(float)
    forms: dict[str, tuple[float, str]] = {}
    for form, root, count in _families(scope, own_number):
        times[root] += count
        forms[root] = max(forms.get(root, (0.0, "")), (count, form))
    found: list[_Term] = []
    for root, count in times.items():
        having = view.document_count("stem", root)
        if _LEAST_DOCUMENTS <= having <= max(_LEAST_DOCUMENTS, view.count * _TOO_MANY):
            weight = count * inverse_document_frequency(view.count, having)
            key = KeyTerm(forms[root][1], count, having, round(weight, 3))
            found.append(_Term(key, root, 1 + math.log(max(count, 1.0))))
    return sorted(found, key=lambda term: (-term.key.weight, term.stem))[:MOST_TERMS]


def _families(scope: SegmentScope, number: int) -> Iterator[tuple[str, str, float]]:
    """Yield the forms of a document that may be terms, their stems, and how often they stand."""
    words = scope.views["exact"]
    *_, language = scope.stored.own_fields(scope.sections_of(number)[0])
    for word, count in _weighted_words(scope, number).items():
        form = words.text(word).decode()
        if len(form) >= _LEAST_LETTERS and not is_stop_word(form) and not form.isdecimal():
            yield form, stem(form, language), count


def _weighted_words(scope: SegmentScope, number: int) -> Mapping[int, float]:
    """Return how often each word stands in a document, weighted by field as in a search."""
    counts: defaultdict[int, float] = defaultdict(float)
    forward = scope.views["exact"].forward
    sections = scope.sections_of(number)
    for section in sections if forward is not None else ():
        for field, (name, weight) in enumerate(TEXT_FIELDS.items()):
            if name == "organisation" or (name in CASE_FIELDS and section != sections[0]):
                continue
            place = section * FIELD_COUNT + field
            start, end = scope.first_address(place), scope.first_address(place + 1) - 1
            for word in forward[start:end].tolist() if forward is not None else ():
                counts[word] += weight
    return counts


def _ranked(
    view: CollectionView,
    document_id: str,
    terms: Sequence[_Term],
    lists: Sequence[Postings],
    limit: int,
) -> Iterator[SimilarHit]:
    weighed = [(p.documents, t.factor * p.scores()) for t, p in zip(terms, lists, strict=True)]
    documents, scores = summed(weighed, view.size)
    order = None if view.order is None else view.order[documents]
    places = best(scores, _SPARE * limit + FIELD_COUNT, order)
    documents, scores = documents[places], scores[places]
    parts = _contributions(terms, lists, documents)
    kept = [
        (place, document)
        for place, document in enumerate(documents.tolist())
        if np.count_nonzero(parts[:, place]) >= _LEAST_SHARED
        and not _is_same(view.document_id(document), document_id)
    ][:limit]
    at = [place for place, _ in kept]
    chosen = documents[at], scores[at]
    nothing = [()] * len(at)
    hits = show_hits(view, chosen, nothing, [None] * len(at), parse_query(""), 0)
    for place, hit in zip(at, hits, strict=True):
        yield SimilarHit(hit, _shared(terms, parts[:, place]))


def _is_same(found: str, asked: str) -> bool:
    """Tell whether a document is the one asked about, or a section of the same case."""
    return found == asked or (asked.count("/") > 1 and case_of(found) == case_of(asked))


def _contributions(
    terms: Sequence[_Term], lists: Sequence[Postings], documents: Documents
) -> NDArray[np.float64]:
    """Return what each term (rows) adds to the scores of documents."""
    found: Floats = np.zeros((len(terms), documents.size))
    for row, (term, postings) in enumerate(zip(terms, lists, strict=True)):
        having = np.flatnonzero(postings.has(documents))
        found[row, having] = term.factor * postings.scores_of(documents[having])
    return found


def _shared(terms: Sequence[_Term], parts: Floats) -> tuple[str, ...]:
    falling = np.argsort(-parts, kind="stable").tolist()
    return tuple(terms[row].key.term for row in falling[:MOST_SHARED] if parts[row])
