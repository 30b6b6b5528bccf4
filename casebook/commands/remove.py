"""`casebook remove`: a publication goes; its addresses say so from then on.

In:  a publication's id; on a terminal, a yes.
Out: a sentence, or JSON.
Errors: NotFoundError where there is none; InputError where the answer was no.
"""

from __future__ import annotations

import sys

import click

from casebook.help_text import CommandWithExamples
from casebook.publications import find_publication
from casebook.session import Session
from casebook.terminal import one_line, print_json, show
from search.errors import InputError


@click.command(cls=CommandWithExamples)
@click.argument("publication")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def remove(session: Session, publication: str, *, yes: bool, as_json: bool) -> None:
    """Remove a publication from the library.

    Its pages, its text and the file it was made from go. Addresses that were given out answer
    that it was removed. On a terminal you are asked first.

    Examples:
      casebook remove working-together-2026
      casebook remove working-together-2026 --yes
    """
    with session.library() as library:
        record = find_publication(library, publication)
        name = f"“{one_line(record.title)}” ({record.id})"
        if not yes and sys.stdin.isatty() and not click.confirm(f"Remove {name}?", err=True):
            raise InputError("nothing was removed")
        library.remove(record.id)
    if as_json:
        print_json({"removed": record.id})
    else:
        show(f"Removed {name}.")
