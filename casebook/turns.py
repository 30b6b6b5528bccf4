"""Turns: answers are made one after the other, as long as each is quick.

In:  a WSGI application.
Out: the same, whose callers wait for their turn, though never for long behind a slow answer.
Errors: those of the application.

Python runs one thread at a time. Several that make answers at once take the processor from each
other at every switch: with eight clients a page of results took 1.6 times the processor time.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATIENCE_S = 0.1  # some forty pages of results


def in_turn(application: WSGIApplication, patience_s: float = PATIENCE_S) -> WSGIApplication:
    """Let one caller at a time make an answer; who has waited so long goes ahead beside it."""
    turn = Lock()

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        has_turn = turn.acquire(timeout=patience_s)
        try:
            return application(environ, start_response)
        finally:
            if has_turn:
                turn.release()

    return answer
