from __future__ import annotations

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from casebook.web_server import listen
from search.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LONG_S = 60.0


def site(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [])
    return [environ["PATH_INFO"].encode()]


@pytest.mark.parametrize("host", ["203.0.113.1", "not..a.name"])
def test_an_address_that_cannot_be_had_is_said(host: str) -> None:
    with pytest.raises(InputError, match=f"{host}:0: this machine has no such address"):
        listen(site, host=host, port=0, behind_proxy=False)


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=f"the port {port} is taken by another program"):
            listen(site, host="127.0.0.1", port=port, behind_proxy=False)


def test_slow_answers_keep_nobody_from_quick_ones() -> None:
    begun, end, slow = Semaphore(0), Event(), 5

    def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            begun.release()
            end.wait(LONG_S)
        return site(environ, start)

    server = listen(application, host="127.0.0.1", port=0, behind_proxy=False)

    def fetch(path: str) -> str:
        with urlopen(server.url + path, timeout=LONG_S) as answer:
            return str(answer.read(), "utf-8")

    def ask() -> tuple[str, list[str]]:
        try:
            with ThreadPoolExecutor(slow) as others:
                asked = [others.submit(fetch, "slow") for _ in range(slow)]
                for _ in range(slow):
                    begun.acquire(timeout=LONG_S)
                quick = fetch("quick")
                end.set()
                return quick, [each.result() for each in asked]
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    with ThreadPoolExecutor(1) as outside:
        answers = outside.submit(ask)
        server.run()
    assert answers.result() == ("/quick", ["/slow"] * slow)
