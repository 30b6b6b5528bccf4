"""The preparing process: tasks in, one after the other, and what was made of each out.

In:  `Task`s on standard input, each behind its length in four bytes.
Out: on standard output in the same form, for each task any number of `PagesRead` and then one
     `Prepared`, `Unusable` or `Broken`.
Errors: none; it ends with its input, or when nobody reads any more.
"""

from __future__ import annotations

import sys
import traceback
from typing import BinaryIO

from ingest.preparing import Answer, Broken, PagesRead, decode_task, encode, prepare

LENGTH_BYTES = 4


def main(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Do all tasks."""
    try:
        while head := tasks.read(LENGTH_BYTES):
            _do(tasks.read(int.from_bytes(head, "big")), answers)
    except BrokenPipeError:
        return


def _do(task: bytes, answers: BinaryIO) -> None:
    def tell(done: int, total: int) -> None:
        _send(answers, PagesRead(done, total))

    try:
        answer: Answer = prepare(decode_task(task), tell)
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - one task of many; whoever asked keeps the trace
        answer = Broken(traceback.format_exc())
    _send(answers, answer)


def _send(answers: BinaryIO, answer: Answer) -> None:
    body = encode(answer)
    answers.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
    answers.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
