"""`casebook reindex`: the index made anew from the records.

In:  nothing.
Out: a sentence, or JSON; progress on stderr.
"""

from __future__ import annotations

import click

from casebook.help_text import CommandWithExamples
from casebook.progress import ProgressBar
from casebook.session import Session
from casebook.terminal import print_json, show


@click.command(cls=CommandWithExamples)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def reindex(session: Session, *, as_json: bool) -> None:
    """Make the index anew from the records.

    Searches go on with the old index until the new one stands. No file is read again.

    Examples:
      casebook reindex
    """
    with session.library() as library, ProgressBar("Indexing") as bar:
        library.reindex(progress=bar)
        count = len(library.publications())
    if as_json:
        print_json({"publications": count})
    else:
        plural = "" if count == 1 else "s"
        show(f"The index was made anew from {count} publication{plural}.")
