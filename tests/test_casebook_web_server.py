from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from casebook.web_server import listen
from search.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment


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
