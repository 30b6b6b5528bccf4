"""Warming up: a server's first question, asked before a reader comes.

In:  an open library; what else is to be made ready.
Out: nothing; what is loaded and worked out with a first question (the stemmer, the table of facets,
     names to complete, topics) is there.
Errors: none; a library that cannot be searched says so to its readers.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from search.engine import TOPIC
from search.errors import CasebookError
from search.searcher import Library

_QUESTION = "information"  # a word with a stem


def warm_up(library: Library) -> None:
    """Ask a library what readers ask."""
    with suppress(CasebookError):
        tuple(library.search(_QUESTION).hits)
        library.suggest(_QUESTION[:1])
        library.search("", facets=(TOPIC,), limit=0)


def warm_up_behind(library: Library, make_ready: Callable[[], None]) -> None:
    """Do it in a thread of its own, which keeps nobody from ending."""

    def ready() -> None:
        make_ready()
        warm_up(library)

    Thread(target=ready, name="warm-up", daemon=True).start()
