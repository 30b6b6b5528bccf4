"""`casebook similar`: what is like a case or a section, and why.

In:  an address as in a link: PUBLICATION/CASE[/SECTION].
Out: its telling words, then other cases (or sections) with the words that both share; or JSON.
Errors: NotFoundError where no case or section stands there.
"""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.text import Text

from casebook.help_text import CommandWithExamples
from casebook.session import Session
from casebook.terminal import one_line, print_json, show
from search.likeness_index import Similar, SimilarHit
from search.related import MOST_SIMILAR

_TERMS_SHOWN = 10


@click.command(cls=CommandWithExamples, short_help="Show what is like a case or a section.")
@click.argument("address", metavar="PUBLICATION/CASE[/SECTION]")
@click.option(
    "--limit",
    type=click.IntRange(1, MOST_SIMILAR),
    default=10,
    show_default=True,
    metavar="N",
    help="How many.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def similar(session: Session, address: str, *, limit: int, as_json: bool) -> None:
    """Show the cases like a case, or the sections like a section, and the words they share.

    A section of the same case is never among them.

    Examples:
      casebook similar working-together-2026/clean-water
      casebook similar working-together-2026/clean-water/activity --limit 3
    """
    with session.library() as library:
        found = library.more_like(address, limit=limit)
    if as_json:
        print_json(found)
    else:
        show(*_lines(found))


def _lines(found: Similar) -> Iterator[Text]:
    terms = ", ".join(one_line(term.term) for term in found.terms[:_TERMS_SHOWN])
    if terms:
        yield Text(f"{one_line(found.address)} is about: {terms}", style="bold")
    if not found.hits:
        yield Text("Nothing else in the library shares two of its words.")
    for hit in found.hits:
        yield Text()
        yield from _hit_lines(hit)


def _hit_lines(found: SimilarHit) -> Iterator[Text]:
    hit = found.hit
    yield Text(one_line(hit.case_title), style="bold cyan")
    facts = (hit.heading or hit.section_kind, hit.organisation, hit.part, hit.publication_title)
    yield Text("  " + " · ".join(one_line(fact) for fact in facts if fact), style="dim")
    yield Text(f"  shares: {', '.join(map(one_line, found.shared))}")
    yield Text(f"  {one_line(hit.url)}", style="dim", no_wrap=True, overflow="ignore")
