"""`casebook search`: a question in, hits out.

In:  a query, filters, how to match, sort and cut.
Out: `Results` as text or JSON.
Errors: click.UsageError for options that cannot be used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

import click

from casebook.asked_words import WORDS_CONTEXT, filter_option, read_query
from casebook.help_text import CommandWithExamples
from casebook.hits_text import print_results
from casebook.session import Session
from casebook.terminal import print_json
from search.engine import Matching, Scope, Sort, Spelling
from search.ways_out import Looser, find_ways_out

MAX_LIMIT = 10_000


class SearchOptions(TypedDict):
    """The options that go to the library's search as they are."""

    filters: Mapping[str, Sequence[str]]
    scope: Scope
    match: Matching
    sort: Sort
    spelling: Spelling
    limit: int
    offset: int
    explain: bool


@click.command(context_settings=WORDS_CONTEXT, cls=CommandWithExamples)
@click.argument("query", nargs=-1, required=True, callback=read_query)
@filter_option
@click.option(
    "--scope",
    type=click.Choice(["sections", "cases"]),
    default="sections",
    show_default=True,
    help="What a hit is: a section, or a whole case (words may lie in different sections).",
)
@click.option(
    "--match",
    type=click.Choice(["auto", "all", "any"]),
    default="auto",
    show_default=True,
    help="Whether all words are wanted; “auto” takes any of them where few have all.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "book"]),
    default="relevance",
    show_default=True,
    help="Best first, or in the order of the books.",
)
@click.option(
    "--spelling",
    type=click.Choice(["any", "typed"]),
    default="any",
    show_default=True,
    help="Whether other spellings of a word, and abbreviations, that the library holds are "
    "searched for as well.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_LIMIT),
    default=10,
    show_default=True,
    metavar="N",
    help=f"How many hits, up to {MAX_LIMIT:,}.",
)
@click.option(
    "--offset", type=click.IntRange(0), default=0, metavar="N", help="Leave out the first N hits."
)
@click.option("--explain", is_flag=True, help="Say what the score of each hit is made of.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def search(
    session: Session, query: str, *, as_json: bool, **options: Unpack[SearchOptions]
) -> None:
    """Search for words, phrases and names.

    All words are wanted, in any of their forms. "In quotes" stands a phrase, word for word; AND,
    OR, NOT, brackets, wat* (beginnings), =word (this form only) and field:word are understood.
    Put the query between single quotes, so that the shell leaves it alone.

    Examples:
      casebook search 'clean water'
      casebook search '"water users association" OR pump*'
      casebook search school --filter part='Sughd Region' --filter year=2007
      casebook search 'heading:activity council -tax' --sort book --limit 50
      casebook search --scope cases 'women loans' --json
    """
    with session.library() as library:
        results = library.search(query, **options)
        if as_json:
            print_json(results)
            return
        ways = () if results.total else find_ways_out(library, _asked(query, options))
    print_results(results, ways)


def _asked(query: str, options: SearchOptions) -> Looser:
    filters = {name: tuple(values) for name, values in options["filters"].items()}
    return Looser(query, filters, options["scope"], options["match"], options["spelling"])
