"""Being told to stop: SIGTERM, and a terminal that is closed, end a command as Ctrl-C does.

In:  a block of work.
Out: the same; told to stop, it ends with a KeyboardInterrupt, so that whatever it began is tidied
     up: the process that reads a file, files on their way, a library into which nothing came.
     A signal that whoever started the program wants ignored (nohup) stays ignored.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Turn the signals into a KeyboardInterrupt for as long as the block runs."""
    is_main = threading.current_thread() is threading.main_thread()  # only it may choose
    chosen = [s for s in _SIGNALS if is_main and signal.getsignal(s) is signal.SIG_DFL]
    for number in chosen:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in chosen:
            signal.signal(number, signal.SIG_DFL)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
