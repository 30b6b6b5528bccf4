"""The site at hand: what every view of one application shares.

In:  made by `create_app`.
Out: `open_site()` gives it to a view during a request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from search.searcher import Library
from webui.overview import Overview, Overviews
from webui.topic_readiness import TopicReadiness

SITE = "casebook"


class StateNames:
    """Keeps the latest name of one library's state."""

    def __init__(self) -> None:
        self._latest: tuple[object, str] = (None, "")

    def latest(self, library: Library) -> str:
        """Return the name of the state that the library is in."""
        state, known = library.state(), self._latest
        if known[1] and (known[0] is state or known[0] == state):
            return known[1]
        name = hashlib.sha256(repr(state).encode()).hexdigest()[:10]
        self._latest = state, name
        return name


@dataclass(frozen=True, slots=True)
class Site:
    """A library, what the site calls itself, today's date, the state of the static files."""

    library: Library
    name: str
    today: Callable[[], date]
    static_version: str
    overviews: Overviews = field(default_factory=Overviews)
    states: StateNames = field(default_factory=StateNames)
    topics: TopicReadiness = field(default_factory=TopicReadiness)

    @property
    def overview(self) -> Overview:
        """What there is to say of the library as a whole."""
        return self.overviews.latest(self.library)

    @property
    def shows_topics(self) -> bool:
        """Whether a page may show topics without waiting for them."""
        return self.topics.may_show(self.library)

    @property
    def state(self) -> str:
        """What the state of the library is called, the same in every process."""
        return self.states.latest(self.library)


def open_site() -> Site:
    """Return the site of the application that answers this request."""
    site: Site = current_app.extensions[SITE]
    return site
