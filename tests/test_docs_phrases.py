"""docs/phrases.md: what it says can be typed finds something, and its example runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from casebook.cli import main
from search.query_parser import parse_query

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "phrases.md").read_text(encoding="utf-8")
TYPED = re.findall(r"(?m)^\| `([^`]+)` \|", TEXT)


def test_everything_typed_is_read_as_it_stands() -> None:
    assert len(TYPED) >= 8
    for typed in TYPED:
        assert parse_query(typed).notices == (), typed


def test_the_example_runs_on_the_sample(tmp_path: Path) -> None:
    sample = ROOT / "corpus" / "sample" / "digest.pdf"
    shutil.copy(sample, tmp_path)
    assert (
        main(["--library", str(tmp_path / "library"), "ingest", str(tmp_path / sample.name)]) == 0
    )
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "drinking water" in done.stdout
