"""`casebook ingest`: PDFs and texts go in.

In:  files and folders, what the editor said of one of them.
Out: publications in the library; what became of each file, as text or JSON.
Errors: click.UsageError where a manifest or an id is given with more than one file.
Exit: 1 where nothing of some file could be taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict, Unpack

import click

from casebook.failures import FAILED, complaint
from casebook.help_text import CommandWithExamples
from casebook.ingest_text import dry_run_text, sentence, summary
from casebook.intake import Taken, readable_name, take_files
from casebook.new_files import kept_manifest, save_new
from casebook.progress import ProgressBar
from casebook.session import Session
from casebook.terminal import note, print_json, show
from ingest.manifest_text import manifest_text
from ingest.pipeline import IngestResult, ingest_file
from search.searcher import Library


class IngestOptions(TypedDict):
    """The options that go to the ingest of a file as they are."""

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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def ingest(
    ctx: click.Context,
    files: tuple[Path, ...],
    *,
    as_json: bool,
    write_manifest: Path | None,
    **options: Unpack[IngestOptions],
) -> None:
    """Take PDFs and texts into the library.

    A folder stands for its own PDF and text files; folders below it are not looked into. A file
    that cannot be read is named and never stops the others. The same file once more changes
    nothing.

    Examples:
      casebook ingest digest.pdf
      casebook ingest reports/ annual.txt
      casebook ingest digest.pdf --dry-run
      casebook ingest digest.pdf --write-manifest digest.toml
      casebook ingest digest.pdf --manifest digest.toml
      casebook ingest second-edition.pdf --as working-together-2026
    """
    session: Session = ctx.obj
    _check(ctx, files, options, write_manifest)
    options["dry_run"] = options["dry_run"] or write_manifest is not None
    with _library(session, is_dry=options["dry_run"]) as library:
        taken = list(_take(session, library, files, **options))
        if write_manifest is not None:
            _write_manifest(write_manifest, taken[0], library)
    results = [found.result for found in taken]
    if as_json:
        print_json({"results": results})
    else:
        _print(taken, is_dry=options["dry_run"])
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


def _write_manifest(path: Path, taken: Taken, library: Library | None) -> None:
    """Save what was found; the manifest kept in the library goes before it."""
    if not taken.result.is_taken:
        return
    name = Path(taken.result.file).name
    kept = kept_manifest(library, taken.result.publication)
    save_new(path, kept or manifest_text(taken.report, name))
    note(f"{readable_name(path)}: the manifest is saved; correct it, and give it with --manifest.")


@contextmanager
def _library(session: Session, *, is_dry: bool) -> Iterator[Library | None]:
    """Open the library; a dry run needs none, and must not make one."""
    if is_dry and session.is_empty:
        yield None
        return
    with session.library(create=not is_dry) as library:
        yield library


def _take(
    session: Session,
    library: Library | None,
    files: tuple[Path, ...],
    **options: Unpack[IngestOptions],
) -> Iterator[Taken]:
    """Ingest file after file; what could not be taken is said at once, on stderr."""

    def ingest_one(file: Path) -> IngestResult:
        with ProgressBar(file.name) as bar:
            return ingest_file(file, library, progress=bar, **options)

    def complain(error: Exception) -> str:
        return complaint(error, session.log_folder)

    for taken in take_files(files, ingest_one, complain=complain):
        if not taken.result.is_taken:
            note(sentence(taken.result))
        yield taken


def _print(taken: Sequence[Taken], *, is_dry: bool) -> None:
    for found in taken:
        if found.result.is_taken and is_dry:
            show(dry_run_text(found))
        if found.result.is_taken:
            show(sentence(found.result))
    if len(taken) > 1:
        show("", summary([found.result for found in taken]))
