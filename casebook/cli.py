"""The command `casebook`: its first moment, in which it can be stopped without a word.

In:  the arguments.
Out: the exit code of what they ask for, see `command_group`.

Nothing is imported here that takes time: whoever presses Ctrl-C while the program is still being
loaded sees no trace of it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from casebook.stopping import keep_interrupts, leave, stopping_at_once


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `casebook` with these arguments (else the program's own); return the exit code."""
    if arguments is None:
        keep_interrupts()
    with stopping_at_once():
        code: int = import_module("casebook.command_group").run(
            sys.argv[1:] if arguments is None else arguments
        )
    return code if arguments is not None else leave(code)
