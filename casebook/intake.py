"""The files that `ingest` is given: folders opened, one file after the other, none stops the rest.

In:  paths as typed.
Out: what became of each file, in that order.
Errors: none; whatever happens to a file is its result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct

from casebook.terminal import readable
from ingest.pipeline import IngestResult
from ingest.report import Report

READABLE = (".pdf", ".txt", ".text")
NOTHING_TAKEN = frozenset({"rejected", "empty-needs-ocr"})

_EMPTY_FOLDER = (
    "there is no PDF or text file in this folder. Files in folders below it are not looked for; "
    "give each folder by its name."
)


class HeadingResult(Struct, frozen=True):
    """A heading that was found: level 1 is a part or case, deeper ones stand below."""

    level: int
    title: str
    page: int
    evidence: tuple[str, ...]
    confidence: float


class FileResult(Struct, frozen=True):
    """What became of a file, as `ingest --json` gives it."""

    file: str
    outcome: str
    publication: str = ""
    message: str = ""
    pages: int = 0
    lost_pages: tuple[int, ...] = ()
    headings: tuple[HeadingResult, ...] = ()

    @property
    def is_taken(self) -> bool:
        """Tell whether anything of the file could be taken."""
        return self.outcome not in NOTHING_TAKEN


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file, and the report about it (an empty one where nothing was taken)."""

    result: FileResult
    report: Report


def files_of(path: Path) -> tuple[Path, ...]:
    """Return a file itself, and of a folder its own PDF and text files by name."""
    if not path.is_dir():
        return (path,)
    found = (p for p in path.iterdir() if p.suffix.lower() in READABLE and p.name[0] != ".")
    return tuple(sorted(p for p in found if p.is_file()))


def take_files(
    paths: Iterable[Path],
    ingest: Callable[[Path], IngestResult],
    *,
    complain: Callable[[Exception], str],
) -> Iterator[Taken]:
    """Ingest one file after the other, and say what became of each.

    `complain` turns what a file should not have raised into a sentence.
    """
    for path in paths:
        try:
            files = files_of(path)
        except OSError as error:
            yield _rejected(path, f"it cannot be read ({(error.strerror or 'unknown').lower()}).")
            continue
        if not files:
            yield _rejected(path, _EMPTY_FOLDER)
        for file in files:
            yield _taken(file, ingest, complain)


def _taken(
    file: Path, ingest: Callable[[Path], IngestResult], complain: Callable[[Exception], str]
) -> Taken:
    try:
        result = ingest(file)
    except Exception as error:  # noqa: BLE001 - one file of a batch never stops the others
        return _rejected(file, complain(error))
    return Taken(_file_result(file, result), result.report)


def _file_result(file: Path, result: IngestResult) -> FileResult:
    return FileResult(
        file=readable_name(file),
        outcome=result.outcome,
        publication=result.publication,
        message=readable(result.message),
        pages=result.pages,
        lost_pages=result.lost_pages,
        headings=tuple(
            HeadingResult(found.level, found.title, found.page, found.evidence, found.confidence)
            for found in result.headings
        ),
    )


def _rejected(path: Path, message: str) -> Taken:
    return Taken(FileResult(readable_name(path), "rejected", message=message), Report())


def readable_name(path: Path) -> str:
    """Return a path as text; bytes of its name that are no UTF-8 are replaced."""
    return readable(str(path))
