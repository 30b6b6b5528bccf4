"""Index view: what evaluation needs of one committed state of an index, for one scope.

Documents are numbered from 0 in book order (publication, then order), so a document's number is
also its rank there. Deleted documents and those of the other scope have no number: counts and
averages are those of what a reader can find.

A position says field and place at once: `place_in_field(field, n)` is the n-th word of a field.
Words of two fields are never next to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.analysis import View
from search.engine import TEXT_FIELDS
from search.engines.facet_columns import FacetColumn

FIELD_BITS = 24  # a field may have 16 million words
FIELD_NUMBERS = {name: number for number, name in enumerate(TEXT_FIELDS)}


def first_position(field: str) -> int:
    """Return the position of a field's first word."""
    return FIELD_NUMBERS[field] << FIELD_BITS


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What is known of each document beside its words; index is the document's number."""

    ids: Sequence[str]
    norms: Sequence[float]  # what a frequency is weighed against (`ranking.length_norms`)
    facets: Mapping[str, FacetColumn]


class IndexView(Protocol):
    """One scope of one committed state."""

    @property
    def columns(self) -> Columns:
        """Return the columns."""
        ...

    def postings(self, view: View, form: str) -> Mapping[int, Sequence[int]]:
        """Return the documents that have a form, each with its positions in rising order."""
        ...

    def forms_beginning(self, view: View, prefix: str) -> Iterable[str]:
        """Return the indexed forms that begin so."""
        ...
