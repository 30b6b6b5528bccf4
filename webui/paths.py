"""Paths: where the site's own pages and static files are, below its prefix.

In:  the names of views and of files.
Out: paths. They are the same for all requests below one prefix, and every page has a dozen of
     them: each is looked up once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from flask import Flask, current_app, request
from werkzeug.routing import Map

from webui.site import open_site


def install(app: Flask) -> None:
    """Let the templates write addresses of static files: `static_url('site.css')`."""
    app.jinja_env.globals.update(static_url=static_url)


def page_paths() -> Mapping[str, str]:
    """Return the paths of pages without parameters, by their views' names, for templates."""
    return _paths_below(request.script_root, current_app.url_map)


def page_path(endpoint: str, name: str = "") -> str:
    """Return the path of a page by its view's name; `name` is its one parameter, if it has any."""
    return request.script_root + _path_in(current_app.url_map, endpoint, name)


def static_url(name: str) -> str:
    """Return a static file's address, new whenever any of them changes."""
    path = _static_path(current_app.url_map, name, open_site().static_version)
    return f"{request.script_root}{path}"


class _Paths(dict[str, str]):
    """The paths of pages that have no parameters, by their views' names."""

    def __init__(self, root: str, rules: Map) -> None:
        super().__init__()
        self._root, self._rules = root, rules

    def __missing__(self, endpoint: str) -> str:
        path = self[endpoint] = self._root + _path_in(self._rules, endpoint, "")
        return path


@lru_cache(maxsize=16)
def _paths_below(root: str, rules: Map) -> _Paths:
    return _Paths(root, rules)


@lru_cache(maxsize=64)
def _path_in(rules: Map, endpoint: str, name: str) -> str:
    """Return a page's path below the site's prefix."""
    return rules.bind("").build(endpoint, {"name": name} if name else {})


@lru_cache(maxsize=64)
def _static_path(rules: Map, name: str, version: str) -> str:
    """Return a static file's path below the site's prefix."""
    return rules.bind("").build("static", {"filename": name, "v": version})
