from __future__ import annotations

import pytest
from msgspec.structs import replace

from casebook.hits_text import cases_of, marked, print_results
from search.results import FacetValue, Hit, Passage, Results, Spellings, Suggestion
from search.ways_out import Looser, WayOut

PASSAGE = Passage("They dug a\ndeep well here.", ((13 - 2, 20),), start=0, paragraph=1, page=14)


HIT = Hit(
    url="/p/wells/deep-well/activity",
    publication="wells",
    publication_title="Wells and Pumps",
    case="deep-well",
    case_number=7,
    case_title="A Deep Well",
    organisation="Well Diggers",
    part="Eastern Hills",
    section="activity",
    section_kind="activity",
    heading="What was done",
    page=14,
    page_label="12",
    language="en",
    score=2.5,
    passages=(PASSAGE,),
)
RESULTS = Results(
    query="deep well",
    total=1,
    hits=(HIT,),
    facets={},
    notices=(),
    scope="sections",
    match="all",
    sort="relevance",
    offset=0,
    limit=10,
)


def printed(results: Results, capsys: pytest.CaptureFixture[str]) -> str:
    print_results(results)
    return capsys.readouterr().out


def test_matched_words_stand_between_marks_where_bold_cannot_be_seen() -> None:
    assert marked(PASSAGE, is_plain=True).plain == "They dug a **deep well** here."
    text = marked(PASSAGE, is_plain=False)
    assert text.plain == "They dug a deep well here."
    assert [(s.start, s.end) for s in text.spans] == [(11, 20)]


def test_hits_of_one_case_stand_together_in_the_order_of_the_best() -> None:
    hits = (replace(HIT, case="a"), replace(HIT, case="b"), replace(HIT, case="a", section="plans"))
    assert [[hit.section for hit in group.hits] for group in cases_of(hits)] == [
        ["activity", "plans"],
        ["activity"],
    ]


def test_a_hit_says_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(RESULTS, capsys)
    assert "1 section for “deep well”" in text
    assert "7. A Deep Well" in text
    assert "Well Diggers · Eastern Hills · Wells and Pumps" in text
    assert "  What was done, p. 12 (PDF p. 14)\n" in text
    assert "    /p/wells/deep-well/activity\n" in text


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"page_label": "14"}, "  What was done, p. 14\n"),
        ({"page_label": ""}, "  What was done, PDF p. 14\n"),
        ({"page": 0, "page_label": ""}, "  What was done\n"),
        ({"heading": ""}, "activity, p. 12"),
        ({"more_passages": 2}, "2 more passages here"),
        ({"missing": ("deep", "well")}, "without deep, well"),
    ],
)
def test_a_hit_shows_what_there_is_to_show(
    facts: dict[str, object], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expected in printed(replace(RESULTS, hits=(replace(HIT, **facts),)), capsys)


def test_facets_show_the_first_values_and_always_the_chosen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    values = tuple(FacetValue(f"v{n}", 20 - n, n == 8, f"v{n}") for n in range(9))
    single = (FacetValue("en", 3, selected=False, label="en"),)
    facets = {"part": values, "language": single}
    text = printed(replace(RESULTS, facets=facets), capsys)
    assert "part: v0 20 · v1 19 · v2 18 · v3 17 · v4 16 · ✓ v8 12 · 3 more" in text
    assert "language" not in text


def test_what_was_widened_and_what_comes_next_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    results = replace(RESULTS, total=34, offset=20, notices=("Widened to any word.",))
    text = printed(results, capsys)
    assert "Note: Widened to any word." in text
    assert "Shown: 21–21 of 34. The next: --offset 21" in text


def test_no_hit_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(replace(RESULTS, hits=(), total=0), capsys).startswith(
        "No sections for “deep well”\n"
    )


def test_ways_out_stand_with_their_counts_and_as_they_are_typed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    looser = Looser("deep well", {"part": ("Eastern Hills",)}, "cases", "all")
    print_results(replace(RESULTS, hits=(), total=0), [WayOut("without “blue”", looser, 2)])
    assert (
        "  without “blue”: 2 cases\n"
        "    casebook search 'deep well' '--filter=part=Eastern Hills' --scope=cases --match=all\n"
    ) in capsys.readouterr().out


def test_nothing_of_a_hit_reaches_the_terminal_raw(capsys: pytest.CaptureFixture[str]) -> None:
    nasty = "\x1b]0;title\x07\x9b"
    names = ("case_title", "organisation", "part", "heading", "publication_title", "url")
    facts: dict[str, object] = dict.fromkeys(names, nasty)
    passage = Passage(nasty, ((0, 2),), start=0, paragraph=1, page=1)
    facets = {"part": (FacetValue(nasty, 1, selected=True, label=nasty),)}
    hit = replace(HIT, **facts, passages=(passage,), missing=(nasty,))
    text = printed(
        replace(RESULTS, hits=(hit,), query=nasty, facets=facets, notices=(nasty,)), capsys
    )
    assert not {"\x1b", "\x07", "\x9b"} & set(text)


def test_other_spellings_and_what_may_have_been_meant_stand_above_the_hits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    results = replace(
        RESULTS,
        spellings=(Spellings("Gulabad", ("Gulobod", "Гулобод")),),
        suggestions=(Suggestion("bridge", "spelling", 4), Suggestion("вода", "layout", 2)),
    )
    head = printed(results, capsys).partition("7. A Deep Well")[0]
    assert "Also for Gulabad: Gulobod, Гулобод (not with --spelling typed)" in head
    assert "Did you mean: bridge (4)" in head
    assert "In another keyboard layout: вода (2)" in head
