"""Remembered: the latest results of a costly reading, up to a total size.

In:  keys and sized values.
Out: the value, or None where it is not (or no longer) known. Safe for threads.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sized
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)


class Remembered(Generic[K, V]):
    """Values by key; the sum of their sizes stays within a room, the longest unused go first."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._values: OrderedDict[K, V] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return a value, which counts as used now."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        """Remember a value; each counts one beside its own size."""
        with self._lock:
            if key not in self._values:
                self._size += len(value) + 1
                self._values[key] = value
            while self._size > self._room and len(self._values) > 1:
                _, dropped = self._values.popitem(last=False)
                self._size -= len(dropped) + 1
