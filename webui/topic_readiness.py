"""Topic readiness: no page waits for the topics of a large library.

In:  the library.
Out: whether a page may show topics now. Where it may not, they are worked out in a thread, for the
     pages to come; after every publication that takes some seconds in a large library.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread

from search.engine import TOPIC
from search.errors import CasebookError
from search.searcher import Library

WORKING = "work-out-topics"  # name of the thread that does
PATIENCE_S = 3.0  # a state that was published just now is often followed by another, seconds later


def _wait() -> None:
    time.sleep(PATIENCE_S)


class TopicReadiness:
    """Watches over the topics of one library; `wait` is how it waits for what may follow."""

    def __init__(self, wait: Callable[[], None] = _wait) -> None:
        self._wait = wait
        self._lock = Lock()
        self._thread: Thread | None = None

    def may_show(self, library: Library) -> bool:
        """Tell whether topics can be had at once; see to it that they soon can."""
        try:
            if library.has_topics():
                return True
        except CasebookError:  # whoever searches will say so
            return False
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(
                    target=self._work_out, args=(library,), name=WORKING, daemon=True
                )
                self._thread.start()
        return False

    def _work_out(self, library: Library) -> None:
        state: object = None
        with suppress(CasebookError):
            while (latest := library.state()) != state:  # publications come one after another
                state = latest
                self._wait()
            library.search("", facets=(TOPIC,), limit=0)
