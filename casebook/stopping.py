"""Being told to stop: SIGTERM, and a terminal that is closed, end a command as Ctrl-C does.

In:  a block of work. Until it says that it begins, Ctrl-C ends the program at once.
Out: the same; told to stop, it ends with a KeyboardInterrupt, so that whatever it began is tidied
     up: the process that reads a file, files on their way, a library into which nothing came.
     A signal that whoever started the program wants ignored (nohup) stays ignored.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
_INTERRUPTED = 130
_SOON_S = 0.01


@contextmanager
def stopping_at_once() -> Iterator[None]:
    """Let Ctrl-C end the program, without a traceback, until the block says that it begins."""
    is_main = threading.current_thread() is threading.main_thread()
    if is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        begin()


def begin() -> None:
    """Say that from now on there is something to tidy up: Ctrl-C is a KeyboardInterrupt again."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def keep_interrupts() -> None:
    """Let an interrupt come once more that Python drops: one while it lets go of an object."""
    sys.unraisablehook = _interrupt_again


def _interrupt_again(lost: sys.UnraisableHookArgs) -> None:
    if issubclass(lost.exc_type, KeyboardInterrupt):
        main = threading.main_thread().ident
        soon = threading.Timer(_SOON_S, signal.pthread_kill, (main, signal.SIGINT))
        soon.daemon = True
        soon.start()
    else:
        sys.__unraisablehook__(lost)


def _end(_number: int, _frame: FrameType | None) -> None:
    os.write(2, b"Stopped.\n")
    os._exit(_INTERRUPTED)


def leave(code: int) -> NoReturn:
    """Wait for all threads but daemons; then end the program, without taking it apart.

    What a daemon does may be broken off at any time. An interpreter that shuts down under a thread
    in compiled code (sorting, say) aborts the process now and then, and takes 30 ms of processor
    time for nothing.
    """
    # As the interpreter does when it ends: it tells pools that nobody has closed, and waits.
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


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
