"""Ingest speed: a folder of PDFs, from files to searchable.

In:  PDFs and texts, or folders of them; without any, the sample digest.
Out: seconds by the clock and of processor time, pages a second, memory, for every file alone and
     for all together, on one core and on all; how soon a word is found afterwards; on the terminal
     and in benchmarks/results/ingest-speed.md.

`casebook ingest` runs as a reader would run it, in a fresh process into a new library. Memory is
the largest process's: the command's own or that of the one which reads a file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from benchmarks.arguments import argument_parser
from benchmarks.report import ROOT, page, table, versions, write_page
from search import open_library

SAMPLE = ROOT / "corpus" / "sample" / "digest.pdf"

ABOUT = "From the file to searchable, cold: a fresh process, a new library."
_SUFFIXES = {".pdf", ".txt"}
_WORD = "water"
_EXAMPLES = """examples:
  python -m benchmarks.ingest_speed
  python -m benchmarks.ingest_speed ~/books
  python -m benchmarks.ingest_speed report.pdf minutes.txt --no-write
"""


class _Result(Struct):
    file: str
    outcome: str
    pages: int


class _Results(Struct):
    results: list[_Result]


class Ingested(NamedTuple):
    """What ingesting some files took."""

    pages: int
    taken: int
    seconds: float
    cpu_s: float
    peak_mb: float
    sections: int
    first_answer_s: float


@contextmanager
def on_cores(count: int) -> Iterator[None]:
    """Leave so many cores to the processes that the block starts."""
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_cores)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_cores)


def ingest(files: Sequence[Path]) -> Ingested:
    """Ingest files into a new library, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as scratch:
        library = Path(scratch) / "library"
        command = [sys.executable, "-m", "casebook", "--library", str(library), "ingest", "--json"]
        start = time.perf_counter()
        out = Path(scratch) / "out.json"
        with out.open("wb") as stream:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [*command, *map(str, files)], stdout=stream, stderr=subprocess.DEVNULL
            )
            _, _, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = 0  # it has been waited for
        results = msgspec.json.decode(out.read_bytes(), type=_Results).results
        sections, first_answer_s = _searched(library)
    return Ingested(
        pages=sum(result.pages for result in results),
        taken=sum(result.outcome in {"ok", "partial"} for result in results),
        seconds=seconds,
        cpu_s=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1024,
        sections=sections,
        first_answer_s=first_answer_s,
    )


def _searched(library: Path) -> tuple[int, float]:
    """Return how many sections there are, and how long it takes to open and search them."""
    if not library.is_dir():
        return 0, 0.0
    start = time.perf_counter()
    with open_library(library) as opened:
        opened.search(_WORD)
        first_answer_s = time.perf_counter() - start
        cases = (case for record in opened.publications() for case in record.cases)
        return sum(len(case.sections) for case in cases), first_answer_s


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are named, and those below the folders that are."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES)
        found += inside if path.is_dir() else [path]
    return found


def _row(name: str, files: int, done: Ingested) -> tuple[object, ...]:
    return (
        name,
        f"{done.taken} of {files}",
        done.pages,
        done.sections,
        f"{done.seconds:.2f}",
        f"{done.cpu_s:.2f}",
        f"{done.pages / done.seconds:.0f}",
        f"{done.peak_mb:.0f}",
        f"{done.first_answer_s * 1000:.0f}",
    )


def main() -> int:
    """Measure, print, write down."""
    parser = argument_parser("ingest_speed", __doc__, _EXAMPLES)
    parser.add_argument(
        "paths",
        type=Path,
        nargs="*",
        metavar="FILE",
        default=[SAMPLE],
        help="a PDF or text, or a folder",
    )
    parser.add_argument("--no-write", action="store_true", help="leave benchmarks/results alone")
    options = parser.parse_args()
    files = files_in(options.paths)
    if not files:
        parser.error("there is no PDF or text in what was named")
    load = f"{os.getloadavg()[0]:.1f}"
    rows = [_row(file.name, 1, ingest([file])) for file in files]
    cores = len(os.sched_getaffinity(0))
    for count in sorted({1, cores}) if len(files) > 1 else ():
        with on_cores(count):
            name = f"all together, {count} core{'' if count == 1 else 's'}"
            rows.append(_row(name, len(files), ingest(files)))
    header = (
        "file",
        "taken",
        "pages",
        "sections",
        "s",
        "CPU s",
        "pages a s",
        "peak MB",
        "first answer ms",
    )
    text = page(
        "Ingest speed",
        [
            f"{ABOUT} Load of the machine at the start: {load}.",
            table(header, rows),
        ],
        command="python -m benchmarks.ingest_speed FILE …",
        with_versions=versions("pdfminer.six", "whoosh3"),
    )
    print(text)
    if not options.no_write:
        write_page("ingest-speed", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
