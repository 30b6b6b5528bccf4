"""Passages and highlights: exact spans, whole sentences, the best first."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import Document, SearchRequest
from search.engines.catalog import open_engine
from search.passages import MAX_LENGTH, FoundPassages, find_highlights, find_passages
from search.query_parser import parse_query


def marked(text: str, question: str, *, language: str = "en", field: str = "body") -> list[str]:
    spans = find_highlights(text, parse_query(question), language=language, field=field)
    return [text[start:end] for start, end in spans]


def passages(text: str, question: str, limit: int = 3) -> FoundPassages:
    return find_passages(text, parse_query(question), language="en", limit=limit)


def test_words_are_marked_as_they_match() -> None:
    text = "Irrigated fields; irrigation of a FIELD."
    assert marked(text, "irrigating field") == ["Irrigated", "fields", "irrigation", "FIELD"]
    assert marked(text, "=irrigation") == ["irrigation"]
    assert marked(text, "irri*") == ["Irrigated", "irrigation"]
    assert marked("Micro-credit, microcredit", "micro-credit") == ["Micro-credit", "microcredit"]
    assert marked("Water user, wa\u00adter", "water") == ["Water", "wa\u00adter"]


def test_a_phrase_is_one_span_and_its_stray_words_are_not_marked() -> None:
    text = "The board of directors; a board, of course, and directors. Board\nof  Directors!"
    assert marked(text, '"board of directors"') == ["board of directors", "Board\nof  Directors"]
    assert marked("water for all users, users", '"water users"~2') == ["water for all users"]


def test_stop_words_are_marked_in_phrases_alone() -> None:
    assert marked("What is to be built", "what is built") == ["built"]
    assert marked("What is to be built", '"to be"') == ["to be"]


def test_what_is_excluded_or_asked_of_another_field_is_not_marked() -> None:
    assert marked("clean water and roads", "clean -roads NOT bridges") == ["clean"]
    assert marked("waterways and waterfalls", "water* -waterfall") == ["waterways"]
    assert marked("clean water", "title:clean water") == ["water"]
    assert marked("clean water", "title:clean water", field="title") == ["clean", "water"]
    assert marked("North 2005", "part:north year:2005..2006") == []


def test_spans_that_overlap_become_one() -> None:
    assert marked("the clean water supply", '"clean water" "water supply"') == [
        "clean water supply"
    ]
    assert marked("clean water", "clean water wat*") == ["clean", "water"]


@pytest.mark.parametrize("text", ["Барои оби нӯшокӣ кор мекунанд.", "Ҷамоати Ӯбодӣ ва деҳа"])
def test_offsets_hold_in_tajik_composed_and_not(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    for given_text in (text, apart):
        (found,) = marked(given_text, "нӯшокӣ OR ӯбодӣ", language="tg")
        assert unicodedata.normalize("NFC", found).casefold() in {"нӯшокӣ", "ӯбодӣ"}


def test_marks_are_found_far_into_a_long_text() -> None:
    text = "filler words here. " * 5_000 + "The pangolin came."
    assert marked(text, "pangolin") == ["pangolin"]
    (passage,), more = passages(text, "pangolin")
    assert (passage.text, passage.highlights, more) == ("The pangolin came.", ((4, 12),), 0)
    assert text[passage.start :] == passage.text


def test_the_best_sentences_come_first_and_the_rest_is_counted() -> None:
    text = "Water came. Water and roads came. Nothing. Roads came. The water roads came."
    found = passages(text, '"water roads" water roads', limit=2)
    assert [p.text for p in found.passages] == ["The water roads came.", "Water and roads came."]
    assert found.more == 2


def test_a_phrase_across_sentences_shows_both_of_them() -> None:
    found = passages("They met. We had clean water\nUsers paid. End.", '"clean water users"')
    assert [p.text for p in found.passages] == ["We had clean water\nUsers paid."]
    assert found.passages[0].highlights == ((7, 24),)


def test_a_very_long_sentence_is_cut_at_words_around_the_match() -> None:
    text = "lorem ipsum " * 200 + "clean water " + "dolor sit " * 200
    (passage,), more = passages(text, "clean water")
    assert more == 0
    assert len(passage.text) <= MAX_LENGTH
    assert text[passage.start : passage.start + len(passage.text)] == passage.text
    assert [passage.text[a:b] for a, b in passage.highlights] == ["clean", "water"]
    assert passage.text.split()[0] in {"lorem", "ipsum"}
    assert passage.text.split()[-1] in {"dolor", "sit"}


def test_a_long_sentence_full_of_matches_is_cut_too() -> None:
    text = "water and " * 4_000 + "roads"
    (passage,), more = passages(text, "water roads")
    assert (passage.text.endswith("roads"), more) == (True, 0)
    assert len(passage.text) <= MAX_LENGTH
    (passage,), _ = passages("lorem ipsum " * 500, "water")
    assert 0 < len(passage.text) <= MAX_LENGTH


def test_a_text_without_a_match_gives_its_first_sentence() -> None:
    assert passages("One came. Two came.", "water").passages[0].text == "One came."
    assert passages("One came.", "water").passages[0].highlights == ()
    assert passages("One came. Two.", "") == passages("One came. Two.", "water")
    assert passages("", "water") == ((), 0)


WORDS = [
    "water",
    "waters",
    "the",
    "of",
    "road",
    "roads",
    "micro-credit",
    "microcredit",
    "вода",
    "водой",
    "нӯшокӣ",
    "W-2",
]
sentences = st.lists(st.sampled_from([*WORDS, ".", "\n", ". The", ";"]), max_size=60).map(" ".join)
questions = st.lists(
    st.sampled_from([*WORDS, *map("={}".format, WORDS), "wat*", "micro-*", "м*"])
    | st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda w: f'"{" ".join(w)}"')
    | st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(lambda w: f'"{" ".join(w)}"~3'),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(sentences, questions, st.sampled_from(["en", "ru", "tg", ""]), st.integers(1, 4))
def test_passages_are_stretches_of_the_text_with_all_their_marks(
    text: str, parts: list[str], language: str, limit: int
) -> None:
    query = parse_query(" ".join(parts))
    spans = set(find_highlights(text, query, language=language))
    found = find_passages(text, query, language=language, limit=limit)
    assert len(found.passages) <= limit
    for passage in found.passages:
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
        assert passage.text == passage.text.strip()
        placed = {(passage.start + start, passage.start + end) for start, end in passage.highlights}
        assert placed <= spans
    if spans and limit > found.more:
        assert any(passage.highlights for passage in found.passages)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    library=st.lists(
        st.tuples(sentences, sentences, st.sampled_from(["en", "ru", "tg"])), max_size=6
    ),
    parts=questions,
    match=st.sampled_from(["all", "any"]),
)
def test_what_an_engine_finds_has_a_mark(
    tmp_path_factory: pytest.TempPathFactory,
    library: list[tuple[str, str, str]],
    parts: list[str],
    match: str,
) -> None:
    documents = {
        f"p/{number}/s": Document(
            id=f"p/{number}/s",
            publication="p",
            order=number,
            language=language,
            texts={"title": title, "body": body},
            facets={},
        )
        for number, (title, body, language) in enumerate(library)
    }
    engine = open_engine("whoosh", tmp_path_factory.mktemp("index"))
    engine.publish(documents.values(), digests={"p": "digest"})
    query = parse_query(" OR ".join(parts) if match == "any" else " ".join(parts))
    found = {hit.id for hit in engine.search(SearchRequest(query)).hits}
    engine.close()
    for name, document in documents.items():
        has_mark = any(
            find_highlights(text, query, language=document.language, field=field)
            for field, text in document.texts.items()
        )
        assert has_mark or name not in found
        assert has_mark == (name in found) or match == "all"


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("watr~", ["Water", "water"]),
        ("w?t*r", ["Water", "water"]),
        ("ro*s body:watre~2", ["Water", "roads", "water"]),
    ],
)
def test_near_spellings_and_gaps_are_marked(question: str, marked: list[str]) -> None:
    text = "Water runs by the roads; waterworks keep the water."
    spans = find_highlights(text, parse_query(question), language="en")
    assert [text[start:end] for start, end in spans] == marked
