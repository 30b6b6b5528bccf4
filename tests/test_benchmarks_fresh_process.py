"""Building and opening are measured in processes of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fresh_process import build_apart
from benchmarks.workplace import Workplace, size_bytes, sizes_within
from tests.synthetic_sections import small_file


def test_an_index_is_built_once_and_opened_apart(tmp_path: Path) -> None:
    place = Workplace(tmp_path, sections=240, seed=1)
    small_file(tmp_path).rename(tmp_path / "sections-240-1.jsonl")
    built = place.build("fts5")
    assert built.seconds > 0
    assert place.build("fts5") == built
    assert place.open_apart("fts5", each=1).open_s > 0


def test_what_went_wrong_is_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)build fts5: .*no such file"):
        build_apart("fts5", tmp_path / "missing.jsonl", tmp_path, ())


def test_sizes_add_up(tmp_path: Path) -> None:
    (tmp_path / "index" / "one").mkdir(parents=True)
    (tmp_path / "index" / "one" / "a").write_bytes(b"123")
    (tmp_path / "b").write_bytes(b"45")
    assert size_bytes(tmp_path) == 5
    assert dict(sizes_within(tmp_path, 2)) == {"b": 2, "index/one": 3}
