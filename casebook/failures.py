"""What becomes of an error: one calm sentence, an exit code, and a trace of what is our fault.

In:  whatever escaped from a command.
Out: the sentence on stderr (and as `{"error": …}` on stdout for a script), the exit code; a bug
     is written whole to `casebook.log` in the library's folder, or shown with `--debug`.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from casebook.terminal import note, print_json, readable
from search.errors import CasebookError

FAILED, INTERRUPTED = 1, 130
LOG_NAME = "casebook.log"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as the one who runs the command sees it; `is_bug` says that it is ours."""

    sentence: str
    exit_code: int
    is_bug: bool = False


def failure_of(error: BaseException) -> Failure:
    """Say what an error means to the one who ran the command."""
    if isinstance(error, CasebookError):
        sentence = str(error)
        return Failure(sentence if error.where else sentence[:1].upper() + sentence[1:], FAILED)
    if isinstance(error, click.ClickException):
        return Failure(_usage_sentence(error), error.exit_code)
    if isinstance(error, KeyboardInterrupt | EOFError | click.Abort):
        return Failure("Stopped. What was not finished was not kept.", INTERRUPTED)
    if isinstance(error, OSError):
        return Failure(_system_sentence(error), FAILED, is_bug=True)
    return Failure("Something went wrong inside Casebook.", FAILED, is_bug=True)


def report(
    error: BaseException, arguments: Sequence[str], *, command: str = "", folder: Path | None = None
) -> int:
    """Tell about an error, in the form that the command was asked for; return the exit code.

    `folder` is the library's; None shows the trace of a bug instead of writing it there.
    """
    sentence = readable(complaint(error, folder))
    note(sentence)
    if command == "export" or _is_for_a_script(arguments):
        empty: dict[str, object] = {"results": []} if command == "ingest" else {}
        with suppress(OSError):  # a stdout that takes nothing may be what the error is about
            print_json({"error": sentence} | empty)
    return failure_of(error).exit_code


def complaint(error: BaseException, folder: Path | None) -> str:
    """Return the sentence about an error, having kept the trace of a bug."""
    failure = failure_of(error)
    return f"{failure.sentence} {_trace(error, folder)}" if failure.is_bug else failure.sentence


def _usage_sentence(error: click.ClickException) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message
    message = error.format_message().rstrip(".")
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return f"{message}."
    return f"{message}. “{error.ctx.command_path} --help” shows what can be given."


def _system_sentence(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."


def _trace(error: BaseException, folder: Path | None) -> str:
    """Keep the traceback where whoever looks into it finds it; say where."""
    trace = "".join(traceback.format_exception(error))
    if folder is None:
        note(trace)
        return "The lines above say where."
    try:
        with (folder / LOG_NAME).open("a", encoding="utf-8", errors="replace") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{trace}\n")
    except OSError:
        return "Run it again with “casebook --debug …” to see where."
    return f"What happened is written in {folder / LOG_NAME}."


def _is_for_a_script(arguments: Sequence[str]) -> bool:
    options = [*arguments, "--"]
    return "--json" in options[: options.index("--")]
