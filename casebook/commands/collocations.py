"""`casebook collocations`: words that go with a word or phrase, or pairs that go together.

In:  a word or phrase, or none; filters; how near, how often, by which measure.
Out: a table as text, JSON or CSV.
Errors: click.UsageError for options that cannot be used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

import click

from casebook.asked_words import WORDS_CONTEXT, filter_option, read_query
from casebook.help_text import CommandWithExamples
from casebook.output_forms import Form, form_options, print_form
from casebook.phrase_tables import print_collocations
from casebook.session import Session
from search.csv_tables import collocation_rows
from search.phrase_finds import MOST_COLLOCATES, MOST_WINDOW
from search.word_groups import Measure


class CollocationOptions(TypedDict):
    """The options that go to the library as they are."""

    filters: Mapping[str, Sequence[str]]
    measure: Measure
    window: int
    least: int
    limit: int


@click.command(
    context_settings=WORDS_CONTEXT,
    cls=CommandWithExamples,
    short_help="List the words that stand near a word or phrase.",
)
@click.argument("phrase", nargs=-1, callback=read_query)
@filter_option
@click.option(
    "--measure",
    type=click.Choice(["likelihood", "pmi"]),
    default="likelihood",
    show_default=True,
    help="The likelihood ratio, or pointwise mutual information, which prefers rare words.",
)
@click.option(
    "--window",
    type=click.IntRange(1, MOST_WINDOW),
    default=4,
    show_default=True,
    metavar="N",
    help="How many words to each side of the phrase are looked at.",
)
@click.option(
    "--least",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    metavar="N",
    help="How often the words have to stand together.",
)
@click.option(
    "--limit", type=click.IntRange(1, MOST_COLLOCATES), default=30, show_default=True, metavar="N"
)
@form_options
@click.pass_obj
def collocations(
    session: Session, phrase: str, *, form: Form, **options: Unpack[CollocationOptions]
) -> None:
    """List the words that stand near a word or phrase more often than by chance.

    Without a phrase: the pairs of neighbouring words that do, of the whole library or of what the
    filters leave. Stop words, numbers and very short words are left aside.

    Examples:
      casebook collocations loan
      casebook collocations '"drinking water"' --measure pmi --least 5
      casebook collocations --filter part='Sughd Region'
    """
    with session.library() as library:
        found = library.collocations(phrase, **options)
    print_form(
        found, form, rows=lambda: collocation_rows(found), text=lambda: print_collocations(found)
    )
