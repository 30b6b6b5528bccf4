"""Explanations: they name what counted, and add up to the score."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from search.engine import Document, SearchRequest
from search.engines.catalog import open_engine
from search.query_parser import parse_query
from tests.asking import document, publish
from tests.test_contract_engine_agreement import documents, requests


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(library=st.lists(documents(), max_size=8), asked=st.lists(requests, min_size=4, max_size=8))
def test_the_lines_of_an_explanation_add_up_to_the_score(
    tmp_path_factory: pytest.TempPathFactory, library: list[Document], asked: list[SearchRequest]
) -> None:
    engine = open_engine("whoosh", tmp_path_factory.mktemp("index"))
    for half in (library[::2], library[1::2]):
        engine.publish(half, digests={document.publication: "digest" for document in half})
    for request in asked:
        for hit in engine.search(structs.replace(request, explain=True)).hits:
            assert hit.explanation
            assert hit.explanation.score == pytest.approx(hit.score, abs=1e-9), request.query
    engine.close()


def test_an_explanation_names_words_forms_pairs_and_feedback_with_their_fields(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    engine = open_engine("whoosh", tmp_path_factory.mktemp("index"))
    publish(
        engine,
        document("p/1/s", "clean water pumps in schools by the river", title="Waters"),
        document("p/2/s", "clean water pumps in schools, repaired", order=1),
        *(document(f"p/{n}/s", "nothing of it here", order=n) for n in range(3, 12)),
    )
    question = parse_query("clean water pump school")
    hits = engine.search(SearchRequest(question, explain=True)).hits
    first = next(hit for hit in hits if hit.id == "p/1/s")
    assert first.explanation
    lines = {(line.kind, line.text): line for line in first.explanation.lines}
    assert lines["word", "water"].fields == {"title": 1, "body": 1}
    assert lines["form", "water"].fields == {"body": 1}
    assert lines["word", "water"].documents == 2
    assert ("pair", "clean water") in lines
    assert ("feedback", "river") in lines
    assert engine.search(SearchRequest(question)).hits[0].explanation is None
    engine.close()
