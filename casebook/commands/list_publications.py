"""`casebook list`: what the library holds.

In:  nothing.
Out: one line a publication, or JSON. Damaged records are named, and left out.
"""

from __future__ import annotations

import click
from msgspec import Struct
from rich.table import Table

from casebook.help_text import CommandWithExamples
from casebook.session import Session
from casebook.terminal import note, one_line, print_json, show
from search.model import Publication

_LEAST_WIDTH = 16  # below that, a terminal breaks the lines of the table


class ListedPublication(Struct, frozen=True):
    """A publication as `list --json` gives it.

    `cases` and their `sections` are counted without front and back matter; `pages` is 0 for text
    that never was a file of pages.
    """

    id: str
    title: str
    year: int | None
    language: str
    pages: int
    cases: int
    sections: int


def listed(record: Publication) -> ListedPublication:
    """Count what a publication holds."""
    cases = [case for case in record.cases if case.kind == "case"]
    return ListedPublication(
        id=record.id,
        title=record.title,
        year=record.year,
        language=record.language,
        pages=len(record.pages),
        cases=len(cases),
        sections=sum(len(case.sections) for case in cases),
    )


@click.command("list", cls=CommandWithExamples)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def list_publications(session: Session, *, as_json: bool) -> None:
    """List the publications in the library.

    Examples:
      casebook list
      casebook --library /srv/library list --json
    """
    with session.library() as library:
        publications = [listed(record) for record in library.publications()]
        damaged = library.damaged()
    for finding in damaged:
        note(str(finding))
    if as_json:
        print_json({"publications": publications})
    elif publications:
        show(_table(publications))
    else:
        show("The library is empty. “casebook ingest FILE” adds a publication.")


def _table(publications: list[ListedPublication]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("ID", overflow="fold", style="cyan", min_width=_LEAST_WIDTH)
    table.add_column("Title", overflow="fold", min_width=_LEAST_WIDTH)
    for name in ("Year", "Language", "Pages", "Cases", "Sections"):
        table.add_column(name, justify="right", no_wrap=True)
    for record in publications:
        numbers = (record.pages or "", record.cases, record.sections)
        facts = (str(record.year or ""), one_line(record.language), *map(str, numbers))
        table.add_row(one_line(record.id), one_line(record.title), *facts)
    return table
