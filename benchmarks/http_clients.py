"""HTTP clients: several at once, each asking again as soon as it is answered.

In:  an address on the loopback, paths, how many clients, how long.
Out: a `Load`: how long every answer took, from the request to its last byte, and what failed.

One thread holds all connections, which stay open as a browser's do; gzip is taken.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlsplit

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_OK = b" 200 "
_HEAD_BYTES = 1 << 16
_PATIENCE_S = 60.0


@dataclass(slots=True)
class Load:
    """What came of it; `seconds` are those of the answers that were as they should be.

    `clients_s` is the processor time that the clients took: on few cores the server goes without.
    """

    lasted_s: float = 0.0
    clients_s: float = 0.0
    bytes_read: int = 0
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Return answers a second."""
        return len(self.seconds) / self.lasted_s if self.lasted_s else 0.0


def ask(url: str, paths: Sequence[str], *, clients: int, seconds: float) -> Load:
    """Ask for so long; the clients begin at different places of the list of paths."""
    until = time.perf_counter() + seconds
    return asyncio.run(ask_on(url, paths, clients, lambda: time.perf_counter() >= until))


async def ask_on(url: str, paths: Sequence[str], clients: int, is_over: Callable[[], bool]) -> Load:
    """Ask until it is over, beside whatever else this loop does."""
    load = Load()
    start, processor = time.perf_counter(), time.process_time()
    step = max(1, len(paths) // clients)
    starts = (number * step % len(paths) for number in range(clients))
    turns = (_client(load, url, [*paths[at:], *paths[:at]], is_over) for at in starts)
    await asyncio.gather(*turns)
    load.lasted_s = time.perf_counter() - start
    load.clients_s = time.process_time() - processor
    return load


async def status_of(url: str, path: str) -> int:
    """Return the status that a path is answered with."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=_HEAD_BYTES)
    try:
        writer.write(_request(place.netloc, path))
        head, _ = await asyncio.wait_for(_answer(reader), _PATIENCE_S)
        return int(head.split(maxsplit=2)[1])
    finally:
        writer.close()


async def _client(load: Load, url: str, paths: Sequence[str], is_over: Callable[[], bool]) -> None:
    place = urlsplit(url)
    try:
        reader, writer = await asyncio.open_connection(
            place.hostname, place.port, limit=_HEAD_BYTES
        )
    except OSError as error:
        load.failures.append(f"{type(error).__name__}: {error}")
        return
    try:
        for path in cycle(paths):
            if is_over():
                return
            start = time.perf_counter()
            writer.write(_request(place.netloc, path))
            head, size = await asyncio.wait_for(_answer(reader), _PATIENCE_S)
            _note(load, path, head, size, time.perf_counter() - start)
    except (OSError, EOFError, TimeoutError, ValueError) as error:
        load.failures.append(f"{type(error).__name__}: {error}")
    finally:
        writer.close()


def _request(host: str, path: str) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n"
        "Accept-Encoding: gzip\r\nAccept-Language: en\r\n\r\n"
    ).encode("ascii")


async def _answer(reader: asyncio.StreamReader) -> tuple[bytes, int]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if length is None:
        raise ValueError("an answer does not say how long it is")
    body = await reader.readexactly(int(length[1]))
    return head, len(body)


def _note(load: Load, path: str, head: bytes, size: int, seconds: float) -> None:
    status = head.partition(b"\r\n")[0]
    load.bytes_read += size
    if _OK in status:
        load.seconds.append(seconds)
    else:
        load.failures.append(f"{status.decode(errors='replace')}: {path}")
