"""Pipeline: files go in, published records come out; the conductor of ingest.

In:  PDFs and texts, the library, and what the editor said.
Out: an `IngestResult` a file: what became of it, in one sentence, with the headings and a report.
Errors: LibraryError (locked, damaged). A file or manifest that cannot be used is no error here
        but the outcome "rejected" or "empty-needs-ocr", with its sentence.

    preparing (read → segmentation → tree → record) → identity → library

Of several files the next are prepared in processes of their own while one is published. Files are
published in the order in which they are given; those that wait for it go into the library in one
step, and one by one where that fails.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from ingest.errors import ManifestError, UnreadableError
from ingest.file_names import readable_name
from ingest.identity import keep_ids, says_the_same
from ingest.nearest import nearest_names
from ingest.preparers import Preparers
from ingest.preparing import Prepared, Progress, Task, Unusable, prepare
from ingest.read import EXTRACTOR, ReadLimits
from ingest.report import FoundHeading, Report, cases_of
from ingest.translation import check_translation
from search.editions import former_edition, kept_editions
from search.errors import InputError, LibraryError, NotFoundError
from search.model import Publication
from search.publishing import NewState
from search.searcher import Library
from search.settings import Settings

__all__ = ["FoundHeading", "IngestResult", "Progress", "Request", "ingest_file", "ingest_files"]

MOST_AT_ONCE, MOST_SECTIONS_AT_ONCE = 20, 1_000  # published in one step
AHEAD = 2  # prepared files a process that may wait for being published

Outcome = Literal["ok", "partial", "unchanged", "empty-needs-ocr", "rejected"]
FileProgress = Callable[[Path, int, int], None]
Complain = Callable[[Exception], str]
_Work = Future[tuple[Task, Prepared | Unusable]]
_Waiting = deque[tuple["Request", _Work]]


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file; `is_postponed` says that it was the library's fault, not its own."""

    file: str
    outcome: Outcome
    publication: str
    message: str
    pages: int = 0
    lost_pages: tuple[int, ...] = ()
    headings: tuple[FoundHeading, ...] = ()
    report: Report = Report()  # noqa: RUF009 - frozen and empty
    record: Publication | None = None
    is_postponed: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A file, and what the editor said of it; with `dry_run` nothing is written."""

    path: Path
    manifest: Path | None = None
    as_publication: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class _Finished:
    """A result, and what is to be published for it to be true."""

    result: IngestResult
    state: NewState | None = None


def ingest_file(
    path: Path,
    library: Library | None,
    *,
    manifest: Path | None = None,
    as_publication: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> IngestResult:
    """Ingest one file in this process; without a library, only for a dry run."""
    request = Request(path, manifest, as_publication, dry_run)
    try:
        task = _task(request, library)
        finished = _finish(request, library, task, prepare(task, progress))
    except InputError as error:
        return _rejected(request, str(error))
    if finished.state is not None and library is not None:
        try:
            library.publish_all([finished.state], progress=progress)
        except InputError as error:
            return _rejected(request, str(error))
    return finished.result


def ingest_files(
    requests: Iterable[Request],
    library: Library | None,
    preparers: Preparers,
    *,
    complain: Complain,
    progress: FileProgress | None = None,
) -> Generator[IngestResult]:
    """Ingest files in their order; what one of them should not have raised is its result."""
    intake = _Intake(library, complain)
    ahead = preparers.count * (1 + AHEAD)
    waiting = _Waiting()
    with ThreadPoolExecutor(preparers.count) as threads:
        try:
            for request in requests:
                work = threads.submit(_prepare, request, library, preparers, progress)
                waiting.append((request, work))
                if len(waiting) > ahead:
                    yield from _next(waiting, intake)
            while waiting:
                yield from _next(waiting, intake)
        except BaseException:
            preparers.close()
            threads.shutdown(cancel_futures=True)
            raise


def _next(waiting: _Waiting, intake: _Intake) -> Iterator[IngestResult]:
    """Take the first that waits; it is published now unless the next one is ready, too."""
    request, work = waiting.popleft()
    more = bool(waiting) and waiting[0][1].done()
    yield from intake.take(request, work, more=more)


def _prepare(
    request: Request, library: Library | None, preparers: Preparers, progress: FileProgress | None
) -> tuple[Task, Prepared | Unusable]:
    task = _task(request, library)

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress(request.path, done, total)

    return task, preparers.prepare(task, tell)


@dataclass(slots=True)
class _Intake:
    """What is prepared, and waits for being published together."""

    library: Library | None
    complain: Complain
    batch: list[tuple[Request, _Finished]] = dataclasses.field(default_factory=list)

    def take(
        self,
        request: Request,
        work: _Work,
        *,
        more: bool,
    ) -> Iterator[IngestResult]:
        """Take a file, in order; yield what has become of it and of those before it."""
        try:
            task, prepared = work.result()
            if self._meets(request, prepared):
                yield from self._publish()
            finished = _finish(request, self.library, task, prepared)
        except InputError as error:
            finished = _Finished(_rejected(request, str(error)))
        except Exception as error:  # noqa: BLE001 - one file of many never stops the others
            finished = _Finished(self._failed(request, error))
        self.batch.append((request, finished))
        if not more or self._is_full():
            yield from self._publish()

    def _meets(self, request: Request, prepared: Prepared | Unusable) -> bool:
        """Tell whether what a file becomes depends on one that waits for being published."""
        if isinstance(prepared, Unusable):
            return False
        states = [finished.state for _, finished in self.batch if finished.state]
        return any(
            state.record.id in {request.as_publication, prepared.record.id}
            or state.record.source.sha256 == prepared.record.source.sha256
            for state in states
        )

    def _is_full(self) -> bool:
        records = [finished.state.record for _, finished in self.batch if finished.state]
        sections = sum(len(case.sections) for record in records for case in record.cases)
        return len(self.batch) >= MOST_AT_ONCE or sections >= MOST_SECTIONS_AT_ONCE

    def _publish(self) -> Iterator[IngestResult]:
        batch, self.batch = self.batch, []
        states = [finished.state for _, finished in batch if finished.state]
        alone = len(states) == 1
        if states and self.library is not None and not alone:
            try:
                self.library.publish_all(states)
            except Exception:  # noqa: BLE001 - each alone tells whose fault it was
                alone = True
        for request, finished in batch:
            if finished.state is not None and alone:
                yield self._publish_alone(request, finished.result, finished.state)
            else:
                yield finished.result

    def _publish_alone(
        self, request: Request, result: IngestResult, state: NewState
    ) -> IngestResult:
        if self.library is None:
            return result
        try:
            self.library.publish_all([state])
        except Exception as error:  # noqa: BLE001 - one file of many never stops the others
            return self._failed(request, error)
        return result

    def _failed(self, request: Request, error: Exception) -> IngestResult:
        result = _rejected(request, self.complain(error))
        return dataclasses.replace(result, is_postponed=isinstance(error, LibraryError))


def _rejected(request: Request, message: str) -> IngestResult:
    return IngestResult(str(request.path), "rejected", "", message)


def _task(request: Request, library: Library | None) -> Task:
    sha256, size = digest(request.path)
    known = library.source_ids().get(sha256, "") if library else ""
    before = _publication(library, known)[0] if known else None
    return Task(
        path=str(request.path.absolute()),
        name=before.source.name if before else readable_name(request.path),
        sha256=sha256,
        size=size,
        limits=_limits(library),
        manifest=_manifest_text(request, library, known),
        manifest_name=request.manifest.name if request.manifest else "",
        library=str(library.path.absolute()) if library else "",
        former=request.as_publication or known,
        known=known if before and before.extractor == EXTRACTOR else "",
    )


def _finish(
    request: Request, library: Library | None, task: Task, prepared: Prepared | Unusable
) -> _Finished:
    """Give what was prepared its place in the library."""
    if isinstance(prepared, Unusable):
        return _Finished(IngestResult(str(request.path), prepared.outcome, "", prepared.message))
    record, old = _identified(request, library, prepared)
    if request.manifest is not None:
        check_translation(record, library, request.manifest.name)
    changed = record != old or (library is not None and _lacks(library, record, task.manifest))
    result = _result(request, prepared, record, changed=changed or request.dry_run)
    if not changed or request.dry_run or library is None:
        return _Finished(result)
    state = NewState(record, request.path, task.manifest, prepared.packed)
    return _Finished(result, state)


def _lacks(library: Library, record: Publication, manifest: str) -> bool:
    """Tell whether what lies beside the record is not what belongs to it."""
    if library.manifest(record.id) != manifest:
        return True
    try:
        return digest(library.source_file(record.id))[0] != record.source.sha256
    except (NotFoundError, InputError):
        return True


def digest(path: Path) -> tuple[str, int]:
    """A file's sha256 and size; a pipe or a device might never end."""
    try:
        if path.exists() and not path.is_file():
            raise UnreadableError(
                "this is not an ordinary file",
                where=path.name,
                fix="Save it as a file and add that",
            )
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise UnreadableError(
            f"the file cannot be read ({reason.lower()})",
            where=path.name,
            fix="Check the path and the right to read it",
        ) from error


