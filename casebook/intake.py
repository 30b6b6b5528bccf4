"""The files that `ingest` is given: folders opened, what is known passed over, none stops the rest.

In:  paths as typed; the ledger of what came in before.
Out: what became of each file, in that order.
Errors: none; whatever happens to a file is its result.

A file of a folder that holds what it held before costs no more than its digest. One that has
changed becomes the next edition of what it was. A file that is named by itself is always made
anew, and what it may not do is said.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from msgspec import Struct

from casebook.terminal import readable
from ingest.ledger import MAKER, Entry, Ledger
from ingest.pipeline import IngestResult, Request, digest
from ingest.report import Report
from search.errors import InputError

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
    """What became of a file, and the report about it (an empty one where nothing was taken).

    `postponed` is a file with which nothing may be wrong: the library was locked, the disk full, or
    the file could not be opened just now.
    """

    result: FileResult
    report: Report
    postponed: Path | None = None


def files_of(path: Path) -> tuple[Path, ...]:
    """Return a file itself, and of a folder its own PDF and text files by name."""
    if not path.is_dir():
        return (path,)
    found = (p for p in path.iterdir() if p.suffix.lower() in READABLE and p.name[0] != ".")
    return tuple(sorted(p for p in found if p.is_file()))


@dataclass(frozen=True, slots=True)
class _Planned:
    """A file: what is to be done with it, or what is known of it already."""

    path: Path
    sha256: str = ""
    request: Request | None = None
    taken: Taken | None = None


@dataclass(slots=True)
class Intake:
    """One round of taking files in.

    Attributes:
        template: What was said of all files: manifest, id, dry run.
        ledger: What came in before; None where there is no library yet.
        stored: The ids of the publications that there are, by the sha256 of their files.
        are_of_folder: Whether files that are named count as files of their folder.
    """

    template: Request
    ledger: Ledger | None = None
    stored: Mapping[str, str] = field(default_factory=dict)
    are_of_folder: bool = False
    _seen: dict[str, Path] = field(default_factory=dict)
    _order: deque[_Planned] = field(default_factory=deque)

    def take(
        self,
        paths: Iterable[Path],
        ingest: Callable[[Iterator[Request]], Iterator[IngestResult]],
    ) -> Iterator[Taken]:
        """Take files in, and say what became of each."""
        for result in ingest(self._requests(paths)):
            yield from self._known()
            planned = self._order.popleft()
            self._note(planned, result)
            report = result.report if self.template.dry_run else Report()
            taken = Taken(_file_result(planned.path, result), report)
            is_lost = not taken.result.is_taken and not planned.path.exists()
            is_postponed = result.is_postponed or is_lost
            yield replace(taken, postponed=planned.path if is_postponed else None)
        yield from self._known()

    def _known(self) -> Iterator[Taken]:
        """Yield what was known before anything was done, up to the next file with work."""
        while self._order and self._order[0].taken is not None:
            yield self._order.popleft().taken or _rejected(Path(), "")

    def _requests(self, paths: Iterable[Path]) -> Iterator[Request]:
        for planned in self._plan(paths):
            self._order.append(planned)
            if planned.request is not None:
                yield planned.request

    def _plan(self, paths: Iterable[Path]) -> Iterator[_Planned]:
        for path in paths:
            try:
                files = files_of(path)
            except OSError as error:
                reason = (error.strerror or "unknown").lower()
                yield _Planned(path, taken=_rejected(path, f"it cannot be read ({reason})."))
                continue
            if not files:
                yield _Planned(path, taken=_rejected(path, _EMPTY_FOLDER))
            for file in files:
                yield self._planned(file, is_named=file == path and not self.are_of_folder)

    def _planned(self, file: Path, *, is_named: bool) -> _Planned:
        try:
            sha256, _ = digest(file)
        except InputError as error:
            return _Planned(file, taken=replace(_rejected(file, str(error)), postponed=file))
        twin = self._seen.setdefault(sha256, file)
        if twin != file:
            return _Planned(file, sha256, taken=_twin(file, twin))
        entry = self.ledger.get(file) if self.ledger else None
        if is_named or entry is None or self.template.as_publication:
            return _Planned(file, sha256, replace(self.template, path=file))
        is_stored = self.stored.get(sha256) == entry.publication
        if is_stored and entry.sha256 == sha256 and entry.maker == MAKER:
            return _Planned(file, sha256, taken=_unchanged(file, entry))
        has_changed = sha256 not in self.stored and entry.publication in self.stored.values()
        edition = entry.publication if has_changed else ""
        return _Planned(file, sha256, replace(self.template, path=file, as_publication=edition))

    def _note(self, planned: _Planned, result: IngestResult) -> None:
        if self.ledger and result.publication and not self.template.dry_run:
            self.ledger.put(planned.path, Entry(planned.sha256, result.publication))


def _twin(file: Path, twin: Path) -> Taken:
    message = f"this is the same file as {readable_name(twin)}; it is taken once."
    return Taken(FileResult(readable_name(file), "unchanged", message=message), Report())


def _unchanged(file: Path, entry: Entry) -> Taken:
    message = "the file has not changed since it was taken."
    result = FileResult(readable_name(file), "unchanged", entry.publication, message)
    return Taken(result, Report())


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
