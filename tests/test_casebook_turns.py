"""Answers are made in turn, and nobody waits for long."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, BrokenBarrierError, Event
from typing import TYPE_CHECKING

import pytest

from casebook.turns import in_turn

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONG_S = 60.0


def _ask(application: WSGIApplication, path: str) -> bytes:
    def start_response(_status: str, _headers: object, _error: object = None) -> object:
        return lambda _data: None

    return b"".join(application({"PATH_INFO": path}, start_response))  # type: ignore[arg-type]


def test_quick_answers_are_made_one_at_a_time() -> None:
    another = Barrier(2)

    def application(_environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        try:
            another.wait(0.05)  # for somebody else who makes an answer
        except BrokenBarrierError:
            another.reset()
            return [b"alone"]
        return [b"together"]

    served = in_turn(application, LONG_S)
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(partial(_ask, served), ["/"] * 4)) == {b"alone"}


def test_nobody_waits_long_behind_a_slow_answer() -> None:
    begun, answered = Event(), Event()

    def application(environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            begun.set()
            return [b"in time" if answered.wait(LONG_S) else b"too late"]
        return [b"quick"]

    served = in_turn(application, 0.01)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(_ask, served, "/slow")
        begun.wait(LONG_S)
        assert _ask(served, "/quick") == b"quick"
        answered.set()
        assert slow.result() == b"in time"


def test_an_answer_that_fails_gives_the_turn_back() -> None:
    def application(environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/fails":
            raise RuntimeError
        return [b"there"]

    served = in_turn(application, LONG_S)
    with pytest.raises(RuntimeError):
        _ask(served, "/fails")
    assert _ask(served, "/") == b"there"
