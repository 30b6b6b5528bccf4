"""Pipeline: a file goes in, a published record comes out; the conductor of ingest.

In:  a PDF or text, the library, and what the editor said.
Out: an `IngestResult`: what became of the file, in one sentence, with the headings and a report.
Errors: LibraryError (locked, damaged). A file or manifest that cannot be used is no error here
        but the outcome "rejected" or "empty-needs-ocr", with its sentence.

    read → segmentation → tree → record → identity → library
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from ingest.addresses import kinds_in
from ingest.blocks import Typesetting
from ingest.errors import ManifestError, NeedsOcrError, UnreadableError
from ingest.file_names import readable_name
from ingest.identity import keep_ids
from ingest.manifest import Manifest, read_manifest
from ingest.metadata import guess_facts
from ingest.read import EXTRACTOR, ReadLimits, read_file
from ingest.record import Origin, make_record
from ingest.report import FoundHeading, Report, make_report
from ingest.segmentation import Segmented, segment
from ingest.tajik_fonts import mend_tajik
from ingest.tree import grow_tree
from search.errors import InputError, NotFoundError
from search.model import Extraction, Publication, Source
from search.searcher import Library
from search.settings import Settings

__all__ = ["FoundHeading", "IngestResult", "Progress", "ingest_file", "make_publication"]

Outcome = Literal["ok", "partial", "unchanged", "empty-needs-ocr", "rejected"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one file."""

    file: str
    outcome: Outcome
    publication: str
    message: str
    pages: int = 0
    lost_pages: tuple[int, ...] = ()
    headings: tuple[FoundHeading, ...] = ()
    report: Report = Report()  # noqa: RUF009 - frozen and empty
    record: Publication | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    path: Path
    library: Library | None
    manifest: Path | None
    as_publication: str
    dry_run: bool
    progress: Progress | None


