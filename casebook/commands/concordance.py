"""`casebook concordance`: every occurrence of a word or phrase in its context.

In:  a word or phrase, filters, an order, how many lines and how wide.
Out: aligned lines, JSON or CSV.
Errors: click.UsageError for options that cannot be used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

import click

from casebook.asked_words import WORDS_CONTEXT, filter_option, read_query
from casebook.concordance_text import context_width, print_concordance
from casebook.help_text import CommandWithExamples
from casebook.output_forms import Form, form_options, print_form
from casebook.session import Session
from search.context_lines import MOST_WIDTH
from search.csv_tables import concordance_rows
from search.occurrences import ContextSort

MAX_LIMIT = 10_000


class ConcordanceOptions(TypedDict):
    """The options that go to the library as they are."""

    filters: Mapping[str, Sequence[str]]
    sort: ContextSort
    limit: int
    offset: int
    cases: int


@click.command(context_settings=WORDS_CONTEXT, cls=CommandWithExamples)
@click.argument("phrase", nargs=-1, required=True, callback=read_query)
@filter_option
@click.option(
    "--left", "sort", flag_value="left", help="Sort by the words before, the last of them first."
)
@click.option("--right", "sort", flag_value="right", help="Sort by the words behind.")
@click.option(
    "--book", "sort", flag_value="book", default="book", help="In the order of the books: as usual."
)
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_LIMIT),
    default=50,
    show_default=True,
    metavar="N",
    help=f"How many lines, up to {MAX_LIMIT:,}.",
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help="Leave out the first N lines."
)
@click.option(
    "--width",
    type=click.IntRange(0, MOST_WIDTH),
    metavar="N",
    help="Characters of context to each side; without it, what the terminal has room for.",
)
@click.option(
    "--cases",
    type=click.IntRange(0, MAX_LIMIT),
    default=10,
    show_default=True,
    metavar="N",
    help="How many of the cases with most occurrences to name.",
)
@form_options
@click.pass_obj
def concordance(
    session: Session,
    phrase: str,
    *,
    width: int | None,
    form: Form,
    **options: Unpack[ConcordanceOptions],
) -> None:
    """List every occurrence of a word or phrase in its context.

    Several words side by side are a phrase, in any of their forms; in quotation marks they are
    meant exactly so. Beginnings (wat*), gaps (w?ter), near spellings (water~), loose phrases
    ("clean water"~3), OR and fields are understood as in a search.

    Examples:
      casebook concordance 'water committee'
      casebook concordance '"of their own"' --left
      casebook concordance 'loan* OR credit' --right --filter part='Sughd Region'
      casebook concordance women --limit 10000 --csv > women.csv
    """
    width = context_width() if width is None else width
    with session.library() as library:
        found = library.concordance(phrase, width=width, **options)
    print_form(
        found,
        form,
        rows=lambda: concordance_rows(found),
        text=lambda: print_concordance(found, width),
    )
