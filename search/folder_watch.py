"""Folder watch: may anything in some folders have changed since the last look?

In:  folders. What is put into one, renamed or removed in it changes the time of its last change.
Out: yes or no.

A look costs a call of the system for each folder, so that it is taken for good for `LOOK_S`: what
another process commits is seen that much later, at most. Whoever changes a folder says `forget`.
"""

from __future__ import annotations

import os
import time

LOOK_S = 0.01
# Two changes within one tick of the file system's clock look like one: a fresh one is no proof.
_SETTLED_NS = 50_000_000

Marks = tuple[int, ...]


class FolderWatch:
    """Watches folders; safe for threads, since all that a race costs is another look."""

    def __init__(self, *folders: str) -> None:
        self._folders = folders
        self._marks: Marks = ()
        self._until = 0.0

    def is_unchanged(self) -> bool:
        """Tell whether nothing has changed since `keep`."""
        now = time.monotonic()
        if now < self._until:
            return True
        if not self.is_as_kept():
            return False
        self._until = now + LOOK_S
        return True

    def is_as_kept(self) -> bool:
        """Tell the same from a look that is taken now."""
        return bool(self._marks) and self._marks == self.marks()

    def marks(self) -> Marks:
        """Return when each folder has last changed; take them before reading what is in them."""
        return tuple(map(_changed_ns, self._folders))

    def keep(self, marks: Marks) -> None:
        """Remember how the folders stood when they were read."""
        is_settled = time.time_ns() - max(marks) > _SETTLED_NS
        self._marks = marks if is_settled and min(marks) else ()
        self._until = 0.0

    def forget(self) -> None:
        """Take nothing for known."""
        self._marks, self._until = (), 0.0


def _changed_ns(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - every search waits for it
    except OSError:
        return 0
