"""The opened library answers, and says what it did."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from search.engine import ALL_FACETS, FACETS
from search.errors import InputError, LibraryError, NotFoundError
from search.library import states_of
from search.model import Case, Publication, Retired
from search.permalinks import Resolution
from search.results import Results
from search.searcher import Library, open_library
from search.settings import Settings
from search.snapshot import expansion
from tests.records import make_block, make_case, make_publication, make_section, write_source

RIVER = make_publication()
BRIDGE = "/p/river-and-road/a-bridge-over-the-alder"


def _reports() -> tuple[Case, ...]:
    """Twelve cases, each about a well; those with an even number about a market too."""
    return tuple(
        make_case(
            f"report-{number}",
            f"Report {number}",
            make_section("lead", "A well was dug." + " The market opened." * (number % 2 == 0)),
            number=number,
        )
        for number in range(1, 13)
    )


WELLS = make_publication("wells", title="Wells", year=2021, cases=_reports())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("searcher")
    with open_library(folder / "library", create=True) as library:
        library.publish(RIVER, source=write_source(folder))
        library.publish(WELLS, source=write_source(folder))
        yield library


def _urls(results: Results) -> list[str]:
    return [hit.url for hit in results.hits]


# ---- opening


def test_the_door_has_what_it_names() -> None:
    assert all(hasattr(search, name) for name in search.__all__)
    assert search.open_library is open_library


def test_where_there_is_no_library_one_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no library here.*casebook ingest"):
        open_library(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_new_library_is_empty_and_explains_its_settings(tmp_path: Path) -> None:
    with open_library(tmp_path / "a" / "library", create=True) as library:
        assert library.publications() == ()
        assert library.search("water").total == 0
        assert library.check() == ()
        assert library.settings == Settings()
    assert "site_name" in (tmp_path / "a" / "library" / "casebook.toml").read_text("utf-8")


def test_a_folder_with_something_else_in_it_is_not_made_a_library(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(LibraryError, match="not empty"):
        open_library(tmp_path, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_malformed_setting_is_told_when_the_library_is_opened(tmp_path: Path) -> None:
    open_library(tmp_path / "library", create=True).close()
    (tmp_path / "library" / "casebook.toml").write_text("port = 'x'", encoding="utf-8")
    with pytest.raises(InputError, match="port"):
        open_library(tmp_path / "library")


# ---- searching


def test_a_hit_says_where_it_stands(library: Library) -> None:
    results = library.search("crane")
    assert results.total == 1
    hit = results.hits[0]
    assert hit.url == f"{BRIDGE}/activity"
    assert (hit.publication, hit.publication_title) == ("river-and-road", "River and Road")
    assert (hit.case_number, hit.case_title) == (1, "A Bridge over the Alder")
    assert (hit.organisation, hit.part) == ("Alder Carpenters", "North Valley")
    assert (hit.section, hit.section_kind, hit.heading) == ("activity", "activity", "Activity")
    assert (hit.page, hit.page_label, hit.language) == (2, "2", "en")
    assert hit.score > 0


def test_a_passage_can_be_found_in_the_section(library: Library) -> None:
    hit = library.search("crane").hits[0]
    passage = hit.passages[0]
    section = RIVER.cases[1].sections[1]
    assert section.text[passage.start :].startswith(passage.text)
    assert [passage.text[a:b] for a, b in passage.highlights] == ["crane"]
    assert (passage.paragraph, passage.page) == (1, 2)


def test_a_phrase_across_a_caption_is_found_and_marked(library: Library) -> None:
    hit = library.search('"two days of labour"').hits[0]
    passage = hit.passages[0]
    assert [passage.text[a:b] for a, b in passage.highlights] == ["two days of\nlabour"]
    spans = library.highlights('"two days of labour"', RIVER, RIVER.cases[1].sections[1])
    text = RIVER.cases[1].sections[1].text
    assert [text[span.start : span.end] for span in spans] == ["two days of", "labour"]


def test_a_caption_is_found_and_shown(library: Library) -> None:
    hit = library.search("caption:carpenters").hits[0]
    assert hit.passages[0].text == "Carpenters at the north bank"
    assert hit.passages[0].paragraph == 2


def test_a_passage_says_its_page_and_paragraph(library: Library) -> None:
    passage = library.search("children").hits[0].passages[0]
    assert (passage.paragraph, passage.page) == (3, 3)


def test_a_section_found_by_its_title_shows_how_it_begins(library: Library) -> None:
    hits = library.search("title:bridge heading:contact").hits
    assert [hit.section for hit in hits] == ["contact"]
    assert hits[0].passages[0].highlights == ()
    assert hits[0].passages[0].text.startswith("Telephone")


def test_more_passages_are_counted(library: Library) -> None:
    full = library.search("council carpenters bridge", scope="cases", match="all").hits[0]
    few = library.search("council carpenters bridge", scope="cases", match="all", passages=1).hits[
        0
    ]
    assert len(full.passages) > 1
    assert len(few.passages) == 1
    assert few.more_passages == full.more_passages + len(full.passages) - 1


def test_passages_are_not_cut_where_none_are_wanted(library: Library) -> None:
    assert library.search("crane", passages=0).hits[0].passages == ()


def test_a_case_is_found_by_words_of_different_sections(library: Library) -> None:
    assert library.search("mechanics repaired", match="all").total == 0
    results = library.search("mechanics repaired", match="all", scope="cases")
    assert _urls(results) == ["/p/river-and-road/clean-water-for-two-villages"]
    hit = results.hits[0]
    assert (hit.section, hit.heading, hit.section_kind) == ("", "", "")
    assert {passage.page for passage in hit.passages} == {4}


def test_a_question_may_say_itself_that_cases_are_wanted(library: Library) -> None:
    asked = library.search("in:cases well market")
    assert asked.scope == "cases"
    assert _urls(asked) == _urls(library.search("well market", scope="cases"))
    assert library.search("in:sections well", scope="cases").scope == "sections"


def test_highlights_are_in_the_heading_too(library: Library) -> None:
    section = RIVER.cases[1].sections[1]
    found = library.highlights("activity bridge", RIVER, section)
    assert found[0] == search.Highlight("heading", 0, 8)
    assert [section.text[h.start : h.end] for h in found if h.field == "text"] == ["bridge"]


def test_all_words_where_enough_documents_have_them(library: Library) -> None:
    with_few = library.search("well dug")
    assert (with_few.total, with_few.match, with_few.notices) == (12, "all", ())


def test_too_few_with_all_words_widens_and_says_so(library: Library) -> None:
    results = library.search("well market", limit=20)
    assert (results.total, results.match) == (12, "any")
    assert results.notices == ("6 sections have both words; shown are 12 sections with either.",)
    assert results.hits[0].missing == ()
    assert [hit.missing for hit in results.hits].count(("market",)) == 6


def test_a_forced_matching_is_kept(library: Library) -> None:
    assert library.search("well market", match="all").total == 6
    assert library.search("well market", match="any").notices == ()


def test_a_word_with_a_hyphen_in_too_few_sections_is_sought_by_its_parts_too(
    own: Library, tmp_path: Path
) -> None:
    sections = ("a micro-loan", "a loan for seed", "a micro-loan and the micro-loans")
    cases = [
        make_case(f"c{n}", f"Case {n}", make_section("lead", text), number=n)
        for n, text in enumerate(sections, 1)
    ]
    own.publish(make_publication("loans", cases=tuple(cases)), source=write_source(tmp_path))
    results = own.search("micro-loan")
    assert [hit.case for hit in results.hits] == ["c3", "c1", "c2"]
    assert results.notices == (
        "All of the word is in 2 sections; shown are 3 sections with it or a part of it.",
    )
    assert own.search("micro-loan", match="all").total == 2
    assert own.search("=micro-loan").total == 2


def test_one_word_and_a_phrase_are_never_widened(library: Library) -> None:
    assert library.search("market").match == "all"
    assert library.search('"well market"').total == 0
    assert library.search("well AND market").total == 6


def test_a_phrase_stays_wanted_when_words_are_loosened(library: Library) -> None:
    results = library.search('"a well was dug" market zebra')
    assert (results.total, results.match) == (6, "any")
    assert library.search('"dug a well" market zebra').total == 0


def test_words_that_say_nothing_are_not_counted(library: Library) -> None:
    notices = library.search("what was the well and the market").notices
    assert notices == ("6 sections have both words; shown are 12 sections with either.",)


def test_nothing_to_gain_is_no_widening(library: Library) -> None:
    results = library.search("crane lent")
    assert (results.match, results.notices) == ("all", ())


@pytest.mark.parametrize("query", ["well dug", "well market", "well crane"])
def test_a_facets_count_is_what_its_choice_finds(tmp_path: Path, query: str) -> None:
    sections = make_section("lead", "A well was dug."), make_section("plans", "A well, a crane.")
    other = make_publication("other", year=2020, cases=(make_case("other", "Other", *sections),))
    with open_library(tmp_path / "library", create=True) as library:
        library.publish(WELLS, source=write_source(tmp_path))
        library.publish(other, source=write_source(tmp_path))
        facets = library.search(query).facets
        promised = {(name, v.value): v.count for name, values in facets.items() for v in values}
        found = {
            (name, value): library.search(query, filters={name: [value]}).total
            for name, value in promised
        }
    assert found == promised


def test_facets_are_labelled_and_counted_over_all_matches(library: Library) -> None:
    facets = library.search("", limit=1).facets
    assert set(facets) == set(FACETS)
    assert {v.value: (v.label, v.count) for v in facets["publication"]} == {
        "wells": ("Wells", 12),
        "river-and-road": ("River and Road", 9),
    }
    assert {v.label for v in facets["language"]} == {"English", "Russian"}
    assert "Background" in {v.label for v in facets["section_kind"]}


def test_filters_are_or_within_and_between(library: Library) -> None:
    parts = library.search("", filters={"part": ["North Valley", "South Hills"]})
    both = library.search(
        "", filters={"part": ["north valley", "South Hills"], "section_kind": ["activity"]}
    )
    assert parts.total == 7
    assert both.total == 2
    assert all(value.selected for value in both.facets["part"])


def test_a_single_value_needs_no_list(library: Library) -> None:
    assert library.search("", filters={"part": "North Valley"}).total == 3
    assert library.search("", filters={"part": []}).total == library.search("").total


def test_only_the_facets_asked_for_are_counted(library: Library) -> None:
    assert list(library.search("", facets=("year",)).facets) == ["year"]
    assert library.search("", facets=()).facets == {}


def test_a_count_is_what_a_click_gives(library: Library) -> None:
    for facet, values in library.search("the").facets.items():
        for value in values:
            clicked = library.search("the", filters={facet: [value.value]})
            assert clicked.total == value.count, (facet, value.value)


def test_an_unknown_facet_finds_nothing_and_says_so(library: Library) -> None:
    results = library.search("well", filters={"colour": ["red"]})
    assert results.total == 0
    assert results.notices == (f"There is no facet “colour”; there are {', '.join(ALL_FACETS)}.",)


def test_an_unknown_value_finds_nothing_and_says_so(library: Library) -> None:
    results = library.search("well", filters={"part": ["East"]})
    assert results.total == 0
    assert "The library has no part “East”." in results.notices
    assert [(v.value, v.count, v.selected) for v in results.facets["part"]] == [("East", 0, True)]


def test_an_unknown_value_beside_a_known_one_is_said(library: Library) -> None:
    results = library.search("", filters={"part": ["North Valley", "East"]})
    assert results.total == 3
    assert results.notices == ("The library has no part “East”.",)


def test_a_known_value_without_a_match_is_no_unknown_one(library: Library) -> None:
    results = library.search("crane", filters={"part": ["South Hills"]})
    assert (results.total, results.notices) == (0, ())


def test_past_the_end_comes_the_last_page(library: Library) -> None:
    results = library.search("well", offset=100, limit=5)
    assert (results.offset, len(results.hits), results.total) == (10, 2, 12)
    assert results.notices == ("There are fewer hits than that; this is the last page.",)
    empty = library.search("xylophone", offset=100)
    assert (empty.offset, empty.hits) == (0, ())


def test_pages_fit_together(library: Library) -> None:
    whole = _urls(library.search("well", limit=20))
    paged = [
        url for start in (0, 5, 10) for url in _urls(library.search("well", offset=start, limit=5))
    ]
    assert paged == whole


def test_a_list_has_its_limit(library: Library) -> None:
    results = library.search("well", limit=1_000_000)
    assert (results.limit, len(results.hits)) == (10_000, 12)
    assert results.notices == ("A list has 10,000 hits at most.",)
    assert library.search("well", limit=-1).hits == ()
    assert library.search("well", limit=0).total == 12


def test_book_order_is_the_order_of_the_book(library: Library) -> None:
    results = library.search("", sort="book", filters={"publication": ["river-and-road"]}, limit=20)
    sections = [f"/p/{RIVER.id}/{c.id}/{s.id}" for c in RIVER.cases for s in c.sections]
    assert _urls(results) == sections


def test_the_reading_is_given_back(library: Library) -> None:
    assert "two days" in library.search('"two days"').reading


@pytest.mark.parametrize(
    ("asked", "reading"),
    [
        (
            "how did the village get clean water?",
            "“village”, “clean”, “water” (not for “how”, “did”, “the”, “get”)",
        ),
        ("the who", "“the”, “who”"),
        ('the "clean water"', "the exact phrase “clean water” (not for “the”)"),
        ("=the water", "“the” in exactly this form, “water”"),
    ],
)
def test_words_that_are_not_looked_for_are_named(
    library: Library, asked: str, reading: str
) -> None:
    assert library.search(asked).reading == reading


@pytest.mark.parametrize("choice", [{"scope": "books"}, {"match": "some"}, {"sort": "date"}])
def test_a_way_of_searching_that_does_not_exist_is_refused(
    library: Library, choice: dict[str, str]
) -> None:
    with pytest.raises(InputError, match=next(iter(choice))):
        library.search("well", **choice)  # type: ignore[arg-type]


ODD = st.text(st.sampled_from('ab well"():*~-+=^.\\\x00\u0301Жӣ水'), max_size=40)


@given(ODD, st.integers(-5, 50), st.sampled_from(["sections", "cases"]))
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_question_is_an_error(library: Library, query: str, offset: int, scope: str) -> None:
    results = library.search(query, offset=offset, scope=scope)  # type: ignore[arg-type]
    assert len(results.hits) <= results.total
    for hit in results.hits:
        for passage in hit.passages:
            assert all(0 <= a < b <= len(passage.text) for a, b in passage.highlights)


def test_many_threads_may_search_while_one_publishes(library: Library, tmp_path: Path) -> None:
    source = write_source(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(library.search, "crane") for _ in range(20)]
        for edition in (1, 2):
            library.publish(msgspec.structs.replace(RIVER, edition=edition), source=source)
        searches += [pool.submit(library.search, "crane") for _ in range(20)]
        assert {search.result().total for search in searches} == {1}


# ---- reading


def test_publications_come_by_title(library: Library) -> None:
    assert [record.title for record in library.publications()] == ["River and Road", "Wells"]


def test_records_are_found_by_their_ids(library: Library) -> None:
    assert library.publication("wells") == WELLS
    assert library.case("wells", "report-3") == WELLS.cases[2]
    for missing in ("nothing", "../wells", ""):
        with pytest.raises(NotFoundError):
            library.publication(missing)
    with pytest.raises(NotFoundError, match="report-99"):
        library.case("wells", "report-99")


def test_a_source_is_known_by_its_sha256(library: Library) -> None:
    assert library.source_ids()[WELLS.source.sha256] == "wells"
    assert "0" * 64 not in library.source_ids()
    assert library.source_file("wells").name == "source.txt"


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("wells", "found"),
        ("wells/report-3", "found"),
        ("wells/report-3/lead/p1", "found"),
        ("wells/report-3/lead/p9", "moved"),
        ("wells/report-99", "never"),
        ("nothing", "never"),
        ("../etc/passwd", "never"),
        ("", "never"),
    ],
)
def test_an_address_is_resolved(library: Library, address: str, outcome: str) -> None:
    assert library.resolve(address).outcome == outcome


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Library]:
    """A library that a test may change."""
    with open_library(tmp_path / "library", create=True) as library:
        retired = (Retired("the-bridge", "a-bridge-over-the-alder"),)
        record = msgspec.structs.replace(RIVER, retired=retired)
        library.publish(record, source=write_source(tmp_path))
        yield library


def test_addresses_of_a_removed_publication_say_so(own: Library) -> None:
    own.remove(RIVER.id)
    day = datetime.now(UTC)
    gone = Resolution("gone", note=f"“River and Road” was removed on {day.day} {day:%B %Y}.")
    bridge = f"{RIVER.id}/a-bridge-over-the-alder"
    addresses = (RIVER.id, bridge, f"{bridge}/activity/p1", f"{RIVER.id}/the-bridge")
    assert [own.resolve(address) for address in addresses] == [gone] * 4
    assert own.resolve(f"{RIVER.id}/page/3") == gone
    assert own.resolve(f"{RIVER.id}/nothing") == Resolution("never")
    assert own.search("").total == 0
    assert own.publications() == ()


def test_addresses_stay_known_when_the_id_is_used_again(own: Library, tmp_path: Path) -> None:
    own.remove(RIVER.id)
    fewer = msgspec.structs.replace(RIVER, cases=RIVER.cases[:1])
    own.publish(fewer, source=write_source(tmp_path))
    assert own.resolve(f"{RIVER.id}/preface").outcome == "found"
    assert own.resolve(f"{RIVER.id}/an-evening-school").outcome == "gone"
    own.remove(RIVER.id)
    assert own.resolve(f"{RIVER.id}/an-evening-school").outcome == "gone"


def test_what_is_not_there_cannot_be_removed(own: Library) -> None:
    for name in ("nothing", "../library", ""):
        with pytest.raises(NotFoundError):
            own.remove(name)


def test_a_damaged_publication_can_be_removed(own: Library) -> None:
    (states_of(own.path, RIVER.id).present / "record.json").write_bytes(b"{")
    assert [finding.where for finding in own.damaged()] != []
    own.remove(RIVER.id)
    assert own.damaged() == ()
    assert own.resolve(RIVER.id).outcome == "gone"


def test_reindexing_changes_no_answer(own: Library) -> None:
    before = own.search("council")
    told: list[tuple[int, int]] = []
    own.reindex(lambda done, total: told.append((done, total)))
    assert own.search("council") == before
    assert told[-1] == (9, 9)


def _spoil_source(library: Library) -> None:
    library.source_file(RIVER.id).write_text("something else", encoding="utf-8")


def _lose_source(library: Library) -> None:
    library.source_file(RIVER.id).unlink()


def _spoil_record(library: Library) -> None:
    (states_of(library.path, RIVER.id).present / "record.json").write_bytes(b"[")


def _change_record(library: Library) -> None:
    path = states_of(library.path, RIVER.id).present / "record.json"
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(RIVER, title="Other")))


def _spoil_extraction(library: Library) -> None:
    (states_of(library.path, RIVER.id).present / "extraction.json.gz").write_bytes(b"x")


def _leave_staging(library: Library) -> None:
    states_of(library.path, RIVER.id).staged.mkdir()


def _add_stranger(library: Library) -> None:
    (library.path / "publications" / "Notes.txt").write_text("x", encoding="utf-8")


def _leave_generation(library: Library) -> None:
    (library.path / "index" / "000099").mkdir()


def _lose_record(library: Library) -> None:
    states_of(library.path, RIVER.id).present.rename(library.path / "elsewhere")


def _lose_record_file(library: Library) -> None:
    (states_of(library.path, RIVER.id).present / "record.json").unlink()


def _spoil_tombstone(library: Library) -> None:
    (library.path / "tombstones").mkdir()
    (library.path / "tombstones" / "lost.json").write_bytes(b"{")


def _empty_the_index(library: Library) -> None:
    engine = library._generations.engine()  # noqa: SLF001 - nobody else harms an index so
    engine.publish([], digests=engine.digests())


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_spoil_source, "not the file that it was made from"),
        (_lose_source, "source is missing"),
        (_spoil_record, "record is damaged"),
        (_change_record, "not the one in the index"),
        (_spoil_extraction, "extraction cannot be read"),
        (_leave_staging, "broken off"),
        (_add_stranger, "no publication"),
        (_leave_generation, "left unfinished"),
        (_lose_record, "its folder is missing"),
        (_lose_record_file, "record is missing"),
        (_empty_the_index, "the index has 0 sections, the records have 9"),
        (_spoil_tombstone, "tombstone is damaged"),
    ],
)
def test_check_names_what_is_wrong_and_what_to_do(own: Library, harm: object, words: str) -> None:
    assert own.check() == ()
    assert callable(harm)
    harm(own)
    findings = own.check()
    assert any(words in str(finding) for finding in findings), findings
    assert all(finding.fix for finding in findings)


def test_a_damaged_tombstone_keeps_nobody_from_reading(own: Library) -> None:
    _spoil_tombstone(own)
    assert own.publication(RIVER.id).title == RIVER.title
    assert own.search("crane").total == 1
    with pytest.raises(LibraryError, match="tombstone"):
        own.resolve("lost")


def test_a_missing_source_is_told_where_it_is_asked_for(own: Library) -> None:
    _lose_source(own)
    with pytest.raises(NotFoundError, match="source is missing"):
        own.source_file(RIVER.id)


def test_a_section_of_many_blocks_is_searched_to_its_end(own: Library, tmp_path: Path) -> None:
    blocks = [make_block(f"Sentence number {n} stands here.", page=n) for n in range(1, 400)]
    section = make_section("lead", *blocks, make_block("A pangolin came last.", page=400))
    record: Publication = make_publication("long", cases=(make_case("long", "Long", section),))
    own.publish(record, source=write_source(tmp_path))
    passage = own.search("pangolin").hits[0].passages[0]
    assert (passage.paragraph, passage.page) == (400, 400)


def test_a_pattern_for_very_many_words_says_that_it_was_cut(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansion, "MAX_EXPANSIONS", 1)
    results = library.search("w*")
    assert results.total
    assert "stands for very many words" in " ".join(results.notices)
