"""`casebook ingest`: PDFs and texts go in.

In:  files and folders, what the editor said of one of them.
Out: publications in the library; what became of each file, as text or JSON.
Errors: click.UsageError where a manifest or an id is given with more than one file.
Exit: 1 where nothing of some file could be taken.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from casebook.failures import FAILED
from casebook.help_text import CommandWithExamples
from casebook.intake_round import Round
from casebook.session import Session
from casebook.terminal import print_json
from ingest.pipeline import Request


class IngestOptions(TypedDict):
    """The options that say something of the files."""

    manifest: Path | None
    as_publication: str
    dry_run: bool


@click.command(cls=CommandWithExamples)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(path_type=Path, readable=False),
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, readable=False),
    metavar="M.toml",
    help="What the editor says of the publication; with one FILE only.",
)
@click.option(
    "--as",
    "as_publication",
    default="",
    metavar="PUBLICATION",
    help="Make the file the next edition of this publication; with one FILE only.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be found; write nothing.")
@click.option(
    "--write-manifest",
    type=click.Path(path_type=Path, readable=False),
    metavar="M.toml",
    help="A dry run that saves a manifest to correct by hand; with one FILE only.",
)
@click.option(
    "--sync",
    is_flag=True,
    help="Remove the publications whose files have gone from the folders given.",
)
@click.option("--yes", is_flag=True, help="Do not ask before removing anything.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def ingest(
    ctx: click.Context,
    files: tuple[Path, ...],
    *,
    write_manifest: Path | None,
    sync: bool,
    yes: bool,
    as_json: bool,
    **options: Unpack[IngestOptions],
) -> None:
    """Take PDFs and texts into the library.

    A folder stands for its own PDF and text files; folders below it are not looked into. Files of
    a folder that have not changed since they were taken are passed over, changed ones become the
    next edition. A file that cannot be read is named and never stops the others.

    Examples:
      casebook ingest digest.pdf
      casebook ingest reports/ annual.txt
      casebook ingest reports/ --sync
      casebook ingest digest.pdf --dry-run
      casebook ingest digest.pdf --write-manifest digest.toml
      casebook ingest digest.pdf --manifest digest.toml
      casebook ingest second-edition.pdf --as working-together-2026
    """
    session: Session = ctx.obj
    _check(ctx, files, options, write_manifest)
    is_dry = options["dry_run"] or write_manifest is not None
    request = Request(Path(), options["manifest"], options["as_publication"], is_dry)
    ours = Round(session, request, is_silent=as_json, new_manifest=write_manifest)
    with ours.library() as library:
        results = ours.run(library, files)
        if sync:
            results += ours.sync(library, files, ask=not yes)
        else:
            ours.say_what_is_gone(files)
    if as_json:
        print_json({"results": results})
    else:
        ours.sum_up(results)
    ctx.exit(0 if all(result.is_taken for result in results) else FAILED)


def _check(
    ctx: click.Context, files: tuple[Path, ...], options: IngestOptions, written: Path | None
) -> None:
    """Refuse what speaks of one publication where there are several files, and two manifests."""
    of_one = {
        "--manifest": options["manifest"],
        "--as": options["as_publication"],
        "--write-manifest": written,
    }
    for name, given in of_one.items():
        if given and (len(files) > 1 or files[0].is_dir()):
            raise click.UsageError(f"{name} speaks of one publication; give one FILE", ctx=ctx)
    if written and options["manifest"]:
        raise click.UsageError(
            "--write-manifest begins a manifest; see the effect of one with --manifest and "
            "--dry-run",
            ctx=ctx,
        )
