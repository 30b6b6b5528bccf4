"""Readiness: what a site's first pages would wait for.

In:  an application of `create_app`.
Out: nothing; its templates are compiled, and what its front page says of the library is known.
Errors: none; a library that cannot be read says so to its readers.
"""

from __future__ import annotations

from contextlib import suppress

from flask import Flask

from search.errors import CasebookError
from webui.site import open_site


def make_ready(app: Flask) -> None:
    """Do now what the first readers would wait for."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    with app.app_context(), suppress(CasebookError):
        _ = open_site().overview  # which keeps it
