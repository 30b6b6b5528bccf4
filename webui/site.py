"""The site at hand: what every view of one application shares.

In:  made by `create_app`.
Out: `open_site()` gives it to a view during a request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from search.searcher import Library
from webui.overview import Overview, Overviews

SITE = "casebook"


@dataclass(frozen=True, slots=True)
class Site:
    """A library, what the site calls itself, today's date, the state of the static files."""

    library: Library
    name: str
    today: Callable[[], date]
    static_version: str
    overviews: Overviews = field(default_factory=Overviews)

    @property
    def overview(self) -> Overview:
        """What there is to say of the library as a whole."""
        return self.overviews.latest(self.library)


def open_site() -> Site:
    """Return the site of the application that answers this request."""
    site: Site = current_app.extensions[SITE]
    return site