def ingest_file(
    path: Path,
    library: Library | None,
    *,
    manifest: Path | None = None,
    as_publication: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> IngestResult:
    """Ingest one file; with `dry_run` nothing is written, and there need be no library."""
    request = _Request(path, library, manifest, as_publication, dry_run, progress)
    try:
        return _ingest(request)
    except NeedsOcrError as error:
        return IngestResult(str(path), "empty-needs-ocr", "", str(error))
    except InputError as error:
        return IngestResult(str(path), "rejected", "", str(error))


def make_publication(
    extraction: Extraction, source: Source, manifest: Manifest
) -> tuple[Publication, Segmented]:
    """Make the record of an extraction, by itself and without a library."""
    segmented = segment(extraction, manifest)
    flow = segmented.flow
    facts = guess_facts(flow, _text_start(segmented), extraction.metadata)
    title = manifest.publication.title or facts.title or Path(source.name).stem
    draft = grow_tree(segmented, title)
    pictures = {page.number for page in segmented.extraction.pages if page.figures}
    setting = Typesetting(flow, pictures)
    kinds = kinds_in(segmented.marks, segmented.names)
    origin = Origin(source, segmented.extraction, segmented.labels, EXTRACTOR)
    return (
        make_record(draft, setting, kinds, facts, manifest.publication, origin),
        segmented,
    )


def _text_start(segmented: Segmented) -> int:
    """The first line after title page and imprint: of the contents, or of a later page's case.

    In a text without pages any case but one that opens the text tells.
    """
    lines = segmented.flow.lines
    first_page = lines[0].page if lines else 0
    starts = [
        mark.start
        for mark in segmented.marks
        if mark.role != "heading"
        and 0 < mark.start < len(lines)
        and (lines[mark.start].page > first_page or lines[-1].page == first_page)
    ]
    contents = [segmented.outside.start] if segmented.outside else []
    return min([*starts, *contents], default=len(lines))


def _ingest(request: _Request) -> IngestResult:
    sha256, size = _digest(request.path)
    before = request.library.stored(sha256) if request.library else None
    manifest_text = _manifest_text(request, before)
    manifest = read_manifest(manifest_text, request.manifest.name if request.manifest else "")
    extraction = mend_tajik(_extraction(request, before))
    name = before.source.name if before else readable_name(request.path)
    source = Source(name, extraction.media, sha256, size)
    record, segmented = _corrected(extraction, source, manifest, request)
    record, old = _identified(request, record, before, manifest)
    changed = record != old or (
        request.library is not None and request.library.manifest(record.id) != manifest_text
    )
    if changed and not request.dry_run and request.library is not None:
        request.library.publish(
            record,
            source=request.path,
            manifest=manifest_text,
            extraction=segmented.extraction,
            progress=request.progress,
        )
    return _result(request, record, segmented, changed=changed or request.dry_run)


def _corrected(
    extraction: Extraction, source: Source, manifest: Manifest, request: _Request
) -> tuple[Publication, Segmented]:
    """Make the record; what the manifest asks in vain is said with the name of its file."""
    try:
        return make_publication(extraction, source, manifest)
    except ManifestError as error:
        if request.manifest is None:
            raise
        raise ManifestError(error.what, where=request.manifest.name, fix=error.fix) from error


def _digest(path: Path) -> tuple[str, int]:
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


def _manifest_text(request: _Request, before: Publication | None) -> str:
    """The manifest given; else the one stored with the publication, for it still holds."""
    if request.manifest is not None:
        return _read_text(request.manifest)
    known = request.as_publication or (before.id if before else "")
    if request.library is None or not known:
        return ""
    try:
        return request.library.manifest(known)
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


def _extraction(request: _Request, before: Publication | None) -> Extraction:
    """The cached extraction of the same file by the same reader, else a new one."""
    if request.library and before and before.extractor == EXTRACTOR:
        cached = request.library.extraction(before.id)
        if cached is not None:
            return cached
    return read_file(request.path, limits=_limits(request.library), progress=request.progress)


def _limits(library: Library | None) -> ReadLimits:
    """The library's settings say what reading a file may cost; without one, the defaults."""
    settings = library.settings if library else Settings()
    return ReadLimits(
        page_seconds=settings.page_seconds,
        file_seconds=settings.file_seconds,
        memory_bytes=settings.memory_mb << 20,
    )


def _identified(
    request: _Request, record: Publication, before: Publication | None, manifest: Manifest
) -> tuple[Publication, Publication | None]:
    """The record under the id it is to have, and the publication it replaces, if any."""
    wanted = request.as_publication or (before.id if before else record.id)
    if before and not request.as_publication and manifest.publication.id not in {None, before.id}:
        raise InputError(
            f"this file is in the library already, as “{before.id}”, and its address stays",
            where=request.path.name,
            fix=f"Leave id out of the manifest, or remove “{before.id}” first",
        )
    record = msgspec.structs.replace(record, id=wanted)
    old = _publication(request.library, wanted)
    if old is None:
        return record, None
    same_file = old.source.sha256 == record.source.sha256
    if not same_file and not request.as_publication:
        raise InputError(
            f"the id “{wanted}” belongs to another file, “{old.source.name}” ({old.title})",
            where=request.path.name,
            fix=f"Add --as {wanted} to publish it as the next edition, or give it an id of its own",
        )
    kept = keep_ids(record, old)
    return msgspec.structs.replace(kept, edition=old.edition + (not same_file)), old


def _publication(library: Library | None, publication: str) -> Publication | None:
    if library is None:
        return None
    try:
        return library.publication(publication)
    except NotFoundError:
        return None


def _result(
    request: _Request, record: Publication, segmented: Segmented, *, changed: bool
) -> IngestResult:
    report = make_report(segmented, record)
    lost = tuple(page.number for page in segmented.extraction.lost_pages)
    outcome: Outcome = "partial" if lost else "ok"
    return IngestResult(
        file=str(request.path),
        outcome=outcome if changed else "unchanged",
        publication=record.id,
        message=_message(record, lost, changed=changed, dry_run=request.dry_run),
        pages=len(segmented.extraction.pages),
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
