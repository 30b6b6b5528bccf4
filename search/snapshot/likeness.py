"""Likeness: one committed state, to complete words in and to find what is alike.

In:  the views of the state, its topics.
Out: what `search.likeness_index` promises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.engine import Scope
from search.likeness_index import Name, Similar, Topic, Typed
from search.snapshot.completing import Completer
from search.snapshot.similar import find_similar
from search.snapshot.topics import LibraryTopics
from search.snapshot.view import CollectionView


class SnapshotLikeness:
    """The likeness index of one state."""

    def __init__(self, views: Mapping[Scope, CollectionView], topics: LibraryTopics) -> None:
        self._views, self._topics = views, topics
        self._completer = Completer(views["sections"])

    def words(self, typed: Typed, *, limit: int) -> list[str]:
        """Return words that begin so, by falling number of sections that have all of it."""
        return self._completer.words(typed, limit=limit)

    def names(self, typed: Typed, *, limit: int) -> list[Name]:
        """Return names that have all these words, so many of each kind, best first."""
        return self._completer.names(typed, limit=limit)

    def similar(self, address: str, *, limit: int) -> Similar | None:
        """Return what is like a case or a section; None where there is no such address."""
        is_section = address.count("/") > 1
        return find_similar(self._views["sections" if is_section else "cases"], address, limit)

    def has_topics(self) -> bool:
        """Tell whether topics are known, or are worked out at once."""
        return self._topics.is_ready

    def topics(self, address: str) -> Sequence[Topic]:
        """Return the topics of a case, strongest first; none where there is no such case."""
        cases = self._views["cases"]
        number = cases.number_of(address)
        return () if number is None else self._topics.of_case(number)
