"""Output forms: text for a person, JSON or CSV for a program.

In:  `--json`, `--csv`, `--excel`; a result and how each form is made of it.
Out: stdout. With `--json` and `--csv` notices go to stderr where the form has no room for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar

import click

from casebook.terminal import note, plain_bytes, print_json
from search.csv_cells import Row
from search.csv_tables import csv_text

Form = Literal["text", "json", "csv", "excel"]
Command = TypeVar("Command", bound=Callable[..., Any])


def form_options(command: Command) -> Command:
    """Give a command the options that choose a form."""
    for name, form, says in (
        ("--excel", "excel", "As --csv, with a mark that lets Excel know the letters."),
        ("--csv", "csv", "Print a table for a spreadsheet."),
        ("--json", "json", "Print one JSON document."),
    ):
        command = click.option(name, "form", flag_value=form, default="text", help=says)(command)
    return command


def print_form(
    result: Any,  # noqa: ANN401 - each command has its own
    form: Form,
    *,
    rows: Callable[[], Iterable[Row]],
    text: Callable[[], None],
) -> None:
    """Print a result in the form that was asked for."""
    if form == "json":
        print_json(result)
    elif form == "text":
        text()
    else:
        for notice in result.notices:
            note(f"Note: {notice}")
        click.echo(plain_bytes(csv_text(rows(), for_excel=form == "excel")), nl=False)
