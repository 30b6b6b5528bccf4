"""Path prefix: the site below a path of somebody else's host.

In:  a WSGI application and the prefix, "/casebook".
Out: a WSGI application whose addresses begin with the prefix.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def under_prefix(application: WSGIApplication, prefix: str) -> WSGIApplication:
    """Mount an application, whether or not the proxy takes the prefix off the path."""

    def mounted(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            path = path[len(prefix) :]
        inner = {**environ, "SCRIPT_NAME": prefix, "PATH_INFO": path or "/"}
        return application(inner, start_response)

    return mounted
