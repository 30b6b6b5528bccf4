"""Readers of PDFs: text by page, each in the simplest way that its own documents show.

    python -m benchmarks.readers pdfminer book.pdf

In:  a reader's name, a file.
Out: one line of JSON, the last on stdout: processor time and pages of text. From Python
     `read_apart`, which does it in a process of its own; importing is not counted.
Errors: ReaderMissingError where the reader is not installed, RuntimeError where it failed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Struct

from ingest.pdf_messages import Job, PageSeen
from ingest.pdf_process import read_job
from ingest.read import read_file
from ingest.worker import ReadLimits
from search.model import PrintedPage

REFERENCE = "pdftotext"
BASE = "pdfminer"
MISSING = 3  # exit code

_JOB = Job(1, ReadLimits().page_seconds, ReadLimits().file_seconds, ReadLimits().memory_bytes)


class Read(Struct, frozen=True):
    """What reading a file took and gave; `cpu_s` counts processes that the reader starts."""

    cpu_s: float
    seconds: float
    pages: tuple[str, ...]


class ReaderMissingError(Exception):
    """The reader is not installed here."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to read; `package` is its distribution, "" for ours and for programs."""

    about: str
    read: Callable[[Path], Iterator[str]]
    package: str = ""
    modules: tuple[str, ...] = ()

    def version(self) -> str:
        """Return the version of what reads."""
        return importlib.metadata.version(self.package) if self.package else ""


def _lines(page: PrintedPage) -> str:
    return "\n".join(line.text for line in page.lines)


def _ours(path: Path) -> Iterator[str]:
    yield from map(_lines, read_file(path).pages)


def _ours_within(path: Path) -> Iterator[str]:
    for message in read_job(path.read_bytes(), _JOB):
        if isinstance(message, PageSeen):
            yield _lines(message.page)


def _pdfminer(path: Path) -> Iterator[str]:
    high_level = importlib.import_module("pdfminer.high_level")
    for page in high_level.extract_pages(path):
        yield "".join(_texts_within(page))


def _texts_within(container: Iterable[object]) -> Iterator[str]:
    """Yield the texts of a page of pdfminer's; letters drawn by a form lie loose in a figure."""
    layout = importlib.import_module("pdfminer.layout")
    for piece in container:
        if isinstance(piece, layout.LTTextContainer | layout.LTChar):
            yield piece.get_text()
        elif isinstance(piece, layout.LTFigure):
            yield from _texts_within(piece)


def _pdfplumber(path: Path) -> Iterator[str]:
    with importlib.import_module("pdfplumber").open(path) as file:
        for page in file.pages:
            yield page.extract_text()
            page.close()


def _pypdf(path: Path) -> Iterator[str]:
    for page in importlib.import_module("pypdf").PdfReader(path).pages:
        yield page.extract_text()


def _pypdfium2(path: Path) -> Iterator[str]:
    for page in importlib.import_module("pypdfium2").PdfDocument(path):
        yield page.get_textpage().get_text_bounded()


def _pdftotext(path: Path) -> Iterator[str]:
    program = shutil.which("pdftotext")
    if program is None:
        raise ReaderMissingError("no program pdftotext (Debian: poppler-utils)")
    done = subprocess.run([program, path, "-"], capture_output=True, check=True)  # noqa: S603
    yield from done.stdout.decode(errors="replace").removesuffix("\f").split("\f")


READERS: Mapping[str, Reader] = {
    "casebook": Reader("`read_file`, in a forked process with limits", _ours),
    "casebook-within": Reader("the same work without a process of its own", _ours_within),
    BASE: Reader(
        "`extract_pages`, default layout analysis",
        _pdfminer,
        "pdfminer.six",
        ("pdfminer.high_level", "pdfminer.layout"),
    ),
    "pdfplumber": Reader("`extract_text`", _pdfplumber, "pdfplumber", ("pdfplumber",)),
    "pypdf": Reader("`extract_text`", _pypdf, "pypdf", ("pypdf",)),
    "pypdfium2": Reader("`get_text_bounded`", _pypdfium2, "pypdfium2", ("pypdfium2",)),
    REFERENCE: Reader("Poppler's program", _pdftotext),
}


def read_apart(name: str, path: Path) -> Read:
    """Read a file in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.readers", name, str(path)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - this module
    lines = done.stdout.splitlines()
    if done.returncode == MISSING:
        raise ReaderMissingError(lines[-1].decode())
    if done.returncode:
        raise RuntimeError(f"{name}, {path.name}: {done.stderr.decode(errors='replace')}")
    return msgspec.json.decode(lines[-1], type=Read)


def _measured(reader: Reader, path: Path) -> Read:
    for module in reader.modules:
        importlib.import_module(module)
    start, before = time.perf_counter(), _cpu_s()
    pages = tuple(reader.read(path))
    cpu_s, seconds = _cpu_s() - before, time.perf_counter() - start
    return Read(cpu_s, seconds, pages)


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> int:
    """Read one file and print one line of JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", choices=list(READERS))
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    try:
        found = _measured(READERS[options.name], options.file)
    except (ImportError, ReaderMissingError) as error:
        print(error)
        return MISSING
    print()
    print(msgspec.json.encode(found).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
