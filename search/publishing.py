"""Publishing: records and the index change together, and a crash leaves the old or the new.

In:  a record with what belongs to it; an id to remove.
Out: a library whose folder and index agree.
Errors: InputError for a record that cannot be taken; NotFoundError; LibraryError from the disk,
     or while another process writes.

The one instant at which a change happens is the commit of the index, which the engine makes in
one piece. Before it, the new state lies staged on the disk; after it, the state is renamed into
place. `_settle` does what a writer that died had no time for: a staged state that the index has
is installed, any other is given up; a removal that the index knows of is finished, any other is
forgotten. It runs before every change, and when a library is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from search.documents import document_count, documents
from search.durable_files import storage_errors
from search.engine import Document, Engine
from search.errors import CasebookError, InputError, LibraryError, NotFoundError
from search.generations import Generations
from search.library import LibraryFolder, Tombstone, check_record, states_of
from search.model import Extraction, Publication
from search.permalinks import addresses
from search.staging import bury, drop, give_up, install, pack_extraction, stage
from search.writer_lock import writer_lock

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class NewState:
    """A record to publish, and what belongs to it: its source, the editor's word, what was read.

    `extraction` is packed (`staging.pack_extraction`), empty where nothing was read.
    """

    record: Publication
    source: Path
    manifest: str = ""
    extraction: bytes = b""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The writer of one library. Every public method takes the writer lock by itself."""

    folder: LibraryFolder
    generations: Generations
    lock_seconds: float
    clock: Callable[[], datetime]

    def publish(
        self,
        record: Publication,
        *,
        source: Path,
        manifest: str = "",
        extraction: Extraction | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Add a publication, or put it in the place of the one that has its id."""
        packed = pack_extraction(extraction) if extraction else b""
        state = NewState(record, source, manifest, packed)
        self.publish_all([state], progress, purpose=f"publishing {record.id}")

    def publish_all(
        self,
        states: Iterable[NewState],
        progress: Progress | None = None,
        *,
        purpose: str = "publishing several",
    ) -> None:
        """Publish several at once: all of them, or none. A state is let go of once it is staged."""
        with self._writing(purpose):
            try:
                digests, total = _stage_all(self.folder.path, states)
                self._index(digests, map(self.folder.staged_record, digests), total, progress)
                for publication in digests:
                    install(self.folder.path, publication)
            except BaseException:
                with suppress(CasebookError):
                    self._settle_folders(self.generations.engine().digests())
                raise

    def remove(self, publication: str) -> None:
        """Take a publication away; its addresses stay known."""
        with self._writing(f"removing {publication}"):
            if publication not in self.folder.ids():
                raise NotFoundError(
                    f"there is no publication “{publication}” in the library",
                    fix="casebook list shows those that there are",
                )
            tombstone = self._tombstone(publication)
            bury(self.folder.path, tombstone)
            self._index({publication: ""}, [], 0, None)
            self._finish_removal(tombstone)

    def reindex(self, progress: Progress | None = None) -> None:
        """Make the index anew from the records; damaged ones are left out."""
        with self._locked("reindexing", self.lock_seconds):
            self._settle_folders(self._indexed())
            self._rebuild(progress)

    def settle(self) -> None:
        """Finish what a dead writer left, if there is any, and if nobody else is at it."""
        if not self._is_settled():
            with self._locked("tidying up after a broken-off change", 0.0):
                self._settle()
        self.folder.keep_digests()

    # ---- within the lock

    @contextmanager
    def _writing(self, purpose: str) -> Iterator[None]:
        with self._locked(purpose, self.lock_seconds):
            self._settle()
            yield

    def _locked(self, purpose: str, wait_s: float) -> AbstractContextManager[None]:
        return writer_lock(self.folder.path, purpose, wait_s=wait_s)

    def _settle(self) -> None:
        indexed = self._indexed()
        self._settle_folders(indexed)
        if indexed is None:
            self._rebuild(None)
        elif changes := self._changes(indexed):
            records = (self.folder.record(name).record for name in changes if changes[name])
            self._index(changes, records, 0, None)
        self.generations.remove_others()

    def _settle_folders(self, indexed: Mapping[str, str] | None) -> None:
        """Roll every broken-off change forward or back; `indexed` is None where no index is."""
        for publication in self.folder.removals():
            if tombstone := self.folder.tombstone(publication):
                self._settle_removal(tombstone, indexed)
        for publication in self.folder.unsettled():
            if self._is_committed(publication, indexed):
                install(self.folder.path, publication)
            else:
                give_up(self.folder.path, publication)

    def _settle_removal(self, tombstone: Tombstone, indexed: Mapping[str, str] | None) -> None:
        is_present = states_of(self.folder.path, tombstone.id).present.exists()
        if is_present if indexed is None else tombstone.id in indexed:
            bury(self.folder.path, msgspec.structs.replace(tombstone, is_finished=True))
        else:
            self._finish_removal(tombstone)

    def _is_committed(self, publication: str, indexed: Mapping[str, str] | None) -> bool:
        staged = self.folder.staged_digest(publication)
        if indexed is not None:
            return staged != "" and indexed.get(publication) == staged
        # Without an index to ask: a present state is only set aside after the commit.
        states = states_of(self.folder.path, publication)
        return staged != "" and states.former.exists() and not states.present.exists()

    def _finish_removal(self, tombstone: Tombstone) -> None:
        drop(self.folder.path, tombstone.id)
        bury(self.folder.path, msgspec.structs.replace(tombstone, is_finished=True))

    def _tombstone(self, publication: str) -> Tombstone:
        """Say what to remember, an earlier removal of the same id included."""
        former = self.folder.tombstone(publication)
        title, known = publication, former.addresses if former else ()
        with suppress(CasebookError):  # a damaged record can be removed too
            record = self.folder.record(publication).record
            title, known = record.title, tuple(dict.fromkeys((*known, *addresses(record))))
        return Tombstone(publication, title, self.clock().date().isoformat(), known)

    # ---- the index

    def _indexed(self) -> Mapping[str, str] | None:
        """Return what the index holds; None where there is no index that can be used."""
        try:
            return self.generations.engine().digests()
        except LibraryError:
            return None

    def _is_settled(self) -> bool:
        others = set(self.generations.names()) - {self.generations.current()}
        if others or self.folder.unsettled() or self.folder.removals():
            return False
        indexed = self._indexed()
        return indexed is not None and not self._changes(indexed)

    def _changes(self, indexed: Mapping[str, str]) -> dict[str, str]:
        """Return what the index does not know yet: id → digest, "" for what has to go."""
        wanted = {name: self._digest(name, indexed.get(name, "")) for name in self.folder.ids()}
        gone = {name: "" for name in indexed if name not in wanted}
        return {n: d for n, d in (wanted | gone).items() if d != indexed.get(n, "")}

    def _digest(self, publication: str, indexed: str) -> str:
        """Return the digest of a record that can be read, "" of one that can't."""
        if self.folder.is_known_to_have(publication, indexed):
            return indexed
        try:
            digest = self.folder.digest(publication, indexed)
            return digest if digest == indexed else self.folder.record(publication).digest
        except CasebookError:
            return ""

    def _index(
        self,
        digests: Mapping[str, str],
        records: Iterable[Publication],
        total: int,
        progress: Progress | None,
    ) -> None:
        with storage_errors(self.folder.path):
            _feed(self.generations.engine(), digests, records, total, progress)

    def _rebuild(self, progress: Progress | None) -> None:
        readable: dict[str, str] = {}
        total = 0
        for name in self.folder.ids():
            with suppress(CasebookError):
                stored = self.folder.record(name)
                readable[name] = stored.digest
                total += document_count(stored.record)
        # Read once more, one at a time: all of them may be more than memory holds.
        records = (self.folder.record(name, digest).record for name, digest in readable.items())
        with storage_errors(self.folder.path), self.generations.new() as engine:
            _feed(engine, readable, records, total, progress)


def _stage_all(library: Path, states: Iterable[NewState]) -> tuple[dict[str, str], int]:
    """Stage states; return their digests, and how many documents they make."""
    digests: dict[str, str] = {}
    total = 0
    for state in states:
        record = state.record
        check_record(record)
        if record.id in digests:
            raise InputError(f"“{record.id}” is there more than once")
        digests[record.id] = stage(
            library,
            record,
            source=state.source,
            manifest=state.manifest,
            extraction=state.extraction,
        )
        total += document_count(record)
    return digests, total


def _feed(
    engine: Engine,
    digests: Mapping[str, str],
    records: Iterable[Publication],
    total: int,
    progress: Progress | None,
) -> None:
    told = None if progress is None else lambda done: progress(done, total)
    engine.publish(_documents(records), digests=digests, progress=told)
    if progress is not None:
        progress(total, total)  # the engine tells now and then, not at the end


def _documents(records: Iterable[Publication]) -> Iterator[Document]:
    for record in records:
        yield from documents(record)
