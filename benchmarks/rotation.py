"""Rotation: engines asked in turn, question by question, in one process.

In:  open peers; questions; tasks.
Out: a `Sample` for every question answered.

For every question all engines answer before the next one is asked, each time in another order
(drawn, but the same in every run): what the machine does meanwhile, and what one engine leaves in
the processor's caches for the next, falls on all alike. The first rounds warm up and do not count.
Two variants of one engine are never asked in the same rotation: each would find the other's code in
the caches, which nobody else finds there of his.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, product
from random import Random
from typing import Any, NamedTuple

from benchmarks.peers.peer import TASKS, Peer, Task
from benchmarks.questions import Question

Clock = Callable[[], float]
CLOCKS: Mapping[str, Clock] = {
    "wall": time.perf_counter,
    "thread": time.thread_time,  # processor time: for a machine that has other things to do
}


class Sample(NamedTuple):
    """How long one answer took; `question` is its place in the list."""

    peer: str
    task: Task
    question: int
    seconds: float


class Lineup(NamedTuple):
    """Who is asked in turn, and whose times count."""

    asked: tuple[str, ...]
    counted: tuple[str, ...]


def lineups(names: Sequence[str]) -> list[Lineup]:
    """Return the rotations: of the first variant of each engine, and with others in its place."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(_engine(name), name)
    usual = tuple(first.values())
    others = [name for name in names if name not in usual]
    return [
        Lineup(usual, usual),
        *(Lineup(tuple(_instead(each, other) for each in usual), (other,)) for other in others),
    ]


def _engine(name: str) -> str:
    return name.partition("-")[0]


def _instead(usual: str, other: str) -> str:
    return other if _engine(usual) == _engine(other) else usual


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often to ask: rounds that count, before them rounds that warm up, and what measures.

    Once `most_s` seconds have gone by no further round begins, save the first that counts.
    """

    counted: int
    warm_up: int = 1
    most_s: float = 600.0
    clock: Clock = time.perf_counter


def ask_in_turn(
    peers: Mapping[str, Peer], questions: Sequence[Question], rounds: Rounds
) -> Iterator[Sample]:
    """Yield samples round by round."""
    start = time.perf_counter()
    prepared = _prepared(peers, questions)
    for number in range(rounds.warm_up + rounds.counted):
        if number > rounds.warm_up and time.perf_counter() - start > rounds.most_s:
            return
        gc.collect()
        asked = product(TASKS, range(len(questions)))
        for sample in _round(peers, prepared, asked, Random(number), rounds.clock):  # noqa: S311
            if number >= rounds.warm_up:
                yield sample


def ask_once_in_turn(
    peers: Mapping[str, Peer], questions: Sequence[Question], clock: Clock
) -> Iterator[Sample]:
    """Yield samples of questions that were never asked before, each for one task alone.

    Tasks take turns, so that nothing is known of a question from the task before.
    """
    asked = zip(cycle(TASKS), range(len(questions)), strict=False)
    prepared = _prepared(peers, questions)
    gc.collect()
    yield from _round(peers, prepared, asked, Random(0), clock)  # noqa: S311


def _prepared(peers: Mapping[str, Peer], questions: Sequence[Question]) -> dict[str, Sequence[Any]]:
    return {name: [peer.prepare(each) for each in questions] for name, peer in peers.items()}


def _round(
    peers: Mapping[str, Peer],
    prepared: Mapping[str, Sequence[Any]],
    asked: Iterable[tuple[Task, int]],
    order: Random,
    clock: Clock,
) -> Iterator[Sample]:
    names = list(peers)
    for task, place in asked:
        order.shuffle(names)
        for name in names:
            if (ready := prepared[name][place]) is None:
                continue
            start = clock()
            found = peers[name].ask(ready, task)
            seconds = clock() - start
            if found is not None:
                yield Sample(name, task, place, seconds)
