"""Deferred sequences are made when they are looked at, once, and are like any other then."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from search.deferred import Deferred, Sliced, encodable


def test_items_are_made_once_and_not_before_they_are_looked_at() -> None:
    made: list[int] = []

    def make() -> Iterator[int]:
        made.append(1)
        return iter((1, 2, 3))

    items = Deferred(make)
    assert made == []
    assert (len(items), items[0], items[1:], list(items)) == (3, 1, (2, 3), [1, 2, 3])
    assert made == [1]


def test_deferred_items_equal_any_sequence_of_the_same() -> None:
    items = Deferred(lambda: [1, 2])
    assert items == (1, 2)
    assert items == (1, 2)
    assert items == Deferred(lambda: (1, 2))
    assert items != (1, 3)
    assert items != 1
    assert hash(items) == hash((1, 2))
    assert repr(items) == "(1, 2)"


def test_deferred_items_are_encoded_as_a_list() -> None:
    assert (
        msgspec.json.encode({"a": Deferred(lambda: [1, 2])}, enc_hook=encodable) == b'{"a":[1,2]}'
    )
    with pytest.raises(NotImplementedError):
        msgspec.json.encode(object(), enc_hook=encodable)


def test_of_sliced_items_only_those_asked_for_are_made() -> None:
    made: list[int] = []

    def make(part: slice) -> list[int]:
        found = list(range(10))[part]
        made.extend(found)
        return found

    items = Sliced(10, make)
    assert len(items) == 10
    assert (items[2:4], items[7], items[-1]) == ([2, 3], 7, 9)
    assert made == [2, 3, 7, 9]
    assert items == tuple(range(10))
    assert items != tuple(range(9))
    assert (9 in items, next(reversed(items))) == (True, 9)
    with pytest.raises(IndexError):
        items[10]
    assert msgspec.json.encode(Sliced(1, lambda part: [5][part]), enc_hook=encodable) == b"[5]"
