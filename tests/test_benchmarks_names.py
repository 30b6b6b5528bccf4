"""The benchmark of names: pairs are read as said, and the figures hold what was promised."""

from __future__ import annotations

from pathlib import Path

from benchmarks.names import Row, read_pairs, score_names, table


def test_pairs_are_words_at_the_same_place_that_differ() -> None:
    variants = {
        "groups": [
            {
                "difference": "transliteration",
                "forms": ["Upper Gulobod", "Upper Gulabad", "Gulobods"],
                "also_typed": ["Golabad", "district"],
            },
            {"difference": "other", "forms": ["valley", "dale"]},
        ],
        "not_same": [{"a": "Rasht", "b": "Asht"}],
        "typos": [{"printed": "vilage", "meant": "village"}],
    }
    pairs = read_pairs(variants)
    assert pairs.printed == {("gulabad", "gulobod")}
    assert pairs.typed == {("golabad", "gulobods")}
    assert pairs.misprints == {("vilage", "village")}
    assert pairs.look_alikes == {("asht", "rasht")}


def test_the_table_says_how_many_of_how_many() -> None:
    assert "| printed | 4 | 2 (50%) | 8 | 1 (12%) | 4 (50%) | 6 (75%) |" in table(
        [Row("printed", 4, 2, 8, 1, 4, 6)], 10, [("asht", "rasht")]
    )


def test_names_are_found_and_look_alikes_stay_apart(shared: Path) -> None:
    scores = score_names(shared)
    found = {row.name: row.suggested / row.asked for row in scores.rows}
    assert found["printed"] >= 0.75
    assert found["typed"] >= 0.75
    assert len(scores.wrong) <= 0.02 * scores.look_alikes
