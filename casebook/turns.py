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
from threading import Lock
from typing import ParamSpec, TypeVar

PATIENCE_S = 0.1  # some forty pages of results

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def in_turn(
    act: Callable[Parameters, Result], patience_s: float = PATIENCE_S
) -> Callable[Parameters, Result]:
    """Let one caller at a time act; who has waited so long goes ahead, and the others behind it."""
    turns = _Turns(patience_s)

    def acting(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        turn = turns.take()
        try:
            return act(*args, **kwargs)
        finally:
            turn.release()

    return acting


class _Turns:
    """Whose turn it is. Who keeps it too long loses it: the others no longer wait for that one."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._turn, self._changing = Lock(), Lock()

    def take(self) -> Lock:
        """Wait for the turn and take it; whoever has taken it releases it."""
        while True:
            turn = self._turn
            if turn.acquire(timeout=self._patience_s):
                return turn
            with self._changing:
                if self._turn is turn:
                    self._turn = Lock()
