"""A round of intake: files go into the library, seen from the terminal.

In:  the session, what was said of all files; paths.
Out: what became of each file, said as soon as it is known; what has gone from folders, removed if
     that is wanted.
Errors: LibraryError from the library; InputError where the answer to a question was no.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from casebook.failures import complaint
from casebook.ingest_text import dry_run_text, sentence, summary
from casebook.intake import FileResult, Intake, Taken, files_of, readable_name
from casebook.new_files import kept_manifest, save_new
from casebook.progress import FilesProgress
from casebook.session import Session
from casebook.terminal import note, show
from ingest.ledger import Entry, Ledger
from ingest.manifest_text import manifest_text
from ingest.pipeline import IngestResult, Request, ingest_files
from ingest.preparers import Preparers
from search.errors import InputError
from search.searcher import Library


@dataclass(slots=True)
class Round:
    """Takes files in.

    Attributes:
        template: What was said of all files.
        new_manifest: Where to save what was found in the one file, to be corrected by hand.
        is_silent: Whether stdout is left to whoever prints the results.
        are_of_folder: Whether files that are named count as files of their folder.
        say: What is told why a file was postponed.
        postponed: The files with which nothing may be wrong, but that could not be taken now.
    """

    session: Session
    template: Request
    is_silent: bool = False
    new_manifest: Path | None = None
    are_of_folder: bool = False
    say: Callable[[str], None] = note
    postponed: list[Path] = field(default_factory=list, init=False)
    _ledger: Ledger | None = field(default=None, init=False)
    _preparers: Preparers = field(default_factory=lambda: Preparers(_cores()), init=False)

    @contextmanager
    def library(self) -> Iterator[Library | None]:
        """Open the library; a dry run needs none, and must not make one."""
        with self._preparers, self._opened() as library:
            yield library

    @contextmanager
    def _opened(self) -> Iterator[Library | None]:
        self._preparers.warm_up()  # while the library is being opened
        if self.template.dry_run and self.session.is_empty:
            yield None
            return
        with self.session.library(create=not self.template.dry_run) as library:
            self._ledger = Ledger(library.path)
            try:
                yield library
            finally:
                self._ledger.save()

    def run(self, library: Library | None, paths: Sequence[Path]) -> list[FileResult]:
        """Take files in, one process for every core at work on them."""
        stored = library.source_ids() if library else {}
        intake = Intake(self.template, self._ledger, stored, are_of_folder=self.are_of_folder)
        results: list[FileResult] = []
        with FilesProgress() as bars:
            bars.expect(_count(paths))

            def ingest(requests: Iterable[Request]) -> Iterator[IngestResult]:
                return ingest_files(
                    requests,
                    library,
                    self._preparers,
                    complain=self._complain,
                    progress=bars.read,
                )

            for taken in intake.take(paths, ingest):
                with bars.finished(taken.result.file):
                    self._tell(taken)
                    self._save_manifest(taken, library)
                results.append(taken.result)
                self.postponed += [taken.postponed] if taken.postponed else []
        return results

    def _complain(self, error: Exception) -> str:
        return complaint(error, self.session.log_folder)

    def _tell(self, taken: Taken) -> None:
        if not taken.result.is_taken:
            say = self.say if taken.postponed else note
            say(sentence(taken.result))
            return
        if self.is_silent:
            return
        if self.template.dry_run:
            show(dry_run_text(taken))
        show(sentence(taken.result))

    def _save_manifest(self, taken: Taken, library: Library | None) -> None:
        """Save what was found; the manifest kept in the library goes before it."""
        if self.new_manifest is None or not taken.result.is_taken:
            return
        kept = kept_manifest(library, taken.result.publication)
        name = Path(taken.result.file).name
        save_new(self.new_manifest, kept or manifest_text(taken.report, name))
        saved = readable_name(self.new_manifest)
        note(f"{saved}: the manifest is saved; correct it, and give it with --manifest.")

    def sum_up(self, results: Sequence[FileResult]) -> None:
        """Say what became of several files, at a glance."""
        if len(results) > 1:
            show("", summary(results))

    # ---- what has gone

    def say_what_is_gone(self, paths: Iterable[Path]) -> None:
        """Name the files that have gone from folders; their publications stay."""
        gone = [readable_name(path) for path in self._gone(paths)]
        if gone:
            names = ", ".join(gone[:3]) + (" …" if len(gone) > 3 else "")  # noqa: PLR2004
            note(f"Gone from the folder, but still in the library: {names}. --sync removes them.")

    def sync(
        self, library: Library | None, paths: Iterable[Path], *, ask: bool
    ) -> list[FileResult]:
        """Remove the publications whose files have gone; on a terminal, ask first."""
        if library is None or self._ledger is None:
            return []
        ids = set(library.source_ids().values())
        found = self._gone(paths)
        doomed = {
            path: entry
            for path, entry in found.items()
            if entry.publication in ids and not self._ledger.holds(entry.publication)
        }
        if doomed and ask and not self.template.dry_run and sys.stdin.isatty():
            names = ", ".join(entry.publication for entry in doomed.values())
            if not click.confirm(f"Remove {names}, whose files have gone?", err=True):
                raise InputError("nothing was removed")
        removed = [self._remove(library, path, entry) for path, entry in doomed.items()]
        for path in () if self.template.dry_run else found:
            self._ledger.forget(path)
        return removed

    def _remove(self, library: Library, path: Path, entry: Entry) -> FileResult:
        message = "the file has gone, and so has its publication."
        if self.template.dry_run:
            message = "the file has gone; its publication would be removed (dry run)."
        else:
            library.remove(entry.publication)
        result = FileResult(readable_name(path), "removed", entry.publication, message)
        if not self.is_silent:
            show(sentence(result))
        return result

    def _gone(self, paths: Iterable[Path]) -> dict[Path, Entry]:
        """Find what has gone; a folder with nothing in it may be a disk that is not mounted."""
        folders = [path for path in paths if path.is_dir() and any(path.iterdir())]
        ledger = self._ledger
        return {} if ledger is None else {p: e for f in folders for p, e in ledger.gone(f).items()}


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _count(paths: Iterable[Path]) -> int:
    """Return how many files there are; what cannot be looked at counts as one."""
    total = 0
    for path in paths:
        try:
            total += len(files_of(path)) or 1
        except OSError:
            total += 1
    return total
