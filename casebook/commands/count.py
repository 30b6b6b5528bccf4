"""`casebook count`: a list of phrases in, a table of counts by region and case out.

In:  a file with one phrase a line (“-” is stdin), filters.
Out: a table by region or by case, as text, JSON (both) or CSV.
Errors: InputError for a file that cannot be read as text; click.UsageError for wrong options.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

import click

from casebook.asked_words import filter_option
from casebook.help_text import CommandWithExamples
from casebook.output_forms import Form, form_options, print_form
from casebook.phrase_tables import print_counts
from casebook.progress import ProgressBar
from casebook.session import Session
from search.csv_tables import CountsBy, count_rows
from search.errors import InputError

_MOST_BYTES = 1_000_000


def _phrases(file: BinaryIO) -> list[str]:
    data = file.read(_MOST_BYTES + 1)
    where = getattr(file, "name", "")
    if len(data) > _MOST_BYTES:
        raise InputError("the list is too long", where=where, fix="Give at most 500 phrases a time")
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(
            "the list is no text in UTF-8", where=where, fix="Save it as “CSV UTF-8” or plain text"
        ) from None


@click.command(cls=CommandWithExamples, short_help="Count the phrases of a file, as a table.")
@click.argument("file", type=click.File("rb"))
@filter_option
@click.option(
    "--by",
    type=click.Choice(["region", "case"]),
    default="region",
    show_default=True,
    help="What a line of the table is: a phrase in a region, or in a case. JSON has both.",
)
@form_options
@click.pass_obj
def count(
    session: Session,
    file: BinaryIO,
    *,
    filters: Mapping[str, Sequence[str]],
    by: CountsBy,
    form: Form,
) -> None:
    """Count the phrases of a file, one a line, by region and by case.

    Each line is a word or phrase, as for “casebook concordance”: words side by side are a phrase
    in any of their forms, quotation marks make it exact.

    Examples:
      casebook count indicators.txt
      casebook count indicators.txt --by case --csv > counts.csv
      casebook count indicators.txt --filter year=2019 --excel > counts.csv
    """
    phrases = _phrases(file)
    with session.library() as library, ProgressBar("Counting") as bar:
        found = library.count_phrases(phrases, filters=filters, progress=bar)
    print_form(
        found, form, rows=lambda: count_rows(found, by), text=lambda: print_counts(found, by)
    )
