"""The library's folder: records and what lies beside them, as readers find it.

In:  the folder; ids.
Out: `publications/<id>/` holds `source.<ending>`, `record.json`, and `manifest.toml` and
     `extraction.json.gz` where there are any; `tombstones/<id>.json` remembers what was removed.
Errors: NotFoundError; LibraryError where a file is damaged or the disk refuses.

Readers never lock. `search.staging` writes a new state as `.new-<id>` and renames it into place
once the index has it; the index says by digest which state holds. So whoever reads between two
steps, or after a crash, asks for the record of that digest and gets the right one.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from search.durable_files import storage_errors
from search.errors import InputError, LibraryError, NotFoundError
from search.folder_watch import FolderWatch
from search.model import Extraction, Publication
from search.permalinks import PAGE, Resolution
from search.record_digests import Brief, RecordDigests
from search.remembered import Remembered
from search.slugs import is_slug

PUBLICATIONS, TOMBSTONES = "publications", "tombstones"
DIGESTS = "index/records.json"
RECORD, MANIFEST, EXTRACTION = "record.json", "manifest.toml", "extraction.json.gz"
ENDINGS = {"pdf": "pdf", "text": "txt", "jsonl": "jsonl"}

NEW, OLD = ".new-", ".old-"

RECORDS_BYTES = 16_000_000  # of records' files: of those read last, what they say is remembered
IMPRINT_PAGES = 100_000  # pages of the publications whose imprints are remembered

_FORMAT = 1
_TRIES = 5  # a reader may look just while a folder is renamed


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as read; `digest` is the sha256 of its bytes."""

    record: Publication
    digest: str


class _Source(Struct, frozen=True):
    sha256: str


class _Record(Struct, frozen=True):
    """As much of a record as its brief says."""

    source: _Source
    translation_of: str = ""


@dataclass(frozen=True, slots=True)
class _Origins:
    """Where all publications come from, at a state of the folder."""

    state: tuple[int, tuple[str, ...]] = (-1, ())
    ids: Mapping[str, str] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)


class Tombstone(Struct, frozen=True):
    """What is remembered of a publication that was removed.

    It stays when the id is published again. Unfinished, it is a removal under way or broken off.
    """

    id: str
    title: str
    removed: str  # ISO date
    addresses: tuple[str, ...] = ()  # below the publication's own
    is_finished: bool = False

    def resolve(self, place: str) -> Resolution:
        """Say what became of an address below the publication's: every page was one of its."""
        parts = place.split("/")
        if place and parts[0] != PAGE and "/".join(parts[:2]) not in self.addresses:
            return Resolution("never")
        day = date.fromisoformat(self.removed)
        return Resolution("gone", note=f"“{self.title}” was removed on {day.day} {day:%B %Y}.")


@dataclass(frozen=True, slots=True)
class States:
    """The folders of a publication's present, former and staged state."""

    present: Path
    former: Path
    staged: Path


def states_of(library: Path, publication: str) -> States:
    """Return where the states of a publication lie, whether or not they are there."""
    folder = library / PUBLICATIONS
    return States(
        folder / publication, folder / f"{OLD}{publication}", folder / f"{NEW}{publication}"
    )


