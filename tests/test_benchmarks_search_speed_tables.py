"""Tables on search speed compare only what both have answered."""

from __future__ import annotations

from benchmarks.questions import Question
from benchmarks.rotation import Sample
from benchmarks.search_speed_tables import by_kind, library_table, mix_table

QUESTIONS = [Question("rare", ("a",)), Question("fuzzy", ("b",))]
SAMPLES = [
    Sample("casebook", "top", 0, 0.001),
    Sample("other", "top", 0, 0.002),
    Sample("other", "top", 1, 0.5),
]


def test_a_question_that_we_cannot_answer_is_in_no_ratio() -> None:
    table = mix_table(SAMPLES, ["casebook", "other"], "casebook")
    assert "| other | 2 | 251 | 475 | 495 | 2 × |" in table


def test_tasks_that_nobody_did_have_only_a_header() -> None:
    assert mix_table([], ["casebook"], "casebook").count("| engine |") == 3


def test_kinds_have_rows_with_times_and_ratios() -> None:
    table = by_kind(SAMPLES, QUESTIONS, ["casebook", "other"], "casebook")
    assert "| rare | 1.00 | 2.00 (2 ×) |" in table
    assert "| fuzzy | – | 500 |" in table


def test_files_of_publications_are_taken_together() -> None:
    sizes = iter([("publications/a/record.json", 2_000), ("publications/b/record.json", 1_000)])
    assert "| publications/…/record.json | 0.0 | 30 |" in library_table(sizes, 100)
