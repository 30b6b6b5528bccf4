"""`casebook export`: a publication in a form for other programs and readers.

In:  a publication's id, a form, a file.
Out: the file, or the form on stdout.
Errors: NotFoundError where there is no such publication; click.UsageError for an e-book that would
     go to a terminal; LibraryError where the file cannot be written.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from casebook.help_text import CommandWithExamples
from casebook.publications import find_publication
from casebook.session import Session
from casebook.terminal import note, plain, print_json
from search.durable_files import replace_file, storage_errors
from search.exports.as_data import export_publication
from search.exports.catalog import FORMS
from search.model import Publication

_BY_SUFFIX = {form.suffix: name for name, form in FORMS.items()}


@click.command(
    cls=CommandWithExamples, short_help="Give a publication as JSON, CSV, EPUB and more."
)
@click.argument("publication")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    help="The form to give it in; without it that of the file's name, else json.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, readable=False, path_type=Path),
    metavar="FILE",
    help="The file to write; without it the text goes to stdout.",
)
@click.pass_obj
def export(session: Session, publication: str, *, form: str | None, output: Path | None) -> None:
    """Give a publication in a form for other programs and readers.

    json has the whole structure; jsonl one section a line, which “casebook import” takes back
    with the same ids; csv a table for spreadsheets; markdown, html and epub are for reading.
    Front and back matter are cases too, without a number.

    Examples:
      casebook export working-together-2026 > digest.json
      casebook export working-together-2026 -o digest.epub
      casebook export working-together-2026 --format csv -o sections.csv
    """
    chosen = form or (_BY_SUFFIX.get(output.suffix[1:].lower()) if output else None) or "json"
    with session.library() as library:
        record = find_publication(library, publication)
    if output:
        _write(record, chosen, output)
    else:
        _print(record, chosen)


def _write(record: Publication, form: str, output: Path) -> None:
    data = FORMS[form].write(record, datetime.now(UTC))
    with storage_errors(output):
        replace_file(output, data)
    note(f"“{record.title}” is in {output} ({form}, {len(data):,} bytes).")


def _print(record: Publication, form: str) -> None:
    if form == "json":
        print_json(export_publication(record))
        return
    if sys.stdout.isatty() and not FORMS[form].is_text:
        raise click.UsageError(f"A terminal cannot show {form}; name a file: -o FILE.{form}")
    data = FORMS[form].write(record, datetime.now(UTC))
    click.echo(plain(data.decode()) if sys.stdout.isatty() else data, nl=False)
