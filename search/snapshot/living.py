"""Living: what of a segment has not been deleted since it was made.

In:  a segment, the numbers of the publications that were deleted from it.
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
    """A segment and the numbers of its deleted publications."""

    segment: Segment
    deleted: Collection[int]

    @property
    def publications(self) -> tuple[IndexedPublication, ...]:
        """Return the publications that live."""
        publications = self.segment.publications
        return tuple(p for n, p in enumerate(publications) if n not in self.deleted)

    def scope(self, scope: Scope) -> LivingScope:
        """Return the documents of a scope."""
        found = self.segment.scopes[scope]
        publications = self.segment.publications
        lives = None
        if len(self.publications) < len(publications):
            good = np.array([n not in self.deleted for n in range(len(publications))], np.bool_)
            lives = np.repeat(good, np.diff(found.starts))
        return LivingScope(found, tuple(p.id for p in publications), lives)
