"""Living: what of a segment has not been deleted since it was made.

In:  a segment, the numbers of the records that were deleted from it.
Out: the publications that live, and for each scope which documents do.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from search.engine import Scope
from search.snapshot.building import IndexedPublication
from search.snapshot.segment import Segment
from search.snapshot.view import LivingScope


@dataclass(frozen=True, slots=True)
class LivingSegment:
    """A segment and the numbers of its deleted records; a publication goes with its note."""

    segment: Segment
    deleted: Collection[int]

    @property
    def publications(self) -> tuple[IndexedPublication, ...]:
        """Return the publications that live."""
        return tuple(p for p in self.segment.publications if p.note not in self.deleted)

    def scope(self, scope: Scope) -> LivingScope:
        """Return the documents of a scope."""
        found = self.segment.scopes[scope]
        publications = self.segment.publications
        lives = None
        if len(self.publications) < len(publications):
            good = np.array([p.note not in self.deleted for p in publications], np.bool_)
            lives = np.repeat(good, np.diff(found.starts))
        return LivingScope(found, tuple(p.id for p in publications), lives)
