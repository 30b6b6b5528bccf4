"""The contract suite on a second Whoosh package: the code must not know which one it runs on.

`pip install --target .venv/whoosh-reloaded whoosh-reloaded==2.7.5` puts it there
(docs/adr/0002-whoosh-package.md); where it is absent the test says so and is skipped.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FORK = ROOT / ".venv" / "whoosh-reloaded"


def _run_on_the_fork(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": f"{FORK}", "PYTHONWARNINGS": "ignore", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.fixture
def fork() -> None:
    if not (FORK / "whoosh").is_dir():
        pytest.skip(f"whoosh-reloaded is not installed in {FORK.relative_to(ROOT)}")


@pytest.mark.usefixtures("fork")
def test_the_contract_holds_on_a_second_whoosh_package() -> None:
    where = _run_on_the_fork("-c", "import whoosh; print(whoosh.__file__)")
    assert where.stdout.startswith(str(FORK)), where.stderr
    suites = sorted(str(path) for path in (ROOT / "tests").glob("test_contract_engine*.py"))
    run = _run_on_the_fork("-m", "pytest", *suites, "-q", "-p", "no:cacheprovider", "--no-cov")
    assert run.returncode == 0, run.stdout[-4_000:] + run.stderr[-2_000:]


@pytest.mark.usefixtures("fork")
def test_an_index_of_one_package_is_read_and_added_to_by_the_other(tmp_path: Path) -> None:
    publish = """
import sys
from pathlib import Path
from search.engine import Document, SearchRequest
from search.engines.catalog import open_engine
from search.query_parser import parse_query

name, folder = sys.argv[1], Path(sys.argv[2])
engine = open_engine("whoosh", folder)
document = Document(f"{name}/1/s", name, 0, "en", {"body": "clean water"}, {})
engine.publish([document], digests={name: "digest"})
print(*(hit.id for hit in engine.search(SearchRequest(parse_query('"clean water"'))).hits))
"""
    first = subprocess.run(
        [sys.executable, "-c", publish, "a", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    second = _run_on_the_fork("-c", publish, "b", str(tmp_path))
    third = subprocess.run(
        [sys.executable, "-c", publish, "c", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert first.stdout.split() == ["a/1/s"]
    assert second.stdout.split() == ["a/1/s", "b/1/s"], second.stderr
    assert third.stdout.split() == ["a/1/s", "b/1/s", "c/1/s"]
