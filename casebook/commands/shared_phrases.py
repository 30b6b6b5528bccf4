"""`casebook shared-phrases`: longer sequences of words that recur in different cases.

In:  filters, how many words at least.
Out: the phrases and their places as text, JSON or CSV.
Errors: click.UsageError for options that cannot be used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

import click

from casebook.asked_words import filter_option
from casebook.help_text import CommandWithExamples
from casebook.output_forms import Form, form_options, print_form
from casebook.phrase_tables import print_shared_phrases
from casebook.progress import ProgressBar
from casebook.session import Session
from search.csv_tables import shared_phrase_rows
from search.phrase_finds import LEAST_WORDS, MOST_SHARED, MOST_WORDS

_MOST_PLACES = 10_000


class SharedOptions(TypedDict):
    """The options that go to the library as they are."""

    filters: Mapping[str, Sequence[str]]
    words: int
    limit: int
    offset: int
    places: int


@click.command(
    "shared-phrases",
    cls=CommandWithExamples,
    short_help="List the longer phrases that cases share.",
)
@filter_option
@click.option(
    "--words",
    type=click.IntRange(LEAST_WORDS, MOST_WORDS),
    default=6,
    show_default=True,
    metavar="N",
    help="How many words a phrase has at least.",
)
@click.option(
    "--limit", type=click.IntRange(1, MOST_SHARED), default=20, show_default=True, metavar="N"
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help="Leave out the first N."
)
@click.option(
    "--places",
    type=click.IntRange(1, _MOST_PLACES),
    default=10,
    show_default=True,
    metavar="N",
    help="How many places of each phrase to list.",
)
@form_options
@click.pass_obj
def shared_phrases(session: Session, *, form: Form, **options: Unpack[SharedOptions]) -> None:
    """List the longer phrases that recur in different cases: set pieces and borrowings.

    Only the longest are listed: a phrase that always stands inside a longer one is not. Those come
    first that repeat most words in further cases.

    Examples:
      casebook shared-phrases
      casebook shared-phrases --filter publication=working-together-2026 --words 10
      casebook shared-phrases --limit 1000 --csv > shared.csv
    """
    with session.library() as library, ProgressBar("Comparing") as bar:
        found = library.shared_phrases(progress=bar, **options)
    print_form(
        found,
        form,
        rows=lambda: shared_phrase_rows(found),
        text=lambda: print_shared_phrases(found),
    )
