"""What is remembered stays within its room."""

from __future__ import annotations

from search.remembered import Remembered


def test_the_longest_unused_value_goes_first() -> None:
    remembered: Remembered[str, str] = Remembered(room=9)
    remembered.put("a", "xx", 3)
    remembered.put("b", "xx", 3)
    remembered.put("c", "xx", 3)
    assert remembered.get("a") == "xx"
    remembered.put("d", "xx", 3)
    assert remembered.get("b") is None
    assert [remembered.get(key) for key in "acd"] == ["xx"] * 3


def test_a_value_larger_than_the_room_is_kept_alone() -> None:
    remembered: Remembered[str, str] = Remembered(room=3)
    remembered.put("a", "x", 2)
    remembered.put("b", "x" * 10, 11)
    assert remembered.get("a") is None
    assert remembered.get("b") == "x" * 10
