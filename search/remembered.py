"""Remembered: the latest results of a costly reading, up to a total size.

In:  keys, values and their sizes, in any unit.
Out: the value, or None where it is not (or no longer) known. Safe for threads.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Entry(Generic[V]):
    __slots__ = ("is_used", "size", "value")

    def __init__(self, value: V, size: int) -> None:
        self.value, self.size, self.is_used = value, size, False


class Remembered(Generic[K, V]):
    """Values by key; the sum of their sizes stays within a room.

    The oldest goes first, unless it was used since it last came to its turn. So to read takes no
    lock and moves nothing.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._values: OrderedDict[K, _Entry[V]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return a value, which counts as used now."""
        found = self._values.get(key)
        if found is None:
            return None
        found.is_used = True
        return found.value

    def put(self, key: K, value: V, size: int) -> None:
        """Remember a value."""
        with self._lock:
            if key not in self._values:
                self._size += size
                self._values[key] = _Entry(value, size)
            while self._size > self._room and len(self._values) > 1:
                oldest, entry = self._values.popitem(last=False)
                if entry.is_used:
                    entry.is_used = False
                    self._values[oldest] = entry
                else:
                    self._size -= entry.size
