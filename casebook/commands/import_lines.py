"""`casebook import`: sections that never were a PDF, from JSON lines.

In:  a file with one JSON object a line.
Out: publications in the library, all of the file or nothing; a sentence, or JSON.
Errors: InputError naming line and key, or a publication that is there already.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from msgspec import Struct

from casebook.help_text import CommandWithExamples
from casebook.progress import ProgressBar
from casebook.session import Session
from casebook.terminal import note, one_line, print_json, show
from ingest.jsonl import Imported, ImportedPublication, next_edition, read_sections
from search.errors import InputError, LibraryError, NotFoundError
from search.model import Publication
from search.publishing import NewState
from search.searcher import Library

_SHOWN = 20


class ImportedCounts(Struct, frozen=True):
    """A publication that was imported, as `import --json` gives it."""

    id: str
    title: str
    cases: int
    sections: int


@click.command("import", cls=CommandWithExamples)
@click.argument("file", type=click.Path(path_type=Path, readable=False), metavar="FILE.jsonl")
@click.option("--replace", is_flag=True, help="Take the place of publications that are there.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def import_lines(session: Session, file: Path, *, replace: bool, as_json: bool) -> None:
    """Import sections that never were a PDF.

    FILE.jsonl has one JSON object a line, with the keys publication, case, section and text, and
    where they are known publication_title, case_title, organisation, part, section_kind, heading,
    language, year and page. The whole file is taken, or nothing.

    Examples:
      casebook import sections.jsonl
      casebook import sections.jsonl --replace
    """
    with tempfile.TemporaryDirectory(prefix="casebook-") as scratch:
        with ProgressBar(f"Reading {file.name}") as bar:
            imported = read_sections(file, Path(scratch), progress=bar)
        with session.library(create=True) as library:
            counts = _publish(library, imported, replace=replace)
    for notice in imported.notices:
        note(notice)
    if as_json:
        print_json({"publications": counts, "notices": imported.notices})
    else:
        show(*_sentences(counts))


def _publish(library: Library, imported: Imported, *, replace: bool) -> list[ImportedCounts]:
    former = {found.id: _former(library, found, replace=replace) for found in imported.publications}
    counts: list[ImportedCounts] = []

    def states() -> Iterator[NewState]:
        for found in imported.publications:
            record, before = found.record(), former[found.id]
            counts.append(_counts(record))
            yield NewState(next_edition(before, record) if before else record, found.source)

    with ProgressBar("Indexing") as bar:
        library.publish_all(states(), progress=bar)
    return counts


def _former(library: Library, found: ImportedPublication, *, replace: bool) -> Publication | None:
    """Return the publication that is to be replaced, if there is one."""
    try:
        former = library.publication(found.id)
    except NotFoundError:
        return None
    except LibraryError:
        if replace:  # its record is damaged: it is what this import mends
            return None
        raise
    if not replace:
        raise InputError(
            f"the publication “{found.id}” is in the library already, from {former.source.name}",
            where=found.file,
            fix="Use --replace to put this in its place",
        )
    return former


def _counts(record: Publication) -> ImportedCounts:
    sections = sum(len(case.sections) for case in record.cases)
    return ImportedCounts(record.id, record.title, len(record.cases), sections)


def _sentences(counts: Sequence[ImportedCounts]) -> Iterator[str]:
    yield from map(_sentence, counts[:_SHOWN])
    if hidden := len(counts[_SHOWN:]):
        yield f"… and {hidden} more publication{'' if hidden == 1 else 's'}."


def _sentence(found: ImportedCounts) -> str:
    cases = f"{found.cases} case{'' if found.cases == 1 else 's'}"
    sections = f"{found.sections} section{'' if found.sections == 1 else 's'}"
    return f"Imported “{one_line(found.title)}” ({found.id}): {cases}, {sections}."
