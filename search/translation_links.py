"""Translation links: from a case of a library to the same case in other languages, and back.

In:  ids of publications and cases that stand in the library.
Out: the other languages of a publication; the counterparts of a case; pairs of cases.
Errors: NotFoundError for a publication that is not there; LibraryError for a damaged record. A
     damaged record of another language is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from search.errors import CasebookError
from search.library import StoredRecord
from search.model import Case, Publication
from search.permalinks import find_case
from search.remembered import Remembered
from search.translations import LIKELY, Pair, others_of, pair_cases

_ROOM = 100_000  # pairs that are remembered

_Digests = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A case in another language, and how sure it is that it is the same one."""

    publication: Publication
    case: Case
    pair: Pair


class TranslationLinks:
    """The links of one library.

    Attributes:
        record: Returns a publication's record.
        originals: Returns for every publication what it is a translation of, "" for none.
        state: Returns what stays equal as long as nothing is published or removed.
    """

    def __init__(
        self,
        record: Callable[[str], StoredRecord],
        originals: Callable[[], Mapping[str, str]],
        state: Callable[[], object],
    ) -> None:
        self._record, self._originals, self._state = record, originals, state
        self._known: tuple[object, Mapping[str, str]] = (None, {})
        self._pairs: Remembered[_Digests, tuple[Pair, ...]] = Remembered(_ROOM)

    def of(self, publication: str) -> tuple[str, ...]:
        """Return the publications that are the same book in another language, by id."""
        return others_of(publication, self._claims())

    def others(self, publication: str) -> tuple[Publication, ...]:
        """Return the records of a publication's other languages; damaged ones are left out."""
        found = []
        for name in self.of(publication):
            with suppress(CasebookError):
                found.append(self._record(name).record)
        return tuple(found)

    def pairs(self, one: str, other: str) -> tuple[Pair, ...]:
        """Pair the cases of two publications; they are the same until either changes."""
        mine, theirs = self._record(one), self._record(other)
        key = mine.digest, theirs.digest
        known = self._pairs.get(key)
        if known is None:
            known = pair_cases(mine.record, theirs.record)
            self._pairs.put(key, known, len(known))
        return known

    def counterpart(self, publication: str, case: str, other: str) -> Counterpart | None:
        """Return a case in another publication; None where nothing is likely to be it."""
        found = next((pair for pair in self.pairs(publication, other) if pair.one == case), None)
        if found is None or not found.other or found.confidence < LIKELY:
            return None
        record = self._record(other).record
        there = find_case(record, found.other)
        return Counterpart(record, there, found) if there else None

    def counterparts(self, publication: str, case: str) -> tuple[Counterpart, ...]:
        """Return a case in all other languages that have it."""
        found = []
        for other in self.of(publication):
            with suppress(CasebookError):
                found.append(self.counterpart(publication, case, other))
        return tuple(counterpart for counterpart in found if counterpart)

    def _claims(self) -> Mapping[str, str]:
        state = self._state()
        known = self._known
        if known[0] is None or known[0] != state:
            known = self._known = (state, self._originals())
        return known[1]
