"""Paths: where the site's own pages and static files are, below its prefix.

In:  the names of views and of files.
Out: paths. They are the same for all requests below one prefix, and every page has a dozen of
     them: each is looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from flask import current_app, request
from werkzeug.routing import Map

from webui.site import open_site


def tables() -> dict[str, Mapping[str, str]]:
    """Return what templates take paths from: `paths['search.home']`, `files['site.css']`.

    `paths` has the pages without parameters, by their views' names. The address of a file is new
    whenever any of them changes.
    """
    root, rules = request.script_root, current_app.url_map
    files = _files_below(root, rules, open_site().static_version)
    return {"paths": _paths_below(root, rules), "files": files}


def page_path(endpoint: str, name: str = "") -> str:
    """Return the path of a page by its view's name; `name` is its one parameter, if it has any."""
    return request.script_root + _path_in(current_app.url_map, endpoint, name)


class _Table(dict[str, str]):
    """Paths by name, each looked up when it is first asked for."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, name: str) -> str:
        path = self[name] = self._look_up(name)
        return path


@lru_cache(maxsize=16)
def _paths_below(root: str, rules: Map) -> _Table:
    return _Table(lambda endpoint: root + _path_in(rules, endpoint, ""))


@lru_cache(maxsize=16)
def _files_below(root: str, rules: Map, version: str) -> _Table:
    adapter = rules.bind("")
    return _Table(lambda name: root + adapter.build("static", {"filename": name, "v": version}))


@lru_cache(maxsize=64)
def _path_in(rules: Map, endpoint: str, name: str) -> str:
    """Return a page's path below the site's prefix."""
    return rules.bind("").build(endpoint, {"name": name} if name else {})
