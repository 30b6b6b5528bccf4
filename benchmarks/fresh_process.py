"""A fresh process for what cannot be measured beside others: building, opening, memory.

    python -m benchmarks.fresh_process build tantivy sections.jsonl folder
    python -m benchmarks.fresh_process open tantivy questions.json folder

In:  a peer's name, what to give it, its folder.
Out: one line of JSON, the last on stdout; from Python `build_apart` and `open_apart`.
Errors: RuntimeError with what the process said where it failed.

“Private” is what the system counts as anonymous memory (Linux; 0 elsewhere), less what the
process had before it opened the index: files that are mapped into memory do not count.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmarks.peers.catalog import PEERS
from benchmarks.peers.peer import TASKS
from benchmarks.questions import Question

_SMAPS, _STATUS = Path("/proc/self/smaps_rollup"), Path("/proc/self/status")
_KIB = 1024


class Built(Struct, frozen=True):
    """How an index was made; `cpu_s` counts all threads and child processes."""

    seconds: float
    cpu_s: float
    peak_bytes: int


class Opened(Struct, frozen=True):
    """How an index was opened and what answering takes.

    `open_s` is from the call to the first answer, imports done; `private_bytes` after all
    questions have been answered.
    """

    open_s: float
    private_bytes: int
    peak_bytes: int


def build_apart(name: str, corpus: Path, folder: Path, packages: Sequence[str]) -> Built:
    """Build a peer's index in a process of its own."""
    line = _apart("build", name, corpus, folder, packages=packages)
    return msgspec.json.decode(line, type=Built)


def open_apart(name: str, questions: Path, folder: Path, packages: Sequence[str]) -> Opened:
    """Open a peer's index in a process of its own and ask it everything."""
    line = _apart("open", name, questions, folder, packages=packages)
    return msgspec.json.decode(line, type=Opened)


def _apart(*arguments: Path | str, packages: Sequence[str]) -> bytes:
    """Run this module; return the last line that it prints."""
    command = [sys.executable, "-m", "benchmarks.fresh_process", *map(str, arguments)]
    command += [f"--packages={package}" for package in packages]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - this module
    if done.returncode:
        raise RuntimeError(f"{arguments[0]} {arguments[1]}: {done.stderr.decode(errors='replace')}")
    return done.stdout.splitlines()[-1]


def _build(name: str, corpus: Path, folder: Path) -> Built:
    peer = PEERS[name].make()
    start, before = time.perf_counter(), _cpu_s()
    peer.build(corpus, folder)
    return Built(time.perf_counter() - start, _cpu_s() - before, _peak_bytes())


def _open(name: str, file: Path, folder: Path) -> Opened:
    questions = msgspec.json.decode(file.read_bytes(), type=list[Question])
    peer = PEERS[name].make()
    before = _private_bytes()
    prepared = [ready for each in questions if (ready := peer.prepare(each)) is not None]
    start = time.perf_counter()
    peer.open(folder)
    peer.ask(prepared[0], TASKS[0])
    open_s = time.perf_counter() - start
    for task in TASKS:
        for ready in prepared:
            peer.ask(ready, task)
    return Opened(open_s, max(0, _private_bytes() - before), _peak_bytes())


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _peak_bytes() -> int:
    # Not getrusage's: its peak begins with the size of the process that started this one.
    return _kib_in(_STATUS, "VmHWM:")


def _private_bytes() -> int:
    return _kib_in(_SMAPS, "Anonymous:")


def _kib_in(file: Path, key: str) -> int:
    """Return a size that Linux tells of this process, in bytes; 0 elsewhere."""
    if not file.is_file():
        return 0
    lines = file.read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) * _KIB for line in lines if line.startswith(key))


_VERBS: dict[str, Callable[[str, Path, Path], Built | Opened]] = {"build": _build, "open": _open}


def main() -> int:
    """Measure, and print one line of JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("verb", choices=list(_VERBS))
    parser.add_argument("name", choices=list(PEERS))
    parser.add_argument("given", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--packages", action="append", default=[])
    options = parser.parse_args()
    sys.path.extend(options.packages)
    facts = _VERBS[options.verb](options.name, options.given, options.folder)
    print()
    print(msgspec.json.encode(facts).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
