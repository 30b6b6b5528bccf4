"""The web server: a site on an address, until it is told to stop.

In:  a WSGI application, host and port.
Out: an open socket with its address; `run` answers requests until Ctrl-C or SIGTERM, and lets
     the answers that are on their way finish.
Errors: InputError where the address cannot be had.
"""

from __future__ import annotations

import errno
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.server import create_server

from casebook.turns import in_turn
from search.errors import InputError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 2
MOST_THREADS = 8

# It warns of every request that waits for a moment, as all do that come while another is answered.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)

_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - recognised, not listened on
_UNKNOWN = errno.EADDRNOTAVAIL
_REASONS = {
    errno.EADDRINUSE: (
        "the port {port} is taken by another program",
        "Choose another with --port, or end that program",
    ),
    errno.EACCES: ("the port {port} may not be used", "Choose one from 1024 on with --port"),
    _UNKNOWN: ("this machine has no such address", "Try --host 127.0.0.1"),
}


@dataclass(frozen=True, slots=True)
class WebServer:
    """A site that listens; `url` is where a browser on this machine finds it."""

    url: str
    run: Callable[[], None]


def listen(application: WSGIApplication, *, host: str, port: int, behind_proxy: bool) -> WebServer:
    """Open the address; port 0 takes a free one. Answers are made and sent in turn."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        opened = socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        raise _refused(error, host, port) from error
    server = create_server(
        application,
        sockets=[opened],
        threads=THREADS,
        clear_untrusted_proxy_headers=not behind_proxy,
    )
    server.channel_class = _channels_in_turn(server.task_dispatcher)
    return WebServer(_url(opened), lambda: _run(server))


def _channels_in_turn(dispatcher: Any) -> type:  # noqa: ANN401 - waitress has no type information
    """Return the channels that make and send their answers in turn.

    Two threads do, one that answers and one that waits for its turn: each more has other memory of
    its own, for which the processor's caches have no room. Behind each slow answer one more comes.
    """

    def say_slow(slow: int) -> None:
        is_ending = dispatcher.stop_count >= len(dispatcher.threads)
        if not is_ending:
            with suppress(RuntimeError):  # no more can be had: those that there are go on
                dispatcher.set_thread_count(min(THREADS + slow, MOST_THREADS))

    service = in_turn(HTTPChannel.service, say_slow=say_slow)
    return type("Channel", (HTTPChannel,), {"service": service})


def _run(server: Any) -> None:  # noqa: ANN401 - waitress has no type information
    previous = signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()  # a KeyboardInterrupt ends it
    finally:
        signal.signal(signal.SIGTERM, previous)
        for channel in [*server.active_channels.values()]:
            channel.handle_close()
        server.close()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _url(opened: socket.socket) -> str:
    host, port = opened.getsockname()[:2]
    if host in _EVERYWHERE:
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _refused(error: OSError | UnicodeError, host: str, port: int) -> InputError:
    number = error.errno or 0 if isinstance(error, OSError) else _UNKNOWN
    # Names that cannot be looked up have negative numbers of their own.
    what, fix = _REASONS.get(_UNKNOWN if number < 0 else number, (f"it failed: {error}", ""))
    return InputError(what.format(port=port), where=f"{host}:{port}", fix=fix)
