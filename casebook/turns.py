"""Turns: one thing is done after the other, as long as each is quick.

In:  a function that several threads call.
Out: the same, whose callers wait for their turn, though never for long behind a slow one.
Errors: those of the function.

Python runs one thread at a time. Several that make answers at once take the processor from each
other at every switch: with eight clients a page of results took 1.6 times the processor time. An
answer that is half sent when the next begins is as bad: its sender waits until that one is made.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition
from typing import ParamSpec, TypeVar

PATIENCE_S = 0.1  # some forty pages of results

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def in_turn(
    act: Callable[Parameters, Result],
    *,
    patience_s: float = PATIENCE_S,
    say_slow: Callable[[int], None] = lambda _slow: None,
) -> Callable[Parameters, Result]:
    """Let one caller at a time act.

    Who has waited so long takes the turn from who has it, and the others wait for the new one.
    `say_slow` is told how many act without having the turn any more, whenever that changes.
    """
    turns = _Turns(patience_s, say_slow)

    def acting(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        turn = turns.take()
        try:
            return act(*args, **kwargs)
        finally:
            turns.give_back(turn)

    return acting


class _Turns:
    """Whose turn it is, and how many have lost theirs and still act."""

    def __init__(self, patience_s: float, say_slow: Callable[[int], None]) -> None:
        self._patience_s, self._say_slow = patience_s, say_slow
        self._changed = Condition()
        self._present: object = None
        self._slow = 0

    def take(self) -> object:
        """Wait for the turn and take it."""
        turn = object()
        with self._changed:
            while (present := self._present) is not None:
                is_free = self._changed.wait(self._patience_s)
                if not is_free and self._present is present:
                    break
            is_taken = self._present is not None
            self._present = turn
            if is_taken:
                self._count_slow(1)
        return turn

    def give_back(self, turn: object) -> None:
        """Let the next one act, unless it does so already."""
        with self._changed:
            if self._present is turn:
                self._present = None
                self._changed.notify()
            else:
                self._count_slow(-1)

    def _count_slow(self, more: int) -> None:
        self._slow += more
        self._say_slow(self._slow)
