from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.growth import (
    Taken,
    faster_than_the_library,
    figures,
    growth_table,
    measure,
    power,
)
from benchmarks.peers.peer import TASKS
from benchmarks.rotation import Rounds
from benchmarks.synthetic import SEED
from benchmarks.workplace import Workplace


def taken(sections: int, build_s: float, answer_s: float = 0.001) -> Taken:
    every = dict.fromkeys(TASKS, answer_s)
    return Taken(sections, build_s, 1_000_000, 1_000_000, 1_000_000, 0.1, every, every)


def test_power_is_one_for_what_grows_in_proportion_and_none_where_nothing_can_be_said() -> None:
    assert power(2.0, 20.0, 10) == pytest.approx(1.0)
    assert power(2.0, 2.0, 10) == 0
    assert power(2.0, 200.0, 10) == pytest.approx(2.0)
    assert power(0.0, 1.0, 10) is None


def test_what_grows_faster_than_the_library_is_named_and_nothing_else() -> None:
    steps = [taken(1_000, 1.0), taken(10_000, 30.0), taken(100_000, 300.0)]
    (said,) = faster_than_the_library(steps)
    assert said.startswith("build, s")
    assert "1,000 to 10,000" in said


def test_the_table_has_a_column_for_each_size_and_one_between() -> None:
    lines = growth_table([taken(1_000, 1.0), taken(10_000, 10.0)]).splitlines()
    assert lines[0] == "|  | 1,000 | power | 10,000 |"
    assert lines[2].split(" | ") == ["| build, s", "1.00", "1.00", "10.0 |"]


def test_a_library_is_measured_as_it_is_built_opened_and_asked(tmp_path: Path) -> None:
    found = measure(Workplace(tmp_path, 300, SEED), 1, Rounds(1, warm_up=0))
    assert found.sections == 300
    assert all(value > 0 for name, value in figures(found) if name != "private memory, MB")
