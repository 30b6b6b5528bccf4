from __future__ import annotations

import errno
import io
import json
import sys
from pathlib import Path
from typing import BinaryIO, cast

import click
import pytest

from casebook.failures import LOG_NAME, failure_of, report
from search.errors import InputError


@pytest.mark.parametrize(
    ("error", "sentence", "code"),
    [
        (InputError("it is empty", where="a.pdf", fix="Try b"), "a.pdf: it is empty. Try b.", 1),
        (click.UsageError("Missing argument 'QUERY'."), "Missing argument 'QUERY'.", 2),
        (KeyboardInterrupt(), "Stopped. What was not finished was not kept.", 130),
        (click.Abort(), "Stopped. What was not finished was not kept.", 130),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device.", 1),
        (PermissionError(13, "Permission denied", "x/y"), "x/y: Permission denied.", 1),
        (ZeroDivisionError("inner words"), "Something went wrong inside Casebook.", 1),
    ],
)
def test_every_error_is_a_sentence_and_an_exit_code(
    error: BaseException, sentence: str, code: int
) -> None:
    failure = failure_of(error)
    assert (failure.sentence, failure.exit_code) == (sentence, code)


def test_a_bug_is_written_whole_to_the_log_and_not_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(ZeroDivisionError("inner words"), [], folder=tmp_path) == 1
    said = capsys.readouterr()
    assert said.err.startswith("Something went wrong inside Casebook. What happened is written in")
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert "ZeroDivisionError: inner words" in (tmp_path / LOG_NAME).read_text(encoding="utf-8")


def test_a_bug_without_a_library_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(ZeroDivisionError("inner words"), [], folder=tmp_path / "missing")
    assert "Run it again with “casebook --debug …” to see where." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_debugging_shows_the_trace(capsys: pytest.CaptureFixture[str]) -> None:
    report(ZeroDivisionError("inner words"), [])
    assert "ZeroDivisionError: inner words" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "arguments", "document"),
    [
        ("list", ["list", "--json"], {"error": "It is empty."}),
        ("ingest", ["ingest", "f", "--json"], {"error": "It is empty.", "results": []}),
        ("export", ["export", "f"], {"error": "It is empty."}),
    ],
)
def test_a_script_gets_its_document_on_failure_too(
    command: str,
    arguments: list[str],
    document: dict[str, object],
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(InputError("it is empty"), arguments, command=command)
    assert json.loads(capsys.readouterr().out) == document


def test_json_behind_the_end_of_options_is_no_option(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(InputError("it is empty"), ["search", "--", "--json"], command="search")
    assert capsys.readouterr() == ("", "It is empty.\n")


class FullDisk(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        del data
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_stdout_that_takes_nothing_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(cast("BinaryIO", FullDisk())))
    full = OSError(errno.ENOSPC, "No space left on device")
    assert report(full, ["list", "--json"], folder=Path("/nowhere")) == 1
    assert capsys.readouterr().err.startswith("No space left on device.")
