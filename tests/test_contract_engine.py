"""What every engine does: one suite for the embedded engine and the oracle."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engine import Document, Engine
from search.engines.catalog import open_engine
from tests.asking import ask, counts, document, found, publish, with_facets
from tests.oracle_engine import OracleEngine

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "whoosh": lambda folder: open_engine("whoosh", folder),
    "oracle": lambda _: OracleEngine(),
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened = ENGINES[request.param](tmp_path / "index")
    yield opened
    opened.close()


# ---- words and phrases ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("They irrigated the field.", "irrigation"),
        ("Вода для водопользователей.", "водопользователи"),
        ("Школы и дороги", "школа"),
        ("Micro-credit for women", "microcredit"),
        ("Microcredit for women", "micro-credit"),
        ("Micro-credit for women", '"micro credit"'),
        ("the women’s committee", "women"),
        ("the women’s committee", "women's"),
        ("Form W-2 was sent", "W-2"),
        ("group B met", "=b"),
        ("нӯшокӣ оби тоза", unicodedata.normalize("NFD", "нӯшокӣ")),
        (unicodedata.normalize("NFD", "нӯшокӣ оби тоза"), "НӮШОКӢ"),
        ("Ёлка и ёж", "елка"),
        ("за́мок на горе", "замок"),
        ("a café in Zürich", "cafe zurich"),
        ("水资源管理", "资源"),
        ("การจัดการน้ำ", "จัดการ"),
        ("wa\u00adter supply", "water"),
        ("board of directors", '"board of directors"'),
        ("To be or not to be", '"to be"'),
        ("“Clean — water”", '"clean water"'),
        ("clean\nwater", '"clean water"'),
        ("water for all users", '"water users"~2'),
        ("waterworks", "wat*"),
        ("Khukumat and the rest", "hukumat~"),
        ("Khukumat and the rest", "khukmat~1"),
        ("Hukumot and the rest", "khukumat~2"),
        ("the river Pyanj", "p?anj"),
        ("the river Pyanj", "P*nj"),
        ("waterworks", "w?t*r?s"),
        ("Micro-credit for women", "m*cred?t"),
        ("write to info@example.org now", "info@example.org"),
    ],
)
def test_what_a_reader_means_is_found(engine: Engine, body: str, question: str) -> None:
    publish(engine, document("p/c/s", body), document("p/c/other", "nothing of it here", order=1))
    assert found(engine, question) == ["p/c/s"]


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("board directors; board and directors", '"board of directors"'),
        ("water for all the users", '"water users"~2'),
        ("users of water", '"water users"~5'),
        ("clean waters", '"clean water"'),
        ("irrigated", "=irrigation"),
        ("beehives and archives", "hiv"),
        ("он видел ҷои нав", "чои"),
        ("2000", "2001"),
        ("waterworks", "=wat"),
        ("Hukumot and the rest", "khukumat~"),
        ("2000", "2001~"),
        ("the water", "waterr~0"),
        ("the river Pyanj", "p?nj"),
        ("the river Pyanj", "r?v"),
    ],
)
def test_what_only_looks_alike_is_not_found(engine: Engine, body: str, question: str) -> None:
    publish(engine, document("p/c/s", body))
    assert found(engine, question) == []


@pytest.fixture
def marked(engine: Engine) -> Engine:
    publish(
        engine,
        document("p/c/ghost", "con ma ma", language="vi"),
        document("p/c/mother", "con má má", language="vi", order=1),
        document("p/c/rice", "con mạ mạ", language="vi", order=2),
    )
    return engine


@pytest.mark.parametrize(
    ("question", "first"), [("má", "mother"), ("mạ", "rice"), ("con mạ", "rice")]
)
def test_marks_decide_the_order_where_they_tell_words_apart(
    marked: Engine, question: str, first: str
) -> None:
    assert len(found(marked, question)) == 3
    assert found(marked, question)[0] == f"p/c/{first}"


def test_a_question_without_marks_finds_words_with_any_as_if_there_were_none(
    marked: Engine, tmp_path: Path
) -> None:
    scores = {hit.score for hit in ask(marked, "ma").hits}
    assert len(scores) == 1
    plain = open_engine("whoosh", tmp_path / "plain")
    bodies = ("con ma ma",) * 3
    publish(plain, *(document(f"p/c/{n}", b, order=n) for n, b in enumerate(bodies)))
    assert ask(plain, "ma").hits[0].score == pytest.approx(scores.pop())
    plain.close()


@pytest.mark.parametrize("question", ['"con mạ"', "=má", "c?n", "m*", "ma~1"])
def test_exact_forms_and_patterns_do_not_look_at_marks(marked: Engine, question: str) -> None:
    assert found(marked, question, sort="book") == ["p/c/ghost", "p/c/mother", "p/c/rice"]


def test_cyrillic_words_of_a_tajik_text_are_not_stemmed_as_russian(engine: Engine) -> None:
    publish(
        engine,
        document("p/c/tg", "обанд", language="tg"),
        document("p/c/ru", "водами", language="ru", order=1),
    )
    assert found(engine, "вода") == ["p/c/ru"]
    assert found(engine, "обанд") == ["p/c/tg"]


def test_a_phrase_does_not_run_from_one_field_into_the_next(engine: Engine) -> None:
    publish(engine, document("p/c/s", "users met", title="clean water", heading="water"))
    assert found(engine, '"water users"') == []
    assert found(engine, '"clean water"') == ["p/c/s"]


@pytest.fixture
def cases(engine: Engine) -> Engine:
    """Three cases in two publications, published one after the other."""
    publish(
        engine,
        document("p/bank/a", "seed for women"),
        document("p/bank/b", "a loan", order=1),
        document("p/school/a", "a loan for women", order=2),
        document("p/school/b", "roof", order=3),
    )
    publish(engine, document("q/well/a", "women dug"), document("q/well/b", "pump", order=1))
    return engine


@pytest.mark.parametrize(
    ("question", "sections", "cases_found"),
    [
        ("in:case(women loan)", ["a", "b", "a", "b"], ["p/bank", "p/school"]),
        ("in:section(women loan)", ["a"], ["p/school"]),
        ("women in:case(pump)", ["a"], ["q/well"]),
        ("women -in:case(loan)", ["a"], ["q/well"]),
        ("roof OR in:case(pump)", ["b", "a", "b"], ["p/school", "q/well"]),
        ('in:case("loan for" in:section(roof))', ["a", "b"], ["p/school"]),
    ],
)
def test_what_stands_in_one_case_or_one_section_narrows(
    cases: Engine, question: str, sections: list[str], cases_found: list[str]
) -> None:
    in_book = found(cases, question, sort="book")
    assert [name.rpartition("/")[2] for name in in_book] == sections
    assert found(cases, question, scope="cases", sort="book") == cases_found


def test_what_narrows_counts_for_nothing_and_holds_when_any_word_will_do(cases: Engine) -> None:
    plain = {hit.id: hit.score for hit in ask(cases, "women seed", match="any").hits}
    narrowed = ask(cases, "women seed in:case(women loan)", match="any").hits
    assert [hit.id for hit in narrowed] == ["p/bank/a", "p/school/a"]
    assert {hit.id: hit.score for hit in narrowed} == {hit.id: plain[hit.id] for hit in narrowed}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("women OR roof^3", "p/school/b"),
        ("women^3 OR roof", "q/well/a"),
        ("(loan OR nothing)^9 OR roof", "p/bank/b"),
        ('"women"^.1 OR "roof"', "p/school/b"),
        ("wom*^9 OR roof", "q/well/a"),
    ],
)
def test_a_boost_changes_the_order_and_nothing_that_is_found(
    cases: Engine, question: str, first: str
) -> None:
    plain = re.sub(r"\^[\d.]+", "", question)
    assert found(cases, question)[0] == first
    assert sorted(found(cases, question)) == sorted(found(cases, plain))


def test_a_boost_multiplies_a_score(cases: Engine) -> None:
    ((plain,), (twice,)) = (ask(cases, text).hits for text in ("roof", "(roof^4)^.5"))
    assert twice.score == pytest.approx(2 * plain.score)


def test_words_of_a_case_may_stand_in_different_fields(engine: Engine) -> None:
    publish(
        engine,
        document("p/c/a", "pumps", title="School"),
        document("p/c/b", "roads", title="School", caption="A well", order=1),
        document("p/d/a", "pumps", title="School", order=2),
    )
    assert found(engine, "school well pump", scope="cases") == ["p/c"]
    assert found(engine, "school well pump", scope="sections") == []


@pytest.mark.parametrize(
    ("question", "cases"),
    [
        ('"clean water"', ["p/c"]),
        ('"water users"', []),
        ('"water users"~5', []),
        ('"a well"', ["p/c"]),
        ("heading:met", ["p/c"]),
        ("body:met", []),
        ("title:school", ["p/c"]),
        ("title:mill", []),
        ("wat*", ["p/c"]),
        ("users -roads", []),
        ("part:north part:south", ["p/c"]),
    ],
)
def test_a_case_is_its_sections_which_are_never_run_together(
    engine: Engine, question: str, cases: list[str]
) -> None:
    first = document("p/c/a", "clean water", title="School")
    second = document("p/c/b", "users of a well", title="Mill", heading="met roads", order=1)
    publish(engine, with_facets(first, part=("North",)), with_facets(second, part=("South",)))
    assert found(engine, question, scope="cases") == cases


def test_what_a_case_has_in_every_section_counts_for_it_once(engine: Engine) -> None:
    publish(
        engine,
        *(document(f"p/many/{n}", "x1", title="Water", order=n) for n in range(9)),
        document("p/one/a", " ".join(["x1"] * 9), title="Water", order=9),
    )
    many, one = ask(engine, "water", scope="cases").hits
    assert many.score == pytest.approx(one.score)


def test_a_case_has_each_facet_value_of_its_sections_once(engine: Engine) -> None:
    parts = [("North",), ("South", "North"), ()]
    publish(
        engine,
        *(
            with_facets(document(f"p/c/{n}", "x1", order=n), part=part)
            for n, part in enumerate(parts)
        ),
    )
    results = ask(engine, "x1", scope="cases", facets=("part", "language"))
    assert counts(results, "part") == {"North": 1, "South": 1}
    assert counts(results, "language") == {"en": 1}


def test_cases_come_where_their_first_sections_stand(engine: Engine) -> None:
    names = ["p/b/a", "p/a/a", "p/b/b", "p/c/a"]
    publish(engine, *(document(name, "water", order=n) for n, name in enumerate(names)))
    assert found(engine, "water", scope="cases", sort="book") == ["p/b", "p/a", "p/c"]
    sections = found(engine, "water", sort="book")
    assert sections == ["p/b/a", "p/b/b", "p/a/a", "p/c/a"]


def test_stop_words_are_left_out_of_bare_questions_alone(engine: Engine) -> None:
    publish(engine, document("p/c/a", "water"), document("p/c/b", "the road", order=1))
    assert found(engine, "what is the water") == ["p/c/a"]
    assert found(engine, "the") == ["p/c/b"]
    assert found(engine, "water +the") == []


# ---- operators and fields ---------------------------------------------------------------------


@pytest.fixture
def four(engine: Engine) -> Engine:
    publish(
        engine,
        with_facets(
            document("p/1/s", "water wells", title="Clean"), part=("North",), year=("2005",)
        ),
        with_facets(document("p/2/s", "water roads", order=1), part=("South",), year=("2007",)),
        with_facets(document("p/3/s", "roads", order=2), part=("North",), year=("2009",)),
        with_facets(document("p/4/s", "schools", order=3), part=("West Bank",)),
    )
    return engine


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", "1234"),
        ("-water", "34"),
        ("water roads", "2"),
        ("water OR roads", "123"),
        ("water AND NOT roads", "1"),
        ("(water OR schools) -wells", "24"),
        ("water OR roads -wells", "23"),
        ("title:clean", "1"),
        ("title:water", ""),
        ("part:north", "13"),
        ("part:north water", "1"),
        ('part:"west bank"', "4"),
        ("part:bank", "4"),
        ("part:wes*", "4"),
        ("year:2005..2007", "12"),
        ("year:..2005", "1"),
        ("year:2006..", "23"),
        ("-year:2005..2007", "34"),
        ("part:(north OR bank)", "134"),
        ("nowhere:north", ""),
    ],
)
def test_operators_and_fields(four: Engine, question: str, expected: str) -> None:
    assert sorted(found(four, question)) == [f"p/{number}/s" for number in expected]


def test_organisation_is_a_text_to_ask_and_a_facet_to_choose(engine: Engine) -> None:
    name = "Association of Weavers “Thread”"
    base = document("p/1/s", "looms", organisation=name)
    publish(engine, with_facets(base, organisation=(name,)), document("p/2/s", "thread", order=1))
    assert found(engine, "organisation:weaver") == ["p/1/s"]
    assert found(engine, "organisation:thread") == ["p/1/s"]
    assert found(engine, "", filters={"organisation": (name.upper(),)}) == ["p/1/s"]
    assert found(engine, "", filters={"organisation": ("Weavers",)}) == []


def test_any_word_suffices_when_asked_so_and_what_is_lacking_is_named(four: Engine) -> None:
    hits = ask(four, "water roads", match="any").hits
    assert {hit.id: hit.missing for hit in hits} == {
        "p/2/s": (),
        "p/1/s": ("roads",),
        "p/3/s": ("water",),
    }
    assert hits[0].id == "p/2/s"


def test_alternatives_that_are_lacking_are_named_together(four: Engine) -> None:
    hits = ask(four, "(wells OR schools) roads", match="any").hits
    assert {hit.id: hit.missing for hit in hits} == {
        "p/1/s": ("roads",),
        "p/2/s": ("wells OR schools",),
        "p/3/s": ("wells OR schools",),
        "p/4/s": ("roads",),
    }


def test_required_and_excluded_words_hold_when_any_word_suffices(four: Engine) -> None:
    assert found(four, "+water roads schools", match="any") == ["p/2/s"]
    assert set(found(four, "water schools -roads", match="any")) == {"p/1/s", "p/4/s"}
    assert found(four, "part:south water wells", match="any") == ["p/2/s"]


# ---- order, counts, facets --------------------------------------------------------------------


def test_equal_scores_come_in_book_order(engine: Engine) -> None:
    names = ["b/1/s", "a/2/s", "a/1/s", "b/0/s"]
    publish(engine, *(document(n, "water", order=int(n[2])) for n in names))
    assert found(engine, "water") == ["a/1/s", "a/2/s", "b/0/s", "b/1/s"]


def test_book_order_can_be_asked_for(engine: Engine) -> None:
    publish(engine, document("a/1/s", "water and roads"), document("a/2/s", "water", order=1))
    assert found(engine, "water") == ["a/2/s", "a/1/s"]
    assert found(engine, "water", sort="book") == ["a/1/s", "a/2/s"]


def test_pages_cut_the_hits_but_not_the_total(engine: Engine) -> None:
    publish(engine, *(document(f"p/{n}/s", "water", order=n) for n in range(25)))
    results = ask(engine, "water", offset=20, limit=10)
    assert results.total == 25
    assert [hit.id for hit in results.hits] == [f"p/{n}/s" for n in range(20, 25)]
    assert ask(engine, "water", offset=30).hits == ()


def test_facets_are_counted_over_all_matches(four: Engine) -> None:
    results = ask(four, "water OR roads", limit=1, facets=("part", "year"))
    assert counts(results, "part") == {"North": 2, "South": 1}
    assert [value.value for value in results.facets["part"]] == ["North", "South"]
    assert set(results.facets) == {"part", "year"}


def test_a_count_is_the_number_of_hits_after_the_click(four: Engine) -> None:
    chosen = {"part": ("north",)}
    results = ask(four, "", filters=chosen, facets=("part", "year"))
    assert results.total == 2
    assert counts(results, "part") == {"North": 2, "South": 1, "West Bank": 1}
    assert counts(results, "year") == {"2005": 1, "2009": 1}
    for value, count in counts(results, "year").items():
        assert ask(four, "", filters={**chosen, "year": (value,)}).total == count
    for value, count in counts(results, "part").items():
        both = ask(four, "", filters={"part": ("North", value)}).total
        assert both == (2 if value == "North" else 2 + count)


def test_chosen_values_never_vanish(four: Engine) -> None:
    results = ask(four, "schools", filters={"part": ("South", "Nowhere")}, facets=("part",))
    assert results.total == 0
    listed = {(v.value, v.count, v.selected) for v in results.facets["part"]}
    assert {("South", 0, True), ("Nowhere", 0, True), ("West Bank", 1, False)} == listed


def test_a_facet_that_does_not_exist_finds_nothing(four: Engine) -> None:
    results = ask(four, "", filters={"colour": ("red",)}, facets=("colour",))
    assert results.total == 0
    assert counts(results, "colour") == {"red": 0}


def test_values_that_differ_in_case_alone_count_as_one(engine: Engine) -> None:
    spellings = ["North", "NORTH", "North"]
    publish(
        engine,
        *(
            with_facets(document(f"p/{n}/s", "x1", order=n), part=(spelling,))
            for n, spelling in enumerate(spellings)
        ),
    )
    assert counts(ask(engine, "", facets=("part",)), "part") == {"North": 3}


# ---- publishing -------------------------------------------------------------------------------


def test_an_empty_index_finds_nothing(engine: Engine) -> None:
    results = ask(engine, "water", facets=("part",))
    assert (results.total, results.hits, results.facets) == (0, (), {"part": ()})
    assert (engine.digests(), engine.document_count()) == ({}, 0)


def test_publishing_replaces_and_removes_whole_publications(engine: Engine) -> None:
    publish(engine, document("a/1/s", "water"), document("b/1/s", "water"))
    engine.publish([document("a/2/s", "roads")], digests={"a": "second", "b": ""})
    assert found(engine, "") == ["a/2/s"]
    assert found(engine, "water") == []
    assert engine.digests() == {"a": "second"}
    assert engine.document_count() == 1


def test_a_repeated_id_is_taken_once(engine: Engine) -> None:
    publish(engine, document("a/1/s", "water"), document("a/1/s", "roads"))
    assert engine.document_count() == 1
    assert found(engine, "water") == ["a/1/s"]


def test_documents_that_fail_midway_leave_the_index_as_it_was(engine: Engine) -> None:
    publish(engine, document("a/1/s", "water"))

    def failing() -> Iterator[Document]:
        yield document("a/2/s", "roads")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.publish(failing(), digests={"a": "second"})
    assert found(engine, "") == ["a/1/s"]
    publish(engine, document("a/3/s", "still writable"))
    assert found(engine, "") == ["a/3/s"]


def test_publishing_tells_how_far_it_is(engine: Engine) -> None:
    told: list[int] = []
    many = [document(f"a/{number}/s", "water", order=number) for number in range(300)]
    engine.publish(many, digests={"a": "digest"}, progress=told.append)
    assert told == sorted(told)
    assert 0 < len(told) <= 300
    assert ask(engine, "water").total == engine.document_count() == 300


def test_a_document_of_an_unnamed_publication_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="a/1/s"):
        engine.publish([document("a/1/s", "water")], digests={"b": "digest"})
    assert engine.document_count() == 0


def test_scores_do_not_depend_on_removed_documents(engine: Engine) -> None:
    publish(engine, document("a/1/s", "water wells"), document("a/2/s", "roads", order=1))
    before = ask(engine, "water").hits
    publish(engine, *(document(f"b/{n}/s", "water " * 50, order=n) for n in range(9)))
    assert ask(engine, "water").hits != before
    engine.publish([], digests={"b": ""})
    assert ask(engine, "water").hits == before


def test_a_long_text_is_indexed_to_its_end(engine: Engine) -> None:
    publish(engine, document("a/1/s", "filler word " * 20_000 + "the pangolin came"))
    assert found(engine, '"the pangolin"') == ["a/1/s"]


@pytest.mark.parametrize(
    "question",
    [
        "(((",
        '"',
        "*",
        "~",
        "a" * 10_000,
        "() -() +",
        "\ud800",
        "\x00",
        "NOT",
        "title:",
        "((a)" * 500,
    ],
)
def test_odd_questions_are_answered(engine: Engine, question: str) -> None:
    publish(engine, document("a/1/s", "water"))
    assert ask(engine, question, match="any", facets=("part",)).total in {0, 1}
