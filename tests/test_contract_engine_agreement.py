"""The embedded engine against the oracle: on any library, any question, the same answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from search.engine import TEXT_FIELDS, Document, EngineResults, SearchRequest
from search.engines.catalog import open_engine
from search.query_parser import parse_query
from search.snapshot import (
    champions,
    counting,
    facet_tables,
    joining,
    matching,
    neighbours,
    places,
    postings,
    pruning,
    ranking,
    terms,
)
from search.widening import Widened, widen
from tests.asking import document, publish
from tests.oracle_engine import OracleEngine

WORDS = [
    *[
        "water",
        "waters",
        "watering",
        "the",
        "not",
        "of",
        "to",
        "road",
        "roads",
        "micro-credit",
        "microcredit",
        "micro",
        "credit",
        "W-2",
        "w",
    ],
    *["вода", "воды", "водой", "и", "Ёлка", "елка", "обе", "нӯшокӣ", "café"],
    *["nước", "nuoc", "Cà-phê", "Şehir", "ma", "má", "mạ"],
    *["Shuroabad", "Shuroobod", "Шӯрообод", "Шуроабаде", "kishlak", "kishlaks", "қишлоқ"],
]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
FACET_VALUES = {"part": ["North", "north", "West Bank", "Юг"], "year": ["2005", "2007", "n.d."]}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    publication, case = draw(st.sampled_from("ab")), draw(st.integers(0, 3))
    section = draw(st.sampled_from("st"))
    return Document(
        id=f"{publication}/{case}/{section}",
        publication=publication,
        order=draw(st.integers(0, 3)),
        language=draw(st.sampled_from(["en", "ru", "tg", "es", "vi", ""])),
        texts=draw(st.dictionaries(st.sampled_from(list(TEXT_FIELDS)), texts)),
        facets={
            name: tuple(draw(st.lists(st.sampled_from(values), max_size=2, unique=True)))
            for name, values in FACET_VALUES.items()
        },
    )


leaves = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map("={}".format),
    st.sampled_from(["wat*", "micro-c*", "во*", "*", "w*"]),
    st.sampled_from(["wter~", "roads~1", "mikrocredit~2", "воды~", "елки~2", "w~1", "and~2"]),
    st.sampled_from(["w?ter", "wa*r", "m*credit", "в?ды", "r*d*", "Ё*а", "mi?*c*t"]),
    st.sampled_from(["title:watr~", "heading:r?ads", "part:nort~", "part:n*th", "-w*r", "+watrs~"]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda w: f'"{" ".join(w)}"'),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda w: f'"{" ".join(w)}"~2'),
    st.sampled_from(["water^2", '"the water"^.3', "wat*^3", "title:roads^2", "=water^0.5"]),
    st.sampled_from(["in:case(water roads)", "in:section(water -roads)", "-in:case(women)"]),
    st.sampled_from(["part:north", 'part:"west bank"', "part:we*", "year:2005..2006", "year:..n"]),
    st.sampled_from(
        ["title:water", "heading:(the road)", "title:micro-credit", "part:(the OR юг)"]
    ),
)
questions = st.recursive(
    leaves,
    lambda inner: (
        st.builds(
            lambda parts, joint, sign: f"{sign}({joint.join(parts)})",
            st.lists(inner, min_size=1, max_size=3),
            st.sampled_from([" ", " ", " OR ", " AND ", " -", " +", " NOT "]),
            st.sampled_from(["", "", "-", "+", "in:case", "in:section"]),
        )
        | st.builds("({})^{}".format, inner, st.sampled_from(["2", ".5"]))
    ),
    max_leaves=6,
)
plain = st.lists(st.sampled_from(WORDS), min_size=2, max_size=8)
requests = st.builds(
    SearchRequest,
    query=st.one_of(st.lists(questions, max_size=3), plain).map(
        lambda parts: parse_query(" ".join(parts))
    ),
    feedback=st.booleans(),
    scope=st.sampled_from(("sections", "cases")),
    match=st.sampled_from(("all", "any")),
    filters=st.dictionaries(
        st.sampled_from(["part", "year", "colour"]),
        st.lists(st.sampled_from(["North", "2005", "Юг", "none"]), max_size=2).map(tuple),
        max_size=2,
    ),
    sort=st.sampled_from(("relevance", "book")),
    offset=st.integers(0, 2),
    limit=st.integers(0, 9),
    facets=st.just(("part", "year")),
)


NAMES = ["Shuroabad", "Shuroobod", "Шӯрообод", "Шуроабаде", "Shuroabads", "the", "road"]


def _rounded(results: EngineResults) -> tuple[object, ...]:
    hits = [(hit.id, round(hit.score, 5), hit.missing) for hit in results.hits]
    return results.total, hits, dict(results.facets)


# What is left out of sums, looked up in arrays or counted together in large libraries alone.
EVERY_ROAD = [
    (joining, "_LONG", 1),
    (joining, "_MANY", 1),
    (joining, "_DENSE", 1_000),
    (postings, "_DENSE", 1_000),
    (postings, "_LONG", 0),
    (postings, "CHAMPIONS", 2),
    (terms, "MOST_SCORED", 0),
    (pruning, "MOST_SCORED", 0),
    (places, "_MANY", 1),
    (champions, "_LEAST_READ", 1),
    (champions, "_SPARED", 2),
    (champions, "_GUESSED", 1),
    (terms, "_WORTH", 1),
    (facet_tables, "_MANY", 1),
    (matching, "_FEW", 0),
    (counting, "_FEW", 0),
    (neighbours, "_FEW", 0),
    (places, "_FEW", -1),
    (ranking, "_FEW", 0),
]


@pytest.fixture(params=["as in small libraries", "as in large ones", "as in large ones, sparse"])
def _road(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in EVERY_ROAD if "large" in request.param else []:
            patch.setattr(module, name, value)
        if "sparse" in request.param:
            patch.setattr(terms, "_DENSE", 0)
        yield


def _titled(name: str, language: str, title: str) -> Document:
    return Document(
        id=f"a/0/{name}",
        publication="a",
        order=0,
        language=language,
        texts={"title": title},
        facets={"part": (), "year": ()},
    )


# A form that stands in a text of another language, where it is not of the family.
FOREIGN = [_titled("s", "es", "water вода"), _titled("t", "en", "water")]
BOOK_ORDER = SearchRequest(parse_query("water вода"), match="any", sort="book")


@pytest.mark.usefixtures("_road")
@example(library=[*FOREIGN, *FOREIGN], asked=[BOOK_ORDER])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(library=st.lists(documents(), max_size=8), asked=st.lists(requests, min_size=4, max_size=8))
def test_the_embedded_engine_answers_as_the_oracle_does(
    tmp_path_factory: pytest.TempPathFactory, library: list[Document], asked: list[SearchRequest]
) -> None:
    engine, oracle = open_engine("whoosh", tmp_path_factory.mktemp("index")), OracleEngine()
    first, second = library[: len(library) // 2], library[len(library) // 2 :]
    for part in (first, second):
        digests = {document.publication: "digest" for document in part}
        engine.publish(part, digests=digests)
        oracle.publish(part, digests=digests)
    for request in asked:
        assert _rounded(engine.search(request)) == _rounded(oracle.search(request)), request.query
        widened = widen(request.query, engine.vocabulary("sections"))
        # A word that once stood in a text of our languages is still known as a name's spelling.
        assert _spellings(widened) >= _spellings(
            widen(request.query, oracle.vocabulary("sections"))
        )
        wider = structs.replace(request, query=widened.query)
        assert _rounded(engine.search(wider)) == _rounded(oracle.search(wider)), wider.query
    engine.close()


def _spellings(widened: Widened) -> set[tuple[str, str]]:
    return {(found.typed, also) for found in widened.spellings for also in found.also}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bodies=st.lists(st.lists(st.sampled_from(NAMES), max_size=8).map(" ".join), max_size=6),
    asked=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(" ".join),
)
def test_the_embedded_engine_scores_spellings_as_the_oracle_does(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], asked: str
) -> None:
    engine, oracle = open_engine("whoosh", tmp_path_factory.mktemp("index")), OracleEngine()
    library = [document(f"p/c/{number}", body) for number, body in enumerate(bodies)]
    for each in (engine, oracle):
        publish(each, *library)
    widened = widen(parse_query(asked), engine.vocabulary("sections"))
    assert widened == widen(parse_query(asked), oracle.vocabulary("sections"))
    request = SearchRequest(widened.query, match="any")
    # Sums of respelt words may differ in their last digits, and so in which of equals comes first.
    found, expected = _by_id(engine.search(request)), _by_id(oracle.search(request))
    assert found == pytest.approx(expected)
    assert [*found.values()] == sorted(found.values(), reverse=True)
    engine.close()


def _by_id(results: EngineResults) -> dict[str, float]:
    assert results.total == len(results.hits)
    return {hit.id: hit.score for hit in results.hits}
