"""Highlights: exact spans of what a question matches in a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import Document, SearchRequest
from search.engines.catalog import open_engine
from search.highlights import find_highlights
from search.query_parser import parse_query


def marked(text: str, question: str, *, language: str = "en", field: str = "body") -> list[str]:
    spans = find_highlights(text, parse_query(question), language=language, field=field)
    return [text[start:end] for start, end in spans]


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


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    spans = find_highlights(text, parse_query(question), language="en", field="body")
    assert [text[start:end] for start, end in spans] == marked
