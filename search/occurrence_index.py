"""The seam for occurrences: what an engine must keep that words and phrases are listed with.

In:  selections and requests of `search.occurrences` and `search.word_groups`.
Out: their answers. An engine without such an index still searches.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from search.occurrences import (
    ContextSort,
    Dispersion,
    Frequencies,
    Occurrence,
    Occurrences,
    Selection,
    ShownText,
)
from search.shown import CaseFields, OwnFields
from search.word_groups import (
    CollocationRequest,
    Collocations,
    SharedPhraseRequest,
    SharedPhrases,
)

Progress = Callable[[int, int], None]  # how much is done, of how much


class OccurrenceIndex(Protocol):
    """One committed state of an index that knows where every word stands."""

    def occurrences(
        self, selection: Selection, *, sort: ContextSort, offset: int, limit: int, cases: int
    ) -> Occurrences:
        """Return a page of occurrences, and the cases that have most of them."""
        ...

    def frequencies(
        self, selection: Selection, *, facets: tuple[str, ...], with_cases: bool
    ) -> Frequencies:
        """Count occurrences by facet and, if wanted, by case; only cases that have any."""
        ...

    def dispersions(self, selection: Selection, *, limit: int, bins: int) -> tuple[Dispersion, ...]:
        """Return where the occurrences lie in the publications that have most of them."""
        ...

    def shown_text(self, occurrence: Occurrence) -> ShownText:
        """Return the text that an occurrence stands in."""
        ...

    def case_fields(self, section: int) -> CaseFields:
        """Return what is shown of the case of a section."""
        ...

    def own_fields(self, section: int) -> OwnFields:
        """Return what is shown of a section."""
        ...

    def years(self, section: int) -> tuple[str, ...]:
        """Return the years of a section's publication: none or one."""
        ...

    def collocations(self, request: CollocationRequest) -> Collocations:
        """Return the words that go with what was asked for."""
        ...

    def shared_phrases(
        self, request: SharedPhraseRequest, progress: Progress | None
    ) -> SharedPhrases:
        """Return the sequences of words that recur in different cases."""
        ...


@runtime_checkable
class OccurrenceEngine(Protocol):
    """An engine that has such an index."""

    def occurrence_index(self) -> OccurrenceIndex:
        """Return the latest state."""
        ...
