"""HTTP load: the site under several clients, beside a bare page on the same server.

In:  how many sections, clients and seconds.
Out: answers a second and latency of a bare Flask page, of search pages, and of search pages while
     a publication is being published; on the terminal and in benchmarks/results/http-load.md.

`casebook serve` and the bare page are processes of their own on the loopback; clients share the
machine with them. The search pages are real ones: a question, often a facet chosen, all facets
counted, ten hits with passages.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from msgspec.structs import replace

from benchmarks.arguments import argument_parser
from benchmarks.http_clients import Load, ask, ask_on, status_of
from benchmarks.peers.casebook_peer import CasebookPeer
from benchmarks.peers.catalog import OURS
from benchmarks.questions import Question
from benchmarks.report import page, table, versions, write_page
from benchmarks.synthetic import SEED, Corpus, write_sections
from benchmarks.timings import milliseconds, percentiles
from benchmarks.workplace import Workplace

_CASEBOOK = [sys.executable, "-m", "casebook"]
_PUBLISHED_SECTIONS = 150
_MARGIN_S, _LOOK_EVERY_S = 1.0, 0.02
_WARM_UP = 0.3  # of the seconds
_TARGET = 0.10  # of the bare page's answers a second
_EXAMPLES = """examples:
  python -m benchmarks.http_load
  python -m benchmarks.http_load --sections 100000 --clients 8 --seconds 20 --work /var/tmp/bench
"""


class Server(NamedTuple):
    """A server that runs: where it is, and its process."""

    url: str
    process: int

    def processor_s(self) -> float:
        """Return the processor time it has taken so far; 0 where the system does not tell."""
        stat = Path(f"/proc/{self.process}/stat")
        if not stat.is_file():
            return 0.0
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(command: Sequence[str]) -> Iterator[Server]:
    """Run a server that prints its address; yield it; end it."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            line = server.stdout.readline().decode() if server.stdout else ""
            if " is at " not in line:
                raise RuntimeError(f"{' '.join(command)} did not start")
            yield Server(line.strip().rpartition(" ")[2], server.pid)
        finally:
            server.terminate()


def search_paths(questions: Sequence[Question]) -> list[str]:
    """Return the addresses of search pages, as the site's own form makes them."""
    peer = CasebookPeer()
    typed = [ready for each in questions if (ready := peer.prepare(each)) is not None]
    return [
        "/search?" + urlencode({"q": each.text, "match": each.match, **each.filters}, doseq=True)
        for each in typed
    ]


def publication_file(folder: Path, seed: int) -> Path:
    """Write a publication that is in no library of this seed."""
    name = f"published-{time.time_ns()}"
    sections = Corpus(seed + 1, vocabulary=20_000).sections(_PUBLISHED_SECTIONS)
    file = folder / f"{name}.jsonl"
    write_sections(
        file,
        (replace(each, publication=name, publication_title="Just published") for each in sections),
    )
    return file


class Published(NamedTuple):
    """The load while a publication was added, and how soon it was there."""

    load: Load
    command_s: float  # from the command's start to its end
    visible_s: float  # from the command's start until the site has its page


async def _while_publishing(
    url: str, paths: Sequence[str], library: Path, file: Path, clients: int
) -> Published:
    """Ask from before `casebook import` begins until after it has ended."""
    ended = asyncio.Event()
    asking = asyncio.create_task(ask_on(url, paths, clients, ended.is_set))
    await asyncio.sleep(_MARGIN_S)
    start = time.perf_counter()
    command = [*_CASEBOOK, "--library", str(library), "import", str(file)]
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    looking = asyncio.create_task(_seconds_until_there(url, f"/p/{file.stem}", start))
    failed = await process.wait()
    command_s = time.perf_counter() - start
    if failed:
        raise RuntimeError("casebook import failed")
    visible_s = await looking
    await asyncio.sleep(_MARGIN_S)
    ended.set()
    return Published(await asking, command_s, visible_s)


async def _seconds_until_there(url: str, path: str, start: float) -> float:
    # Nothing tells when: the site is another process.
    while await status_of(url, path) != HTTPStatus.OK:  # noqa: ASYNC110
        await asyncio.sleep(_LOOK_EVERY_S)
    return time.perf_counter() - start


