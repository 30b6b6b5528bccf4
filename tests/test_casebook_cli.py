from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from casebook.cli import main
from casebook.command_group import COMMANDS as MODULES
from casebook.command_group import cli
from search.searcher import open_library
from tests.programs import ROOT

COMMANDS = list(MODULES)


def found(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_commands_are_those_of_the_design_in_the_order_one_meets_them() -> None:
    expected = (
        "ingest watch import search concordance profile collocations shared-phrases count "
        "show similar list export diff translations serve remove reindex check"
    )
    assert expected.split() == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, command, "--help")
    assert (code, err) == (0, "")
    assert f"  casebook {command}" in out.partition("Examples:")[2]
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_stands_in_the_manual(command: str) -> None:
    manual = Path(__file__).resolve().parents[1] / "docs" / "command-line.md"
    text = manual.read_text(encoding="utf-8")
    assert f"casebook {command}" in text
    for parameter in found(command).params:
        for option in parameter.opts:
            assert not option.startswith("--") or f"`{option}" in text or f" {option}" in text


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--version")
    assert (code, out.split()[0]) == (0, "Casebook")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--bogus"],
        ["bogus"],
        ["ingest"],
        ["search"],
        ["search", "x", "--bogus"],
        ["search", "x", "--filter", "part"],
        ["search", "x", "--filter", "=North"],
        ["search", "x", "--limit", "10001"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--scope", "pages"],
        ["search", "x", "--sort", "size"],
        ["concordance"],
        ["concordance", "x", "--limit", "0"],
        ["concordance", "x", "--bogus"],
        ["profile", "x", "--by", "colour"],
        ["collocations", "--measure", "love"],
        ["shared-phrases", "--words", "1"],
        ["count"],
        ["count", "no-such-file.txt"],
        ["count", "-", "--by", "moon"],
        ["export", "x", "--format", "xml"],
        ["list", "x"],
        ["serve", "--port", "70000"],
        ["serve", "--prefix", "a b"],
        ["ingest", "a.pdf", "b.pdf", "--manifest", "m.toml"],
        ["ingest", "a.pdf", "b.pdf", "--as", "a"],
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_where_help_is(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "--library", str(tmp_path / "library"), *arguments)
    assert code == 2
    assert "--help" in err
    assert "Traceback" not in err
    assert out == "" or json.loads(out)["error"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--bogus", "list", "--json"],
        ["search", "x", "--limit", "many", "--json"],
        ["list", "--json", "x"],
        ["list", "--json"],
        ["show", "x", "--json"],
        ["check", "--json"],
        ["reindex", "--json"],
        ["remove", "x", "--json"],
        ["import", "missing.jsonl", "--json"],
        ["export", "x"],
    ],
)
def test_with_json_stdout_is_one_document_on_failure_too(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "--library", str(tmp_path / "library"), *arguments)
    assert code in {1, 2}
    assert json.loads(out)["error"] in err.replace("\n", " ")


@pytest.mark.parametrize("command", ["list", "search x", "show x", "check", "reindex", "remove x"])
def test_a_missing_library_is_said_and_not_made(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "--library", str(tmp_path / "none"), *command.split())
    assert (code, out) == (1, "")
    assert err.startswith(f"{tmp_path / 'none'}: there is no library here.")
    assert not (tmp_path / "none").exists()


def test_the_variable_names_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEBOOK_LIBRARY", str(tmp_path / "elsewhere"))
    assert str(tmp_path / "elsewhere") in run(capsys, "list")[2]


def test_without_option_and_variable_it_is_the_folder_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CASEBOOK_LIBRARY", raising=False)
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "list")[2].startswith("library: there is no library here.")


def test_what_was_typed_is_said_back_without_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nasty = "\x1b]0;x\x07"
    for arguments in (["list", nasty], [nasty], ["search", "x", "--filter", nasty]):
        assert not {"\x1b", "\x07"} & set(run(capsys, "--library", str(tmp_path), *arguments)[2])


@pytest.mark.parametrize("query", ["-school", "-h-index", "-=h"])
def test_a_query_may_begin_with_a_minus_whatever_its_letters(
    query: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "--library", str(tmp_path / "none"), "search", query)
    assert (code, out) == (1, "")
    assert "there is no library here" in err


def test_what_stands_behind_two_dashes_is_no_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_library(tmp_path / "library", create=True).close()
    code, out, _ = run(capsys, "--library", str(tmp_path / "library"), "search", "--", "--water")
    assert code == 0
    assert "--water" in out


def test_a_filter_knows_the_names_that_a_query_knows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_library(tmp_path / "library", create=True).close()
    arguments = ["search", "x", "--filter", "region=North"]
    _, out, err = run(capsys, "--library", str(tmp_path / "library"), *arguments)
    assert "no facet" not in out + err
    assert "no part “North”" in out + err


def test_searching_explains_itself_with_the_short_option_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(capsys, "search", "-h") == run(capsys, "search", "--help")


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "b\udcffk", "--json"],
        ["search", "x", "--filter", "part=b\udcffk", "--json"],
        ["list", "--json"],
        ["export", "b\udcffk"],
        ["import", "b\udcffk.jsonl", "--json"],
    ],
)
def test_what_is_no_utf_8_among_the_arguments_is_shown_as_far_as_it_can_be(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "--library", str(tmp_path / "b\udcffk"), *arguments)
    assert code == 1
    assert "b\ufffdk" in json.loads(out)["error"]


@pytest.mark.parametrize("closed", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_closed_is_no_hindrance(
    closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_library(tmp_path / "library", create=True).close()
    monkeypatch.setattr(sys, closed, None)
    code, out, err = run(capsys, "--library", str(tmp_path / "library"), "list", "--json")
    getattr(sys, closed).close()
    assert (code, err) == (0, "")
    assert out == ("" if closed == "stdout" else '{"publications":[]}\n')


@pytest.mark.parametrize("command", [cli, *map(found, COMMANDS)])
def test_a_file_that_may_not_be_read_is_told_as_any_other_bad_file(command: click.Command) -> None:
    paths = [param.type for param in command.params if isinstance(param.type, click.Path)]
    assert not any(path.readable or path.exists for path in paths)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="nothing tells of threads here")
def test_a_command_starts_no_threads_for_algebra() -> None:
    program = (
        "from casebook.command_group import run\n"
        "run(['--version'])\n"
        "import numpy\n"
        "from pathlib import Path\n"
        "print(len(list(Path('/proc/self/task').iterdir())))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert said.stdout.splitlines()[1:] == ["1"]
