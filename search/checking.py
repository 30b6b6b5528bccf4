"""Checking: what is wrong in a library, and what to do about it.

In:  a library's folder and its index.
Out: findings; none is good news. Nothing is changed.
Errors: none; a file that cannot be read is a finding.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from search.editions import former_edition, kept_editions
from search.engine import SearchRequest
from search.errors import CasebookError, LibraryError, NotFoundError
from search.generations import Generations
from search.library import EXTRACTION, LibraryFolder, remedy
from search.model import Publication
from search.query import Query

_REINDEX = "Run casebook reindex"
_LET_GO = "Put its folder back from a copy, or run casebook reindex to let it go"


class Finding(Struct, frozen=True):
    """Something that is wrong: where, what, and what to do."""

    where: str
    what: str
    fix: str = ""

    def __str__(self) -> str:
        return str(CasebookError(self.what, where=self.where, fix=self.fix))


def find_faults(folder: LibraryFolder, generations: Generations) -> Iterator[Finding]:
    """Look at everything in the library; sources are read whole."""
    for publication in folder.ids():
        try:
            yield from _faults_of(folder, folder.record(publication).record)
        except CasebookError as error:
            found = finding_of(error, publication)
            if isinstance(error, NotFoundError):
                found = msgspec.structs.replace(found, fix=remedy(folder.path, publication))
            yield found
        yield from _manifest_faults(folder, publication)
    for name in folder.unsettled():
        yield Finding(name, "a change of this publication was broken off", _REINDEX)
    for name in folder.strangers():
        yield Finding(f"publications/{name}", "this is no publication", "Move it elsewhere")
    for name in folder.buried():
        try:
            folder.tombstone(name)
        except LibraryError as error:
            yield finding_of(error, name)
    yield from _index_faults(folder, generations)


def finding_of(error: CasebookError, publication: str) -> Finding:
    """Say an error as a finding."""
    if isinstance(error, NotFoundError):
        return Finding(publication, "its record is missing", _LET_GO)
    return Finding(error.where or publication, error.what, error.fix)


def _faults_of(folder: LibraryFolder, record: Publication) -> Iterator[Finding]:
    source = folder.source_file(record)
    again = f"Put it back from a copy, or take it in once more: {_taking_in(record)}"
    if not source.is_file():
        yield Finding(record.id, "its source is missing", again)
    elif _sha256(source) != record.source.sha256:
        yield Finding(record.id, "its source is not the file that it was made from", again)
    packed = source.parent / EXTRACTION
    if packed.exists() and folder.extraction(record.id) is None:
        yield Finding(record.id, "its extraction cannot be read", f"Delete {packed}")
    for number in kept_editions(folder.path, record.id):
        try:
            former_edition(folder.path, record.id, number)
        except LibraryError as error:
            yield finding_of(error, record.id)


def _taking_in(record: Publication) -> str:
    """Say how the file that a record was made from comes into the library."""
    if record.source.media == "jsonl":
        return "casebook import FILE --replace"
    return f"casebook ingest FILE --as {record.id}"


def _manifest_faults(folder: LibraryFolder, publication: str) -> Iterator[Finding]:
    try:
        tomllib.loads(folder.manifest(publication))
    except NotFoundError:
        return  # that its record is missing is a finding of its own
    except (CasebookError, ValueError) as error:
        what = f"its manifest cannot be read ({error})"
        yield Finding(publication, what, "Correct it, or give another with --manifest")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _index_faults(folder: LibraryFolder, generations: Generations) -> Iterator[Finding]:
    current = generations.current()
    for name in generations.names():
        if current and name != current:
            yield Finding(f"index/{name}", "this index was left unfinished, or is old", _REINDEX)
    try:
        indexed = generations.engine().digests()
        faults = generations.engine().faults()
    except CasebookError as error:
        yield finding_of(error, "index")
        return
    yield from (Finding(f"index/{current}", fault, _REINDEX) for fault in faults)
    yield from _count_faults(folder, generations, indexed)
    for publication in sorted(set(folder.ids()) | set(indexed)):
        yield from _disagreement(folder, publication, indexed.get(publication, ""))


def _count_faults(
    folder: LibraryFolder, generations: Generations, indexed: Mapping[str, str]
) -> Iterator[Finding]:
    """Count what the index holds: a damage that its digests do not show."""
    try:
        records = [folder.record(name, digest).record for name, digest in indexed.items()]
    except CasebookError:
        return  # a record that is missing or damaged is a finding of its own
    try:
        found = generations.engine().search(SearchRequest(Query(""), limit=0)).total
    except CasebookError as error:
        yield finding_of(error, "index")
        return
    expected = sum(len(case.sections) for record in records for case in record.cases)
    if found != expected:
        what = f"the index has {found} sections, the records have {expected}"
        yield Finding("index", what, _REINDEX)


def _disagreement(folder: LibraryFolder, publication: str, indexed: str) -> Iterator[Finding]:
    try:
        digest = folder.record(publication, indexed).digest
    except LibraryError:
        return  # the damaged record is a finding of its own
    except NotFoundError:
        if publication not in folder.ids():
            yield Finding(publication, "it is in the index, but its folder is missing", _LET_GO)
        return
    if not indexed:
        yield Finding(publication, "it is not in the index", _REINDEX)
    elif digest != indexed:
        yield Finding(publication, "its record is not the one in the index", _REINDEX)
