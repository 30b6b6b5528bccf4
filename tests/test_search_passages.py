"""What a hit shows comes from the snapshot, and is what the record says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import ascii_lowercase
from sys import getsizeof
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import documents
from search.engine import Engine, SearchRequest
from search.engines.catalog import open_engine
from search.engines.whoosh_engine import WhooshEngine
from search.model import Block, Case, LineSpan, Publication, Section
from search.permalinks import permalink
from search.query_parser import parse_query
from search.query_plan import plan_query, positive_leaves
from search.results import Hit, Passage
from search.snapshot import segment
from search.snapshot.marking import Finder
from search.snapshot.passages import MAX_LENGTH
from search.snapshot.places import read_steps
from search.snapshot.segment import SegmentScope
from tests.oracle_passages import expected_passages
from tests.records import make_case, make_publication, make_section


@contextmanager
def indexed(*sections: Section) -> Iterator[WhooshEngine]:
    """Give an index of one case with these sections."""
    record = make_publication("one", cases=(make_case("one", "One", *sections),))
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        engine.publish(documents(record), digests={"one": "digest"})
        yield engine
        engine.close()


def scope_of(engine: WhooshEngine) -> SegmentScope:
    ((_, part),) = engine._latest().views["sections"].parts  # noqa: SLF001 - no other way to see
    return part.scope


def passages(text: str, question: str, limit: int = 3) -> tuple[tuple[Passage, ...], int]:
    """Return the passages of a section of one paragraph a line."""
    with indexed(make_section("lead", *text.split("\n"))) as engine:
        (hit,) = engine.search(SearchRequest(parse_query(""))).show(parse_query(question), limit)
    return hit.passages, hit.more_passages


def test_a_word_written_as_one_is_marked_beside_one_with_a_hyphen() -> None:
    for question in ("=micro-credit", "micro-credit"):
        (passage,), _ = passages("A micro-credit and a microcredit.", question)
        assert [passage.text[start:end] for start, end in passage.highlights] == [
            "micro-credit",
            "microcredit",
        ]
    sections = (make_section("a", "micro-credit"), make_section("b", "microcredit"))
    with indexed(*sections) as engine:
        query = parse_query("=micro-credit")
        hits = engine.search(SearchRequest(query)).show(query, 1)
        assert all(hit.passages[0].highlights for hit in hits)


def test_a_form_is_not_marked_in_a_text_of_a_language_in_which_it_is_another_word() -> None:
    english = make_section("a", "Watering the water.")
    vietnamese = make_section("b", "Watering the waters.", language="vi")
    with indexed(english, vietnamese) as engine:
        query = parse_query("waters")
        marked = {
            hit.section: [passage.text[start:end] for start, end in passage.highlights]
            for hit in engine.search(SearchRequest(query)).show(query, 1)
            for passage in hit.passages
        }
    assert marked == {"a": ["Watering", "water"], "b": ["waters"]}


def test_what_some_hundred_questions_look_for_is_remembered() -> None:
    with indexed(make_section("a", "Water.")) as engine:
        for number in range(300):
            query = parse_query(f"water no{number} none{number}")
            assert engine.search(SearchRequest(query, match="any")).show(query, 1)
        assert len(scope_of(engine).sought._values) == 300  # noqa: SLF001


def test_questions_that_mark_nothing_are_not_remembered_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(segment, "SOUGHT_BYTES", 20_000)
    with indexed(make_section("a", "Water.")) as engine:
        for number in range(50):
            query = parse_query(f"-no{number}")
            assert engine.search(SearchRequest(query)).show(query, 1)
        assert len(scope_of(engine).sought._values) <= 10  # noqa: SLF001


def test_what_is_remembered_of_a_pattern_of_many_words_takes_no_more_than_is_counted() -> None:
    words = [f"b{one}{other}{end}" for one in ascii_lowercase for other in "abcd" for end in "xyz"]
    with indexed(make_section("a", " ".join(words))) as engine:
        scope = scope_of(engine)
        (leaf,) = positive_leaves(plan_query(parse_query("b*x")))
        finder = Finder(scope, leaf)
        (step,) = read_steps(scope.views["exact"], leaf, leaf.steps)
    taken = [getsizeof(run) + sum(map(getsizeof, run)) for run in step.runs]
    assert len(taken) == len(words) // 3
    assert finder.size_bytes > sum(taken)


WORDS = [
    *["water", "waters", "Watering", "the", "of", "road", "roads", "micro-credit", "microcredit"],
    *["micro", "credit", "W-2", "W2", "dog-s", "dogs", "re-re", "rere", "well-off-well", "wa-wa"],
    *["вода", "водой", "нӯшокӣ", "café", "кабу́л", "х" * 300, "水资源", "а-б-в-г-д-е", "e.g."],
    *["nước", "Cà-phê", "nuoc"],
]
ENDINGS = [".", "!", "?", "…", ";", ",", "\n", ". The", "." * 400, " — ", "。", " \u00a0 "]
texts = st.lists(st.sampled_from([*WORDS, *WORDS, *ENDINGS]), max_size=90).map(" ".join)
languages = st.sampled_from(["en", "ru", "tg", "vi", ""])


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text) + 5), max_size=3)))
    ends = [*cuts, len(text)][: draw(st.integers(0, len(cuts) + 1))]
    lines = tuple(LineSpan(0, end, draw(st.integers(0, 4)), 0) for end in ends)
    return Block(draw(st.sampled_from(["paragraph", "caption", "item"])), text, lines)


@st.composite
def sections(draw: st.DrawFn, number: int) -> Section:
    return Section(
        id=f"s{number}",
        kind=draw(st.sampled_from(["lead", "activity"])),
        heading=draw(st.sampled_from(["", "Water of Roads", "Вода"])),
        page=draw(st.integers(0, 4)),
        last_page=4,
        blocks=tuple(draw(st.lists(blocks(), max_size=4))),
        language=draw(languages),
    )


@st.composite
def cases(draw: st.DrawFn, number: int) -> Case:
    return Case(
        id=f"c{number}",
        kind="case",
        title=draw(st.sampled_from(["Clean Water", "Roads, “the” Roads"])),
        first_page=draw(st.integers(0, 4)),
        last_page=4,
        sections=tuple(draw(sections(n)) for n in range(draw(st.integers(1, 3)))),
        number=draw(st.sampled_from([None, number])),
        organisation=draw(st.sampled_from(["", "Road Water"])),
        part=draw(st.sampled_from(["", "north"])),
    )


@st.composite
def records(draw: st.DrawFn) -> Publication:
    made = tuple(draw(cases(n)) for n in range(draw(st.integers(1, 3))))
    return make_publication(
        draw(st.sampled_from(["one", "two", "three"])), cases=made, language=draw(languages)
    )


leaves = (
    st.sampled_from([*WORDS, *map("={}".format, WORDS), *map("-{}".format, WORDS)])
    | st.sampled_from(["wat*", "micro-*", "w*", "d*s", "wter~", "credits~2", "r?ad", "re-r*"])
    | st.sampled_from(["caption:water", "title:water", "heading:roads", 'caption:"the road"'])
    | st.sampled_from(["body:(the water)", "(water OR roads)", "NOT waters", "-wat*", "part:n*"])
    | st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(lambda w: f'"{" ".join(w)}"')
    | st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(lambda w: f'"{" ".join(w)}"~3')
)
questions = st.lists(leaves, max_size=4).map(" ".join)


def _expected(record: Publication, address: str, text: str, limit: int) -> tuple[object, ...]:
    """Return a hit's fields, but for its score and what it lacks, straight from the record."""
    case_id, _, section_id = address.partition("/")
    case = next(case for case in record.cases if case.id == case_id)
    section = next((each for each in case.sections if each.id == section_id), None)
    page = section.page if section else case.first_page
    spoken = [each.language or record.language for each in case.sections]
    shown = [section] if section else case.sections
    return (
        permalink(record.id, case.id, section_id),
        *(record.id, record.title, case.id, case.number, case.title, case.organisation),
        record.part_title(case),
        *((section_id, section.kind, section.heading) if section else ("", "", "")),
        page,
        next((label.label for label in record.pages if label.number == page), ""),
        (section.language or record.language)
        if section
        else max(spoken, key=spoken.count, default=record.language),
        *(expected_passages(record, shown, parse_query(text), limit) if limit else ((), 0)),
    )


