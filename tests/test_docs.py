"""What the documents say is true: commands, targets, addresses, examples."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.command_group import COMMANDS
from search import open_library
from webui.app import create_app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
DOCUMENTS = sorted(
    path
    for path in [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "corpus").glob("*.md"),
    ]
)


def without_names(address: str) -> str:
    return re.sub(r"<[^>]+>", "<>", address).rstrip("/")


def test_every_command_is_documented() -> None:
    manual = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    missing = [name for name in COMMANDS if f"casebook {name}" not in manual]
    assert not missing


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"\.PHONY: ((?:.|\\\n)*?)\n\n", makefile)
    assert phony
    targets = set(phony[1].replace("\\", " ").split())
    described = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    assert targets - described == {"browser"}


def test_every_address_is_documented(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    documented = {without_names(address) for address in re.findall(r"`(/[^`]*)`", guide)}
    with open_library(tmp_path / "library", create=True) as library:
        rules = {without_names(rule.rule) for rule in create_app(library).url_map.iter_rules()}
    assert rules <= documented, rules - documented


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert not missing


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_examples_of_the_readme_run(tmp_path: Path) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    commands = [shlex.split(line) for block in CONSOLE for line in block.splitlines()]
    examples = [["-m", *command] for command in commands] + [["-c", code] for code in PYTHON]
    assert commands
    assert PYTHON
    for example in examples:
        done = run(tmp_path, *example)
        assert done.returncode == 0, (example, done.stderr)
        assert done.stdout, example