def _manifest_text(request: Request, library: Library | None, known: str) -> str:
    """The manifest given; else the one stored with the publication, for it still holds."""
    if request.manifest is not None:
        return _read_text(request.manifest)
    known = request.as_publication or known
    if library is None or not known:
        return ""
    try:
        return library.manifest(known)
    except NotFoundError:
        return ""


def _read_text(manifest: Path) -> str:
    try:
        return manifest.read_text(encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise ManifestError(
            f"the manifest cannot be read ({reason})", where=manifest.name, fix="Check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise ManifestError(
            "the manifest is not UTF-8 text", where=manifest.name, fix="Save it as UTF-8"
        ) from error


def _limits(library: Library | None) -> ReadLimits:
    """The library's settings say what reading a file may cost; without one, the defaults."""
    settings = library.settings if library else Settings()
    return ReadLimits(
        page_seconds=settings.page_seconds,
        file_seconds=settings.file_seconds,
        memory_bytes=settings.memory_mb << 20,
    )


def _identified(
    request: Request, library: Library | None, prepared: Prepared
) -> tuple[Publication, Publication | None]:
    """The record under the id it is to have, and the publication it replaces, if any."""
    record, asked = prepared.record, prepared.manifest_id
    known = library.source_ids().get(record.source.sha256, "") if library else ""
    wanted = request.as_publication or known or record.id
    if known and not request.as_publication and asked not in {"", known}:
        raise InputError(
            f"this file is in the library already, as “{known}”, and its address stays",
            where=request.path.name,
            fix=f"Leave id out of the manifest, or remove “{known}” first",
        )
    record = msgspec.structs.replace(record, id=wanted)
    old, damage = _publication(library, wanted)
    if damage is not None and not request.as_publication:
        raise damage
    if old is None and library is not None and library.has_folder(wanted):
        return _instead(record, library), None
    if old is None:
        _check_edition(request, library)
        return record, None
    return _next_edition(record, old, request), old


def _next_edition(record: Publication, old: Publication, request: Request) -> Publication:
    same_file = old.source.sha256 == record.source.sha256
    if same_file:  # under whatever name it comes again
        record = msgspec.structs.replace(record, source=old.source)
    if not same_file and not request.as_publication:
        raise InputError(
            f"the id “{record.id}” belongs to another file, “{old.source.name}” ({old.title})",
            where=request.path.name,
            fix=f"Add --as {record.id} to publish it as the next edition, or give it an id of its "
            "own in a manifest",
        )
    kept = keep_ids(record, old)
    is_other = not (same_file and says_the_same(kept, old))
    return msgspec.structs.replace(kept, edition=old.edition + is_other)


def _instead(record: Publication, library: Library) -> Publication:
    """The record in the place of a damaged one, which would have been the edition before it."""
    former = kept_editions(library.path, record.id)
    if not former:
        return record
    kept = keep_ids(record, former_edition(library.path, record.id, former[-1]))
    return msgspec.structs.replace(kept, edition=former[-1] + 1)


def _check_edition(request: Request, library: Library | None) -> None:
    """Refuse a next edition of what never was: the id is misspelt, or new and then the editor's."""
    wanted = request.as_publication
    if not wanted or (library is not None and library.resolve(wanted).outcome == "gone"):
        return
    ids = sorted(library.source_ids().values()) if library else []
    raise InputError(
        f"there is no publication “{wanted}” whose next edition this could be "
        f"({nearest_names(wanted, ids)})",
        where=request.path.name,
        fix="Correct the id; a new publication gets one of its own in its manifest",
    )


def _publication(
    library: Library | None, publication: str
) -> tuple[Publication | None, LibraryError | None]:
    """The record, None where there is none, and what is wrong with one that cannot be read."""
    if library is None:
        return None, None
    try:
        return library.publication(publication), None
    except NotFoundError:
        return None, None
    except LibraryError as error:
        return None, error


def _result(
    request: Request, prepared: Prepared, record: Publication, *, changed: bool
) -> IngestResult:
    lost = prepared.lost_pages
    outcome: Outcome = "partial" if lost else "ok"
    report = dataclasses.replace(prepared.report, cases=cases_of(record))
    return IngestResult(
        file=str(request.path),
        outcome=outcome if changed else "unchanged",
        publication=record.id,
        message=_message(record, lost, changed=changed, dry_run=request.dry_run),
        pages=prepared.pages,
        lost_pages=lost,
        headings=report.headings,
        report=report,
        record=record,
    )


def _message(record: Publication, lost: tuple[int, ...], *, changed: bool, dry_run: bool) -> str:
    cases = sum(case.kind == "case" for case in record.cases)
    sections = sum(len(case.sections) for case in record.cases if case.kind == "case")
    what = f"“{record.title}”: {_count(cases, 'case')} with {_count(sections, 'section')}"
    if not changed:
        return f"{what}, in the library already; nothing has changed."
    missing = f"; lost: page {', '.join(map(str, lost))}" if lost else ""
    return f"{what}{missing}{', nothing written (dry run)' if dry_run else ''}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