def _fields(hit: Hit) -> tuple[object, ...]:
    values = tuple(getattr(hit, name) for name in Hit.__struct_fields__)
    return (*values[:14], hit.passages, hit.more_passages)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return iter(tmp_path_factory.mktemp("shown") / str(n) for n in range(1_000_000))


def _check(engine: Engine, published: dict[str, Publication], asked: str, limit: int) -> None:
    for scope in ("sections", "cases"):
        request = SearchRequest(
            parse_query(asked),
            scope=scope,
            match="any",
            limit=50,
        )
        results = engine.search(request)
        hits = results.show(parse_query(asked), limit)
        assert [hit.score for hit in hits] == [hit.score for hit in results.hits]
        for hit, found in zip(hits, results.hits, strict=True):
            publication, _, address = found.id.partition("/")
            assert _fields(hit) == _expected(published[publication], address, asked, limit)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    library=st.lists(records(), min_size=1, max_size=4),
    asked=st.lists(questions, min_size=2, max_size=6),
    limit=st.integers(0, 4),
)
def test_hits_show_what_the_records_say(
    folders: Iterator[Path], library: list[Publication], asked: list[str], limit: int
) -> None:
    engine = open_engine("whoosh", next(folders))
    published: dict[str, Publication] = {}
    for record in library:
        engine.publish(documents(record), digests={record.id: "digest"})
        published[record.id] = record
    for text in ("", *asked):
        _check(engine, published, text, limit)
    engine.close()


def test_marks_are_found_far_into_a_long_text() -> None:
    text = "filler words here. " * 5_000 + "The pangolin came."
    (passage,), more = passages(text, "pangolin")
    assert (passage.text, passage.highlights, more) == ("The pangolin came.", ((4, 12),), 0)
    assert text[passage.start :] == passage.text


def test_the_best_sentences_come_first_and_the_rest_is_counted() -> None:
    text = "Water came. Water and roads came. Nothing. Roads came. The water roads came."
    found, more = passages(text, '"water roads" water roads', limit=1)
    assert [p.text for p in found] == ["The water roads came."]
    assert more == 3


def test_a_phrase_across_sentences_shows_both_of_them() -> None:
    (passage,), _ = passages("They met. We had clean water\nUsers paid. End.", '"water users"')
    assert passage.text == "We had clean water\nUsers paid."
    assert passage.highlights == ((13, 24),)


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
    (passage,), more = passages("One came. Two came.", "water")
    assert (passage.text, passage.highlights, more) == ("One came.", (), 0)
    assert passages("One came. Two.", "") == passages("One came. Two.", "water")
    assert passages("", "water") == ((), 0)