class LibraryFolder:
    """What a library's folder holds; safe to read from many threads, whoever writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._publications = path / PUBLICATIONS
        self._folder_name = str(self._publications)
        self._digests = RecordDigests(path / DIGESTS)
        self._imprints: Remembered[tuple[str, str], Publication] = Remembered(IMPRINT_PAGES)
        self._records: Remembered[tuple[str, str], StoredRecord] = Remembered(RECORDS_BYTES)
        self._origins = _Origins()
        self._tombstones = FolderWatch(str(path / TOMBSTONES))
        self._removals: tuple[str, ...] = ()
        self._looking = threading.Lock()
        self._decoding = threading.Lock()  # a large record fills memory once, not once a thread

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all publications, in alphabetical order."""
        names = self._names()
        kept = {name for name in names if is_slug(name)}
        return tuple(sorted(kept | {n.removeprefix(OLD) for n in names if n.startswith(OLD)}))

    def unsettled(self) -> tuple[str, ...]:
        """Return the ids of publications that a writer is at work on, or died over."""
        names = self._names()
        return tuple(sorted({n.removeprefix(p) for n in names for p in (NEW, OLD) if p == n[:5]}))

    def strangers(self) -> tuple[str, ...]:
        """Return what lies among the publications and is none."""
        return tuple(n for n in self._names() if not is_slug(n) and not n.startswith((NEW, OLD)))

    def digest(self, publication: str, wanted: str = "") -> str:
        """Return the digest of a publication's record: the wanted one if it is there at all."""
        return self._find(publication, wanted)[1]

    def is_known_to_have(self, publication: str, digest: str) -> bool:
        """Tell, without reading anything, whether a publication's present record has a digest."""
        return self._digests.is_known(self._present(publication), publication, digest)

    def _present(self, publication: str) -> str:
        return f"{self._folder_name}/{publication}/{RECORD}"

    def staged_digest(self, publication: str) -> str:
        """Return the digest of the staged record, "" where none is staged."""
        return self._digests.of(states_of(self.path, publication).staged / RECORD)

    def keep_digests(self) -> None:
        """Spare whoever opens the library next to read every record."""
        self._digests.keep()

    def staged_record(self, publication: str) -> Publication:
        """Return the staged record; it is not kept."""
        path = states_of(self.path, publication).staged / RECORD
        return _decoded(_read(path), path)

    def record(self, publication: str, wanted: str = "") -> StoredRecord:
        """Return a publication's record: the wanted digest if it is there, else the present one."""
        path, digest = self._find(publication, wanted)
        with self._decoding:
            for _ in range(_TRIES):
                known = self._records.get((publication, digest))
                if known is not None:
                    return known
                if data := _read(path):
                    found = StoredRecord(_decoded(data, path), hashlib.sha256(data).hexdigest())
                    self._records.put((publication, found.digest), found, len(data))
                    if found.digest != digest:
                        self._digests.forget(path)
                path, digest = self._find(publication, wanted)
        raise LibraryError(
            "the record is empty, or changes all the time", where=str(path), fix=_remedy_of(path)
        )

    def source_ids(self) -> Mapping[str, str]:
        """Return the ids of all publications by the sha256 of their sources."""
        return self._known_origins().ids

    def originals(self) -> Mapping[str, str]:
        """Return for every publication what it is a translation of, "" for none."""
        return self._known_origins().originals

    def _known_origins(self) -> _Origins:
        """Gather the little that is kept of every record: whoever fills a library stays small."""
        state = self._listing()
        if state == self._origins.state:
            return self._origins
        found: dict[str, Brief] = {}
        for publication in self.ids():
            with suppress(NotFoundError, msgspec.DecodeError, UnicodeDecodeError):
                found[publication] = self._brief(publication)
        self._digests.keep()
        self._origins = _Origins(
            state,
            {brief.source_sha256: name for name, brief in found.items()},
            {name: brief.translation_of for name, brief in found.items()},
        )
        return self._origins

    def _brief(self, publication: str) -> Brief:
        """Read a record for the little that is kept of it, unless that is known."""
        known = self._digests.brief(self._present(publication), publication)
        if known is None:
            path, digest = self._find(publication, "")
            record = msgspec.json.decode(_read(path), type=_Record)
            known = Brief(record.source.sha256, record.translation_of)
            self._digests.note(path, digest, known)
        return known

    def _listing(self) -> tuple[int, tuple[str, ...]]:
        """Return what changes whenever a publication comes, goes or is replaced."""
        names = tuple(self._names())
        return (self._publications.stat().st_mtime_ns if names else 0), names

    def imprint(self, publication: str, wanted: str = "") -> Publication:
        """Return a publication's record without its cases: the wanted one, if it is known."""
        known = self._imprints.get((publication, wanted)) if wanted else None
        known = known or self._imprints.get((publication, self.digest(publication, wanted)))
        if known is None:
            found = self.record(publication, wanted)
            known = msgspec.structs.replace(found.record, cases=(), retired=())
            self._imprints.put((publication, found.digest), known, 1 + len(known.pages))
        return known

    def manifest(self, publication: str) -> str:
        """Return what the editor said, "" where nothing."""
        path = self._folder(publication) / MANIFEST
        with storage_errors(path):
            return path.read_text(encoding="utf-8") if path.exists() else ""

    def extraction(self, publication: str) -> Extraction | None:
        """Return what the reader saw; None where it was not kept or cannot be read.

        It only spares reading the source again, so a damaged one counts as none.
        """
        path = self._folder(publication) / EXTRACTION
        if not path.exists():
            return None
        try:
            return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=Extraction)
        except (OSError, EOFError, zlib.error, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def source_file(self, record: Publication) -> Path:
        """Return where a publication's source lies."""
        return self._folder(record.id) / f"source.{ENDINGS[record.source.media]}"

    def tombstone(self, publication: str) -> Tombstone | None:
        """Return what is remembered of a removed publication."""
        path = tombstone_file(self.path, publication)
        if not is_slug(publication) or not path.exists():
            return None
        try:
            return msgspec.json.decode(path.read_bytes(), type=Tombstone)
        except (OSError, msgspec.DecodeError) as error:
            raise LibraryError(
                "a tombstone is damaged", where=str(path), fix="Delete it"
            ) from error

    def buried(self) -> tuple[str, ...]:
        """Return the ids of which a removal is remembered."""
        files = (self.path / TOMBSTONES).glob("[!.]*.json")
        return tuple(sorted(file.stem for file in files))

    def removals(self) -> tuple[str, ...]:
        """Return the ids whose removal is under way, or was broken off."""
        if not self._tombstones.is_as_kept():  # every page asks, and they become many
            with self._looking:
                marks = self._tombstones.marks()
                self._removals = tuple(filter(self._is_being_removed, self.buried()))
                self._tombstones.keep(marks)
        return self._removals

    def _is_being_removed(self, publication: str) -> bool:
        with suppress(LibraryError):  # a damaged tombstone is a matter for casebook check
            stone = self.tombstone(publication)
            return stone is not None and not stone.is_finished
        return False

    def _names(self) -> list[str]:
        with storage_errors(self._publications):
            if not self._publications.exists():
                return []
            return sorted(os.listdir(self._folder_name))  # noqa: PTH208 - as quick as can be

    def _folder(self, publication: str) -> Path:
        return self._find(publication, "")[0].parent

    def _find(self, publication: str, wanted: str) -> tuple[Path, str]:
        """Return the record file to believe, and its digest."""
        present: tuple[Path, str] | None = None
        for _ in range(_TRIES if is_slug(publication) else 0):
            # Folders may be renamed between two looks: what is wanted is looked for again.
            found: list[tuple[Path, str]] = []
            for path in self._candidates(publication):
                found.append((path, self._digests.of(path)))
                if found[-1][1] == wanted != "":
                    return found[-1]
            # What is staged is no state of the publication until the index says so.
            present = next((each for each in found[:-1] if each[1]), None)
            if present and not wanted:
                break
        if present:
            return present
        raise NotFoundError(
            f"there is no publication “{publication}” in the library",
            fix="casebook list shows those that there are",
        )

    def _candidates(self, publication: str) -> Iterator[Path]:
        """Yield where the present state may be, the former, and last the staged one."""
        for prefix in ("", OLD, NEW):
            yield self._publications / f"{prefix}{publication}" / RECORD


def tombstone_file(library: Path, publication: str) -> Path:
    """Return where a removed publication is remembered."""
    return library / TOMBSTONES / f"{publication}.json"


def check_record(record: Publication) -> None:
    """Refuse a record whose ids could not be addresses, or would answer for one another."""
    if not is_slug(record.id):
        raise InputError(
            f"“{record.id}” cannot be a publication's id",
            where=record.source.name,
            fix="An id is made of a-z, 0-9 and single hyphens",
        )
    _check_ids(record.id, [case.id for case in record.cases], reserved=PAGE)
    for case in record.cases:
        _check_ids(f"{record.id}/{case.id}", [section.id for section in case.sections])


def _check_ids(where: str, ids: list[str], *, reserved: str = "") -> None:
    for name, count in Counter(ids).items():
        if not is_slug(name) or name == reserved:
            raise InputError(f"“{name}” cannot stand in an address", where=where)
        if count > 1:
            raise InputError(f"the id “{name}” is there {count} times", where=where)


def remedy(library: Path, publication: str) -> str:
    """Say what helps where a record cannot be used: its source may be there."""
    back = "Put its folder back from a copy"
    folder = states_of(library, publication).present
    source = next(iter(sorted(folder.glob("source.*"))), None)
    if source is None:
        return back
    if source.suffix == ".jsonl":
        return f"{back}, or make it anew: casebook import {source} --replace"
    return f"{back}, or make it anew: casebook ingest {source} --as {publication}"


def _remedy_of(record: Path) -> str:
    name = record.parent.name.removeprefix(NEW).removeprefix(OLD)
    return remedy(record.parents[2], name)


def _read(path: Path) -> bytes:
    """Return a file's bytes; none where it was renamed just now."""
    with storage_errors(path):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return b""


def _decoded(data: bytes, path: Path) -> Publication:
    try:
        record = msgspec.json.decode(data, type=Publication)
        check_record(record)
    except (msgspec.DecodeError, UnicodeDecodeError, InputError) as error:
        raise LibraryError(
            f"the record is damaged: {error}", where=str(path), fix=_remedy_of(path)
        ) from error
    if record.format != _FORMAT:
        raise LibraryError(
            f"the record is of format {record.format}, this Casebook reads format {_FORMAT}",
            where=str(path),
            fix="Use the Casebook that wrote it, or a newer one",
        )
    if record.id != path.parent.name.removeprefix(NEW).removeprefix(OLD):
        raise LibraryError(
            f"the record is that of “{record.id}”", where=str(path), fix=_remedy_of(path)
        )
    return record
