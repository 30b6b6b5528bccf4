"""Asked words: the arguments and options of every command that is asked for words.

In:  the command line's words, `--filter FACET=VALUE`.
Out: the query as text; the filters.
Errors: click.UsageError for a filter without “=” and for an option that there is not.
"""

from __future__ import annotations

import re

import click

from casebook.help_text import BEHIND_DASHES
from casebook.terminal import readable
from search.query_lexer import FIELD_ALIASES

# A query may begin with “-” (“-school” leaves a word out), so click must not refuse what it does
# not know; what looks like a long option still is one, or a misprint of one.
_LIKE_AN_OPTION = re.compile(r"--[a-z]+(-[a-z]+)*(=.*)?")
# Were -h an option, click would find it in “-school” too: `read_query` sees to it.
WORDS_CONTEXT = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


def read_query(ctx: click.Context, _param: click.Parameter, words: tuple[str, ...]) -> str:
    """Return the words of a query as one text."""
    if "-h" in words:
        click.echo(ctx.get_help())
        ctx.exit()
    for word in words[: len(words) - ctx.meta.get(BEHIND_DASHES, 0)]:
        if _LIKE_AN_OPTION.fullmatch(word):
            raise click.NoSuchOption(word.partition("=")[0], ctx=ctx)
    return readable(" ".join(words))


def _read_filters(
    _ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]
) -> dict[str, list[str]]:
    filters: dict[str, list[str]] = {}
    for item in given:
        facet, equals, value = item.partition("=")
        if not equals or not facet.strip():
            raise click.BadParameter(f"“{item}” is not FACET=VALUE, as in part=North")
        name = readable(facet.strip())
        filters.setdefault(FIELD_ALIASES.get(name, name), []).append(readable(value))
    return filters


filter_option = click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="FACET=VALUE",
    callback=_read_filters,
    help="Only what has this value. May be given several times: values of one facet widen, "
    "facets narrow. Facets: part, organisation, section_kind, publication, year, language, topic.",
)
