"""Answers are made in turn, and nobody waits for long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError, Event, Semaphore

import pytest

from casebook.turns import in_turn

LONG_S = 60.0


def test_quick_answers_are_made_one_at_a_time() -> None:
    another = Barrier(2)

    def answer(_path: str) -> str:
        try:
            another.wait(0.05)  # for somebody else who makes an answer
        except BrokenBarrierError:
            another.reset()
            return "alone"
        return "together"

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(in_turn(answer, patience_s=LONG_S), ["/"] * 4)) == {"alone"}


def test_nobody_waits_long_behind_a_slow_answer() -> None:
    begun, answered = Event(), Event()

    def answer(path: str) -> str:
        if path == "/slow":
            begun.set()
            return "in time" if answered.wait(LONG_S) else "too late"
        return "quick"

    served = in_turn(answer, patience_s=0.01)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(served, "/slow")
        begun.wait(LONG_S)
        assert served("/quick") == "quick"
        answered.set()
        assert slow.result() == "in time"


def test_only_the_first_waits_behind_a_slow_answer() -> None:
    begun, answered = Event(), Event()

    def answer(path: str) -> str:
        if path == "/slow":
            begun.set()
            answered.wait(LONG_S)
        return path

    served = in_turn(answer, patience_s=0.2)
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(served, "/slow")
        begun.wait(LONG_S)
        first = threads.submit(served, "/first")
        assert first.result() == "/first"
        others = [served(f"/{number}") for number in range(100)]  # twenty seconds, if each waited
        assert len(others) == 100
        answered.set()
        assert slow.result() == "/slow"


def test_an_answer_that_fails_gives_the_turn_back() -> None:
    def answer(path: str) -> str:
        if path == "/fails":
            raise RuntimeError
        return "there"

    served = in_turn(answer, patience_s=LONG_S)
    with pytest.raises(RuntimeError):
        served("/fails")
    assert served("/") == "there"


def test_it_is_said_how_many_act_without_a_turn() -> None:
    begun, answered = Semaphore(0), Event()
    said: list[int] = []

    def answer(path: str) -> str:
        if path == "/slow":
            begun.release()
            answered.wait(LONG_S)
        return path

    served = in_turn(answer, patience_s=0.01, say_slow=said.append)
    with ThreadPoolExecutor(2) as threads:
        for number in (1, 2):
            threads.submit(served, "/slow")
            begun.acquire(timeout=LONG_S)
            assert served("/quick") == "/quick"
            assert said == list(range(1, number + 1))
        answered.set()
    assert said == [1, 2, 1, 0]
    assert served("/quick") == "/quick"
    assert said == [1, 2, 1, 0]
