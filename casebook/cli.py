"""The command `casebook`: its first moment, in which it can be stopped without a word.

In:  the arguments.
Out: the exit code of what they ask for, see `command_group`.

Nothing is imported here that takes time: whoever presses Ctrl-C while the program is still being
loaded sees no trace of it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from casebook.stopping import keep_interrupts, leave, stopping_at_once

_COLLECT_AFTER = (10_000, 10, 10)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `casebook` with these arguments (else the program's own); return the exit code."""
    is_program = arguments is None
    if is_program:
        keep_interrupts()
        gc.disable()
    with stopping_at_once():
        commands = import_module("casebook.command_group")
        if is_program:
            _collect_less_often()
        code: int = commands.run(sys.argv[1:] if arguments is None else arguments)
    if is_program:
        leave(code)
    return code


def _collect_less_often() -> None:
    """Let what has been loaded be: to look for circles in it, and so often, took a twentieth."""
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)
    gc.enable()
