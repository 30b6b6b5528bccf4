"""The index of occurrences finds what a plain reading finds, in the order asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures

from search.analysis import word_family
from search.documents import documents
from search.engines.catalog import open_engine
from search.linguistics.forms import exact_form
from search.linguistics.word_lists import is_stop_word
from search.occurrence_index import OccurrenceEngine, OccurrenceIndex
from search.occurrences import ContextSort, Selection
from search.phrase_questions import as_phrase
from search.query_parser import parse_query
from search.word_groups import CollocationRequest, Measure, SharedPhraseRequest
from tests.plain_reading import (
    WORDS,
    Fits,
    PlainField,
    PlainSpan,
    Stand,
    find_sequence,
    random_publication,
    read_plainly,
    shared_plainly,
)

RECORDS = [random_publication("alder", 3), random_publication("birch", 5)]
FORMS = [word for word in WORDS if "-" not in word]
SCORES = {
    "likelihood": BigramAssocMeasures.likelihood_ratio,
    "pmi": BigramAssocMeasures.pmi,
}


@pytest.fixture(scope="module", params=["apart", "together"])
def index(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[OccurrenceIndex]:
    engine = open_engine("whoosh", tmp_path_factory.mktemp("index"))
    if request.param == "together":
        everything = [each for record in RECORDS for each in documents(record)]
        engine.publish(everything, digests={record.id: "digest" for record in RECORDS})
    else:
        # An earlier state of each lives on in a segment as a hole.
        for record in (random_publication("birch", 9), random_publication("alder", 4), *RECORDS):
            engine.publish(documents(record), digests={record.id: "digest"})
    assert isinstance(engine, OccurrenceEngine)
    yield engine.occurrence_index()
    engine.close()


@pytest.fixture(scope="module")
def fields() -> list[PlainField]:
    return read_plainly(RECORDS)


def selection(query: str, **filters: str) -> Selection:
    chosen = {name: (value,) for name, value in filters.items()}
    return Selection(as_phrase(parse_query(query)), chosen)


def exactly(word: str) -> Fits:
    form = exact_form(word)
    return lambda stand: stand.forms.get(form)


def related(word: str) -> Fits:
    family = word_family(exact_form(word))

    def fits(stand: Stand) -> int | None:
        return min((end for stem, end in stand.stems.items() if stem in family), default=None)

    return fits


def beginning(start: str) -> Fits:
    def fits(stand: Stand) -> int | None:
        ends = (end for form, end in stand.forms.items() if form.startswith(start))
        return min(ends, default=None)

    return fits


def placed(spans: list[PlainSpan]) -> list[tuple[str, str, int, int]]:
    return [(f"{s.field.case}/{s.field.section}", s.field.name, s.first, s.last) for s in spans]


def listed(
    index: OccurrenceIndex, query: str, sort: ContextSort = "book"
) -> list[tuple[str, str, int, int]]:
    found = index.occurrences(selection(query), sort=sort, offset=0, limit=10_000, cases=0)
    assert found.total == len(found.page)
    return [(o.document, o.field, o.first, o.last) for o in found.page]


@settings(max_examples=60)
@given(words=st.lists(st.sampled_from(FORMS), min_size=1, max_size=3))
def test_a_phrase_is_found_wherever_it_stands(
    index: OccurrenceIndex, fields: list[PlainField], words: list[str]
) -> None:
    expected = find_sequence(fields, [exactly(word) for word in words])
    assert listed(index, f'"{" ".join(words)}"') == placed(expected)


@settings(max_examples=60)
@given(words=st.lists(st.sampled_from(FORMS), min_size=1, max_size=3))
def test_bare_words_are_a_phrase_of_their_families(
    index: OccurrenceIndex, fields: list[PlainField], words: list[str]
) -> None:
    expected = find_sequence(fields, [related(word) for word in words])
    assert listed(index, " ".join(words)) == placed(expected)


@pytest.mark.parametrize("start", ["wa", "micro", "microc", "c", "cred", "вод", "us"])
def test_a_beginning_stands_for_all_its_words(
    index: OccurrenceIndex, fields: list[PlainField], start: str
) -> None:
    assert listed(index, f"{start}*") == placed(find_sequence(fields, [beginning(start)]))


@pytest.mark.parametrize("sort", ["left", "right"])
@settings(max_examples=40)
@given(words=st.lists(st.sampled_from(FORMS), min_size=1, max_size=2))
def test_occurrences_are_sorted_by_the_words_around(
    index: OccurrenceIndex, fields: list[PlainField], words: list[str], sort: ContextSort
) -> None:
    spans = find_sequence(fields, [exactly(word) for word in words])

    def context(span: PlainSpan) -> list[bytes]:
        return [word.encode() for word in (span.left if sort == "left" else span.right)]

    expected = placed(sorted(spans, key=context))
    assert listed(index, f'"{" ".join(words)}"', sort) == expected


@settings(max_examples=30)
@given(word=st.sampled_from(FORMS))
def test_frequencies_are_those_of_the_texts(
    index: OccurrenceIndex, fields: list[PlainField], word: str
) -> None:
    spans = find_sequence(fields, [exactly(word)])
    found = index.frequencies(
        selection(f"={word}"), facets=("section_kind", "publication"), with_cases=True
    )
    assert (found.total, found.words) == (len(spans), sum(len(f.stands) for f in fields))
    assert {c.case: c.count for c in found.cases} == Counter(s.field.case for s in spans)
    assert [c.case for c in found.cases] == list(dict.fromkeys(s.field.case for s in spans))
    for case in found.cases:
        assert case.words == sum(len(f.stands) for f in fields if f.case == case.case)
    for each in found.facets["section_kind"]:
        inside = [s for s in spans if s.field.kind == each.value]
        words = sum(len(f.stands) for f in fields if f.kind == each.value)
        assert (each.count, each.words) == (len(inside), words)
        assert each.cases == len({s.field.case for s in inside})
    counts = {v.value: v.count for v in found.facets["publication"]}
    assert counts == {r.id: sum(s.field.publication == r.id for s in spans) for r in RECORDS}


@settings(max_examples=30)
@given(word=st.sampled_from(FORMS), bins=st.integers(1, 300))
def test_marks_stand_at_the_words_of_the_publication(
    index: OccurrenceIndex, fields: list[PlainField], word: str, bins: int
) -> None:
    places: dict[str, list[int]] = {}
    words = Counter[str]()
    for field in fields:
        for span in find_sequence([field], [exactly(word)]):
            places.setdefault(field.publication, []).append(words[field.publication] + span.first)
        words[field.publication] += len(field.stands)
    found = index.dispersions(selection(f"={word}"), limit=9, bins=bins)
    assert {d.publication: d.count for d in found} == {n: len(p) for n, p in places.items()}
    for each in found:
        here, size = places[each.publication], words[each.publication]
        assert each.words == size == each.bands[-1].end
        slots = {place * bins // size: place for place in here[::-1]}
        assert [mark.start for mark in each.marks] == sorted(slots.values())
        assert sum(mark.count for mark in each.marks) == len(here)


def telling(word: str) -> bool:
    return len(word) > 2 and not word.isdigit() and not is_stop_word(word)


@pytest.mark.parametrize("measure", ["likelihood", "pmi"])
@settings(max_examples=20)
@given(word=st.sampled_from(FORMS), window=st.integers(1, 6), least=st.integers(1, 4))
def test_neighbours_are_scored_as_nltk_does(
    index: OccurrenceIndex,
    fields: list[PlainField],
    word: str,
    window: int,
    least: int,
    measure: Measure,
) -> None:
    near, outside = Counter[str](), Counter[str]()
    for field in fields:
        spans = find_sequence([field], [exactly(word)])
        own = {n for span in spans for n in range(span.first, span.last + 1)}
        for place, part in enumerate(field.parts):
            if place in own:
                continue
            outside[part] += 1
            near[part] += any(s.first - window <= place <= s.last + window for s in spans)
    rows, everything = near.total(), outside.total()
    expected = {
        part: SCORES[measure](count, (rows, outside[part]), everything)
        for part, count in near.items()
        if count >= least and telling(part) and count * everything > rows * outside[part]
    }
    request = CollocationRequest(selection(f"={word}"), measure, window, least, 1_000)
    found = index.collocations(request).found
    assert {c.words: c.count for c in found} == {(p,): near[p] for p in expected}
    assert {c.words[0]: c.score for c in found} == pytest.approx(expected)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@pytest.mark.parametrize("measure", ["likelihood", "pmi"])
def test_pairs_are_scored_as_nltk_does(
    index: OccurrenceIndex, fields: list[PlainField], measure: Measure
) -> None:
    alone, together = Counter[str](), Counter[tuple[str, ...]]()
    for field in fields:
        alone.update(field.parts)
        together.update(zip(field.parts, field.parts[1:], strict=False))
    everything = alone.total()
    expected = {
        pair: SCORES[measure](count, (alone[pair[0]], alone[pair[1]]), everything)
        for pair, count in together.items()
        if count >= 2
        and all(map(telling, pair))
        and count * everything > alone[pair[0]] * alone[pair[1]]
    }
    assert expected
    request = CollocationRequest(selection(""), measure, 1, 2, 1_000)
    found = index.collocations(request).found
    assert {c.words: c.score for c in found} == pytest.approx(expected)


@pytest.mark.parametrize("least", [3, 5, 6, 9])
def test_shared_phrases_are_the_maximal_repeats_of_several_cases(
    index: OccurrenceIndex, fields: list[PlainField], least: int
) -> None:
    expected = shared_plainly(fields, least)
    request = SharedPhraseRequest(selection(""), least, 0, 10_000, 1)
    found = index.shared_phrases(request, None)
    texts = {(f.case, f.section, f.name): f.parts for f in fields}
    counted = {}
    for phrase in found.found:
        (place,) = phrase.places
        case, _, section = place.document.rpartition("/")
        words = texts[case, section, place.field][place.first : place.last + 1]
        assert len(words) == phrase.words
        counted[tuple(words)] = phrase.count
    assert counted == expected
    assert found.total == len(expected)
