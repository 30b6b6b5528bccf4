"""Small segments put together in memory: fewer to look at, the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir

from search.engine import Document, SearchRequest
from search.engines.catalog import open_engine
from search.engines.whoosh_engine import JOINING
from search.engines.whoosh_reader import Generation, open_generation, with_small_together
from search.engines.whoosh_schema import INDEX_NAME, make_schema
from search.results import Hit
from search.snapshot import together
from search.snapshot.answering import answer
from tests.asking import document, publish, wait_for_threads
from tests.test_contract_engine_agreement import documents, requests


def _published(folder: Path, *states: Sequence[Document]) -> Generation:
    """Publish one state after another; a publication without documents is removed."""
    engine = open_engine("whoosh", folder)
    for state in states:
        names = {document.publication for document in state} or {"a"}
        engine.publish(state, digests=dict.fromkeys(names, "digest" if state else ""))
    engine.close()
    return open_generation(open_dir(str(folder), INDEX_NAME, schema=make_schema()), {})


def _answer(generation: Generation, request: SearchRequest) -> tuple[object, ...]:
    found = answer(generation.views[request.scope], request)
    hits = [(hit.id, round(hit.score, 9), hit.missing) for hit in found.hits]
    shown: list[Hit] = found.show(request.query, 2)
    return found.total, hits, found.facets, [(hit.url, hit.passages) for hit in shown]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    states=st.lists(
        st.lists(documents(), max_size=3, unique_by=lambda d: d.id), min_size=2, max_size=5
    ),
    asked=st.lists(requests, min_size=3, max_size=6),
)
def test_no_answer_changes(
    tmp_path_factory: pytest.TempPathFactory,
    states: list[list[Document]],
    asked: list[SearchRequest],
) -> None:
    apart = _published(tmp_path_factory.mktemp("index"), *states)
    joined = with_small_together(apart)
    assert [_answer(joined, request) for request in asked] == [
        _answer(apart, request) for request in asked
    ]


def test_large_segments_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = ["water " * 50, "road", "road road"]
    states = [[document(f"p{n}/1/s", body)] for n, body in enumerate(bodies)]
    apart = _published(tmp_path, *states)
    monkeypatch.setattr(together, "MOST_WORDS", 40)
    sizes = [each.segment.scopes["sections"].count for each in with_small_together(apart).living]
    assert sizes == [1, 2]
    assert with_small_together(apart).living[0].segment is apart.living[0].segment


def test_an_engine_reads_small_segments_together_after_a_while(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    for name in ("one", "two", "three"):
        publish(engine, document(f"{name}/1/s", f"water {name}"))
    assert not wait_for_threads(JOINING)  # nobody has asked anything
    before = engine.vocabulary("sections")
    assert wait_for_threads(JOINING)
    after = engine.vocabulary("sections")
    assert after is not before
    assert before.documents("water") == after.documents("water") == 3
    assert not wait_for_threads(JOINING)
    engine.close()
