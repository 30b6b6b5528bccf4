"""Security: headers on every response, and the reading password.

In:  the application and its password.
Out: with a password, every page but the static files asks for it (HTTP Basic, any user name):
     no cookie, no form to forge, and it works in feed readers and scripts. It travels with each
     request, so a site with a password belongs behind HTTPS.
Errors: 401, as any other page of an error.
Source: RFC 7617; CSP level 3.
"""

from __future__ import annotations

import hmac

from flask import Flask, Response, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OPEN_ENDPOINTS = frozenset({"static"})


def install(app: Flask, password: str) -> None:
    """Put the headers on every response and, where there is one, the password before it."""
    caching = "no-cache, private" if password else "no-cache"

    def ask() -> None:
        if request.endpoint not in OPEN_ENDPOINTS and not _knows(password):
            raise Unauthorized(www_authenticate=_challenge())

    def guard(response: Response) -> Response:
        response.headers.extend(HEADERS)
        response.headers.setdefault("Cache-Control", caching)
        return response

    if password:
        app.before_request(ask)
    app.after_request(guard)


def _challenge() -> WWWAuthenticate:
    return WWWAuthenticate("basic", {"realm": "Reading room", "charset": "UTF-8"})


def _knows(password: str) -> bool:
    """Compare in a time that tells nothing about the password."""
    given = request.authorization.password if request.authorization else None
    return hmac.compare_digest((given or "").encode(), password.encode())
