"""Synthetic sections are the same every time, and as skewed as real ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean

from benchmarks.questions import words_of
from benchmarks.synthetic import FUNCTION_WORDS, Corpus, words_of_no_language
from ingest.jsonl import read_sections
from tests.synthetic_sections import CORPUS, small_file, small_sections


def test_the_same_seed_gives_the_same_sections() -> None:
    assert list(Corpus(seed=1, vocabulary=3_000).sections(50)) == small_sections(50)


def test_another_seed_gives_other_sections() -> None:
    other = Corpus(seed=2, vocabulary=3_000)
    assert [s.text for s in other.sections(5)] != [s.text for s in small_sections(5)]


def test_a_smaller_library_is_the_beginning_of_a_larger_one() -> None:
    assert small_sections(240)[:170] == small_sections(170)


def test_words_differ_and_function_words_come_first() -> None:
    words = words_of_no_language(2_000, seed=1)
    assert len(set(words)) == 2_000
    assert words[: len(FUNCTION_WORDS)] == FUNCTION_WORDS
    assert all(words_of(word) == [word] for word in words)


def test_sections_have_about_140_words() -> None:
    lengths = [len(words_of(section.text)) for section in CORPUS.sections(400)]
    assert 125 < mean(lengths) < 155
    assert min(lengths) >= 20


def test_publications_have_about_150_sections_and_cases_about_six() -> None:
    sections = small_sections(1_500)
    last = sections[-1].publication
    complete = [section for section in sections if section.publication != last]
    publications = Counter(section.publication for section in complete)
    cases = Counter((section.publication, section.case) for section in complete)
    assert all(100 <= count <= 200 for count in publications.values())
    assert 5 < mean(cases.values()) < 7


def test_facets_are_skewed() -> None:
    sections = small_sections(1_500)
    for facet in ("part", "organisation", "year"):
        counts = [count for _, count in Counter(getattr(s, facet) for s in sections).most_common()]
        assert counts[0] > 3 * counts[-1], facet


def test_words_follow_a_steep_curve() -> None:
    words = Counter(word for section in small_sections() for word in words_of(section.text))
    (_, most), *_ = ranked = words.most_common()
    assert ranked[0][0] == "the"
    assert most > 50 * ranked[len(ranked) // 2][1]


def test_a_case_has_words_that_recur_in_it() -> None:
    case = [s for s in small_sections() if (s.publication, s.case) == ("publication-1", "case-2")]
    title = {word for word in words_of(case[0].case_title or "") if word not in FUNCTION_WORDS}
    assert title & {word for section in case for word in words_of(section.text)}


def test_the_file_is_one_that_import_takes(tmp_path: Path) -> None:
    found = read_sections(small_file(tmp_path), tmp_path)
    records = [each.record() for each in found.publications]
    assert sum(len(case.sections) for record in records for case in record.cases) == 240
    assert found.notices == ()
