"""`casebook export`: a publication's structure as data.

In:  a publication's id.
Out: one JSON document: facts, cases, sections with their text and pages.
Errors: NotFoundError where there is none.
"""

from __future__ import annotations

import click

from casebook.help_text import CommandWithExamples
from casebook.publications import find_publication
from casebook.session import Session
from casebook.terminal import print_json
from search.export import export_publication


@click.command(cls=CommandWithExamples)
@click.argument("publication")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json"]),
    default="json",
    show_default=True,
    help="The form to give it in.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.pass_obj
def export(session: Session, publication: str, *, form: str) -> None:
    """Print the structure of a publication as JSON.

    That is its cases and sections with their text and pages. Front and back matter are cases
    too, of the kind “front” or “back”, without a number.

    Examples:
      casebook export working-together-2026 --format json > digest.json
      casebook export working-together-2026 | jq '.cases[].title'
    """
    del form  # JSON is the only one so far
    with session.library() as library:
        record = find_publication(library, publication)
    print_json(export_publication(record))
