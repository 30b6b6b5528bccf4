"""Deferred: sequences whose items are made when they are asked for.

In:  what makes the items: all of them (`Deferred`), or a slice (`Sliced`).
Out: a sequence, equal to any other with the same items; `encodable` for msgspec's `enc_hook`.
Errors: whatever making them raises, when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Deferred(Sequence[T]):
    """Items to be made. Two threads that ask at once may make them twice."""

    __slots__ = ("_items", "_make")

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._make = make
        self._items: tuple[T, ...] | None = None

    def _made(self) -> tuple[T, ...]:
        if self._items is None:
            self._items = tuple(self._make())
        return self._items

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._made()[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made())

    def __repr__(self) -> str:
        return repr(self._made())


class Sliced(Sequence[T]):
    """Items of which those are made that are asked for, each time anew; their number is known."""

    __slots__ = ("_count", "_make")

    def __init__(self, count: int, make: Callable[[slice], Sequence[T]]) -> None:
        self._count, self._make = count, make

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return self._make(index)
        return self._make(slice(index, index + 1 or None))[0]

    def __iter__(self) -> Iterator[T]:
        return iter(self._make(slice(None)))

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def encodable(value: object) -> object:
    """Return deferred items as what msgspec encodes."""
    if isinstance(value, Deferred | Sliced):
        return tuple(value)
    raise NotImplementedError(type(value).__name__)
