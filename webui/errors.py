"""Errors on the site: what went wrong → a calm page with the right status.

In:  whatever escaped from a view.
Out: a page, or for `/api/` a JSON document `{"error": sentence}`. A bug and the state of the
     library are logged whole, and a reader is told nothing of folders and files.

CasebookError family    InputError 400, NotFoundError 404, LibraryError and BackendError 503
HTTPException           its own status
anything else           500
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from search.errors import BackendError, CasebookError, InputError, LibraryError, NotFoundError

STATUS: Mapping[type[CasebookError], HTTPStatus] = {
    InputError: HTTPStatus.BAD_REQUEST,
    NotFoundError: HTTPStatus.NOT_FOUND,
    LibraryError: HTTPStatus.SERVICE_UNAVAILABLE,
    BackendError: HTTPStatus.SERVICE_UNAVAILABLE,
}
TITLES: Mapping[int, str] = {
    400: "This request cannot be understood",
    401: "The reading room asks for a password",
    404: "There is no such page",
    405: "This cannot be done here",
    500: "Something went wrong",
    503: "The library cannot be read just now",
}
SENTENCES: Mapping[int, str] = {
    400: "Something in the address is not as it should be.",
    401: "Ask whoever runs this site for the reading password. Any user name will do.",
    404: "Perhaps the address was copied incompletely.",
    405: "The address exists, but not for what was asked of it.",
    500: "That is our fault, not yours. It has been noted; please try again in a moment.",
    503: "Please try again in a few minutes. If it goes on, tell whoever runs this site.",
}
OTHER_TITLE = "This did not work"
OTHER_SENTENCE = "The site could not answer this request."

log = logging.getLogger("casebook.site")


def install(app: Flask) -> None:
    """Show every error as a page."""
    app.register_error_handler(HTTPException, show_http)
    app.register_error_handler(CasebookError, show_known)
    app.register_error_handler(Exception, show_bug)


def show_http(error: HTTPException) -> Response:
    """Show an error of the web itself with its own status and headers."""
    original = error.get_response()
    response = _page(original.status_code)
    for name in ("Allow", "WWW-Authenticate", "Retry-After"):
        if name in original.headers:
            response.headers[name] = original.headers[name]
    return response


def show_known(error: CasebookError) -> Response:
    """Show an error raised on purpose; what only the operator can mend goes to the log."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        log.error("%s", error)
        return _page(status)
    return _page(status, f"{error.what[:1].upper()}{error.what[1:].rstrip('.')}.")


def show_bug(error: Exception) -> Response:
    """Show a bug as one calm sentence, and log it whole."""
    log.error("a bug while answering %s", request.path, exc_info=error)
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(status: int, sentence: str = "") -> Response:
    sentence = sentence or SENTENCES.get(status, OTHER_SENTENCE)
    if request.path.startswith("/api/"):
        body = msgspec.json.encode({"error": sentence})
        return Response(body, status, mimetype="application/json")
    title = TITLES.get(status, OTHER_TITLE)
    page = render_template("error.html", title=title, sentence=sentence, status=int(status))
    return make_response(page, status)
