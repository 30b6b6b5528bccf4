"""`casebook profile`: how often a word or phrase occurs, by region, organisation, kind and year.

In:  a word or phrase, filters, facets.
Out: bars and counts as text, JSON or CSV.
Errors: click.UsageError for options that cannot be used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from casebook.asked_words import WORDS_CONTEXT, filter_option, read_query
from casebook.help_text import CommandWithExamples
from casebook.output_forms import Form, form_options, print_form
from casebook.phrase_tables import print_profile
from casebook.session import Session
from search.csv_tables import profile_rows
from search.engine import FACETS
from search.phrase_counts import MOST_VALUES, PROFILE_FACETS

_MOST = 10_000


@click.command(
    context_settings=WORDS_CONTEXT,
    cls=CommandWithExamples,
    short_help="Count a word or phrase by region, year and so on.",
)
@click.argument("phrase", nargs=-1, required=True, callback=read_query)
@filter_option
@click.option(
    "--by",
    "facets",
    type=click.Choice(FACETS),
    multiple=True,
    default=PROFILE_FACETS,
    help="A facet to count by; may be given several times. Without it: region (part), "
    "organisation, kind of section, year.",
)
@click.option(
    "--values",
    type=click.IntRange(1, _MOST),
    default=MOST_VALUES,
    show_default=True,
    metavar="N",
    help="How many values of each facet.",
)
@form_options
@click.pass_obj
def profile(
    session: Session,
    phrase: str,
    *,
    filters: Mapping[str, Sequence[str]],
    facets: tuple[str, ...],
    values: int,
    form: Form,
) -> None:
    """Count a word or phrase by region, organisation, kind of section and year.

    Beside each count stands how many that are in 10,000 words, so that regions with much text and
    with little can be compared, and in how many cases they stand.

    Examples:
      casebook profile 'water committee'
      casebook profile women --by part --by year
      casebook profile '"micro credit" OR loan*' --filter year=2007 --csv
    """
    with session.library() as library:
        found = library.profile(phrase, filters=filters, facets=facets, values=values)
    print_form(found, form, rows=lambda: profile_rows(found), text=lambda: print_profile(found))