def run(place: Workplace, options: argparse.Namespace) -> str:
    """Measure; return the page."""
    print("building …", flush=True)
    place.build(OURS)
    library = place.index(OURS) / "index" / "library"
    paths = search_paths(place.questions(options.each))
    print("asking …", flush=True)
    with served([sys.executable, "-m", "benchmarks.bare_site"]) as server:
        bare = _measured(server, ["/"], options)
    with served([*_CASEBOOK, "--library", str(library), "serve", "--port", "0"]) as server:
        pages = _measured(server, paths, options)
        file = publication_file(place.folder, place.seed)
        published = asyncio.run(
            _while_publishing(server.url, paths, library, file, options.clients)
        )
    _take_back(library, file)
    return _page(place, options, {"bare page": bare, "search": pages}, published)


class Measured(NamedTuple):
    """A load, and the processor time that the server took for it."""

    load: Load
    server_s: float


def _measured(server: Server, paths: Sequence[str], options: argparse.Namespace) -> Measured:
    """Ask until the server is warm, then once more."""
    ask(server.url, paths, clients=options.clients, seconds=options.seconds * _WARM_UP)
    before = server.processor_s()
    load = ask(server.url, paths, clients=options.clients, seconds=options.seconds)
    return Measured(load, server.processor_s() - before)


def _take_back(library: Path, file: Path) -> None:
    """Remove what was published, so that the library can be used again."""
    command = [*_CASEBOOK, "--library", str(library), "remove", file.stem, "--yes"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    file.unlink()


def _page(
    place: Workplace,
    options: argparse.Namespace,
    measured: dict[str, Measured],
    published: Published,
) -> str:
    loads = {name: each.load for name, each in measured.items()}
    share = loads["search"].per_second / loads["bare page"].per_second
    loads["search while publishing"] = published.load
    rows = [_row(name, load) for name, load in loads.items()]
    header = ("asked for", "answers a second", "p50 ms", "p95 ms", "p99 ms", "kB each", "failures")
    failures = [failure for load in loads.values() for failure in load.failures]
    setting = (
        f"{options.clients} clients, {options.seconds:g} s (the last row: from a second before to "
        f"one after), loopback, {os.cpu_count()} cores "
        "shared by server and clients."
    )
    verdict = (
        f"Search pages come at {share:.1%} of the bare page's rate (wanted: {_TARGET:.0%}). "
        f"`casebook import` of a publication of {_PUBLISHED_SECTIONS} sections took "
        f"{published.command_s:.1f} s under this load, from the command's start to its end; its "
        f"page was there after {published.visible_s:.1f} s."
    )
    cost = "Processor time of an answer: " + "; ".join(
        f"{name} {_each(load, server_s):.2f} ms in the server, "
        f"{_each(load, load.clients_s):.2f} in the clients"
        for name, (load, server_s) in measured.items()
    )
    told = "\n".join(f"- {each}" for each in failures[:5])
    command = (
        f"python -m benchmarks.http_load --sections {place.sections} "
        f"--clients {options.clients} --seconds {options.seconds:g}"
    )
    return page(
        f"HTTP load, {place.sections:,} sections",
        [
            setting,
            table(header, rows),
            verdict,
            f"{cost}.",
            told,
        ],
        command=command,
        with_versions=versions("flask", "waitress"),
    )


def _row(name: str, load: Load) -> tuple[object, ...]:
    each = load.bytes_read / max(1, len(load.seconds)) / 1000
    measured = map(milliseconds, percentiles(load.seconds))
    return (name, f"{load.per_second:.0f}", *measured, f"{each:.1f}", len(load.failures))


def _each(load: Load, seconds: float) -> float:
    return seconds * 1000 / max(1, len(load.seconds))


def main() -> int:
    """Measure, print, write down."""
    parser = argument_parser("http_load", __doc__, _EXAMPLES)
    parser.add_argument("--sections", type=int, default=10_000, metavar="N")
    parser.add_argument("--clients", type=int, default=8, metavar="N")
    parser.add_argument(
        "--seconds",
        type=float,
        default=10.0,
        metavar="N",
        help="of the first two loads; the third lasts as long as publishing",
    )
    parser.add_argument("--each", type=int, default=30, metavar="N", help="questions of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--work", type=Path, help="keep corpus and library here, and use them again"
    )
    parser.add_argument("--no-write", action="store_true", help="leave benchmarks/results alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as scratch:
        place = Workplace(options.work or Path(scratch), options.sections, options.seed)
        text = run(place, options)
    print(text)
    if not options.no_write:
        write_page("http-load", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
