"""Preparing: a file → the record of a publication, as far as no library is asked.

In:  a `Task`: a file, what the editor said, what reading may cost.
Out: `Prepared`: the record under the id of its own, what was read, the report; or `Unusable`.
Errors: none that the file or the manifest gives rise to; they are the sentence of `Unusable`.

It takes most of the time that a file takes, so it can be done in a process of its own: all that
goes in and comes out are messages (`preparers`, `preparing_process`).

    read → segmentation → tree → record → report
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from ingest.addresses import kinds_in
from ingest.blocks import Typesetting
from ingest.boxes import figures_of
from ingest.errors import ManifestError, NeedsOcrError
from ingest.manifest import Manifest, read_manifest
from ingest.metadata import guess_facts
from ingest.own_addresses import with_own_addresses
from ingest.read import EXTRACTOR, ReadLimits, read_file
from ingest.record import Origin, make_record
from ingest.report import Report, make_report
from ingest.segmentation import Segmented, segment
from ingest.tajik_fonts import mend_tajik
from ingest.translation import with_translation
from ingest.tree import grow_tree
from search.errors import InputError, LibraryError, NotFoundError
from search.library import LibraryFolder
from search.model import Extraction, Publication, Source
from search.staging import pack_extraction

Progress = Callable[[int, int], None]


class Task(Struct, frozen=True):
    """What is to be prepared.

    Attributes:
        source: The file's digest and size, and the name that the record shall say.
        manifest: What the editor said.
        manifest_name: The name of the file that says so, "" for the library's own.
        library: The library's folder, "" for none.
        known: The publication in it whose extraction is that of this file, "" for none.
        former: The publication in it whose next edition this is, "" for none.
    """

    path: str
    name: str
    sha256: str
    size: int
    limits: ReadLimits
    manifest: str = ""
    manifest_name: str = ""
    library: str = ""
    known: str = ""
    former: str = ""


class PagesRead(Struct, frozen=True, tag=True):
    """How far the reading is."""

    done: int
    total: int


class Prepared(Struct, frozen=True, tag=True):
    """What was made of the file."""

    record: Publication
    manifest_id: str  # the id that the manifest asks for, "" for none
    packed: bytes  # the extraction as the library keeps it: whoever publishes need not unpack it
    pages: int
    lost_pages: tuple[int, ...]
    report: Report


class Unusable(Struct, frozen=True, tag=True):
    """Why nothing could be made of it."""

    outcome: Literal["rejected", "empty-needs-ocr"]
    message: str


class Broken(Struct, frozen=True, tag=True):
    """The trace of what should not have happened."""

    trace: str


Answer = PagesRead | Prepared | Unusable | Broken


def prepare(task: Task, progress: Progress | None = None) -> Prepared | Unusable:
    """Make the record of a file."""
    try:
        return _prepared(task, progress)
    except NeedsOcrError as error:
        return Unusable("empty-needs-ocr", str(error))
    except InputError as error:
        return Unusable("rejected", str(error))


def _prepared(task: Task, progress: Progress | None) -> Prepared:
    manifest = read_manifest(task.manifest, task.manifest_name)
    read = _cached(task) or read_file(Path(task.path), limits=task.limits, progress=progress)
    extraction = mend_tajik(read)
    source = Source(task.name, extraction.media, task.sha256, task.size)
    try:
        record, segmented = _made(extraction, source, manifest, task)
    except ManifestError as error:
        if not task.manifest_name:
            raise
        raise ManifestError(error.what, where=task.manifest_name, fix=error.fix) from error
    return Prepared(
        record,
        manifest.publication.id or "",
        pack_extraction(segmented.extraction),
        len(segmented.extraction.pages),
        tuple(page.number for page in segmented.extraction.lost_pages),
        make_report(segmented, record),
    )


def _made(
    extraction: Extraction, source: Source, manifest: Manifest, task: Task
) -> tuple[Publication, Segmented]:
    """Make the record; addresses that are not found may be permalinks of the library's."""
    try:
        return make_publication(extraction, source, manifest)
    except ManifestError:
        if not task.former:
            raise
        renamed = _by_own_addresses(extraction, source, manifest, task)
        if renamed == manifest:
            raise
    return make_publication(extraction, source, renamed)


def _by_own_addresses(
    extraction: Extraction, source: Source, manifest: Manifest, task: Task
) -> Manifest:
    try:
        old = LibraryFolder(Path(task.library)).record(task.former).record
    except (NotFoundError, LibraryError):
        return manifest
    uncorrected = msgspec.structs.replace(manifest, corrections={}, parts={})
    plain, _ = make_publication(extraction, source, uncorrected)
    return with_own_addresses(manifest, plain, old)


def _cached(task: Task) -> Extraction | None:
    """What was read of the same file by the same reader before."""
    try:
        return LibraryFolder(Path(task.library)).extraction(task.known) if task.known else None
    except NotFoundError:  # it was removed just now
        return None


def make_publication(
    extraction: Extraction, source: Source, manifest: Manifest
) -> tuple[Publication, Segmented]:
    """Make the record of an extraction, by itself and without a library."""
    segmented = segment(extraction, manifest)
    flow = segmented.flow
    facts = guess_facts(flow, _text_start(segmented), extraction.metadata)
    title = manifest.publication.title or facts.title or Path(source.name).stem
    draft = grow_tree(segmented, title)
    setting = Typesetting(flow, figures_of(segmented.extraction))
    kinds = kinds_in(segmented.marks, segmented.names)
    origin = Origin(source, segmented.extraction, segmented.labels, EXTRACTOR)
    record = make_record(draft, setting, kinds, facts, manifest.publication, origin)
    return with_translation(record, manifest), segmented


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


encode = msgspec.msgpack.Encoder().encode
decode_task = msgspec.msgpack.Decoder(Task).decode
decode_answer = msgspec.msgpack.Decoder(Answer).decode
