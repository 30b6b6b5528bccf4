"""A command that is told to stop ends as by Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from casebook.stopping import begin, stopping_at_once, stopping_in_order
from tests.programs import ROOT, running


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_block_and_nothing_of_it_stays(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), stopping_in_order():
        signal.raise_signal(number)
    assert signal.getsignal(number) is before


def test_a_signal_that_is_to_be_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopping_in_order():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_another_thread_changes_nothing() -> None:
    found: list[object] = []

    def work() -> None:
        with stopping_in_order():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [signal.getsignal(signal.SIGTERM)]


@pytest.mark.parametrize("module", ["click.core", "casebook.failures", "casebook.intake_round"])
def test_ctrl_c_while_the_program_is_being_loaded_leaves_no_trace(
    module: str, tmp_path: Path
) -> None:
    arguments = ("--library", str(tmp_path / "library"), "ingest", "nothing.pdf")
    with running(*arguments, options=("-X", "importtime")) as program:
        program.until(f" {module}\n")
        program.stop()
        code, said = program.end()
    assert (code, "Traceback" in said) == (130, False)
    assert "Stopped." in said
    assert not (tmp_path / "library").exists()


def test_ctrl_c_is_an_interrupt_again_once_the_block_begins() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with stopping_at_once():
            begin()
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


_LEAVING = """
import sys, threading
from casebook.stopping import leave
begun = threading.Event()

def work():
    begun.set()
    while True:
        sorted(range(1000))

def finish():
    begun.wait()
    print("finished")

threading.Thread(target=work, daemon=True).start()
threading.Thread(target=finish).start()
print("said", file=sys.stderr)
sys.exit(leave(3))
"""


def test_a_program_waits_for_what_must_be_finished_and_for_nothing_else() -> None:
    program = [sys.executable, "-c", _LEAVING]
    done = subprocess.run(program, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (3, "finished\n", "said\n")


_IDLE = """
from concurrent.futures import ThreadPoolExecutor
from casebook.stopping import leave
pool = ThreadPoolExecutor(2)
print(pool.submit(str, 7).result())
leave(130)
"""


def test_a_pool_of_threads_that_nobody_closed_keeps_no_program_from_ending() -> None:
    """An interrupt may leave one behind, in a frame of its traceback."""
    program = [sys.executable, "-c", _IDLE]
    done = subprocess.run(
        program, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (130, "7\n")


_LOST = """
import threading
from casebook.stopping import keep_interrupts

class Held:
    def __del__(self):
        raise KeyboardInterrupt

keep_interrupts()
held = Held()
try:
    del held
    threading.Event().wait(60)
    print("not interrupted")
except KeyboardInterrupt:
    print("interrupted")
"""


def test_an_interrupt_that_python_drops_comes_once_more() -> None:
    program = [sys.executable, "-c", _LOST]
    done = subprocess.run(program, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout, done.stderr) == ("interrupted\n", "")
