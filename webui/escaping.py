"""Escaping: what templates do to every text that they show, in a third of the time.

In:  whatever a template shows.
Out: text that is safe in HTML. `Environment` compiles templates that use it in place of Jinja's,
     which wraps each piece once more as markup, only for all of them to be joined to one text: a
     page of results has five hundred pieces. What is escaped and what is not stays the same.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import markupsafe
from flask.templating import Environment as FlaskEnvironment
from jinja2 import nodes
from markupsafe import Markup

_IMPORT = f"from {__name__} import escape"


def escape(value: object) -> str:
    """Return a value as text for HTML; markup stays as it is.

    Most texts have none of the five characters, which is quickly seen.
    """
    if type(value) is not str:
        return _shown(value)
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    if '"' in value:
        value = value.replace('"', "&#34;")
    return value.replace("'", "&#39;") if "'" in value else value


def _shown(value: object) -> str:
    if type(value) is Markup:
        return value
    return str(value) if type(value) is int else markupsafe.escape(value)


class Environment(FlaskEnvironment):
    """Flask's environment of templates, with this way of escaping."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Let all templates share the names of the environment, without a layer above them."""
        return {**self.globals, **d} if d else self.globals

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 - as Jinja declares it
    ) -> str:
        """Let a template's module take `escape` from here.

        The name stands on the first line, behind Jinja's own imports, so that the numbers of lines
        stay true. It is used where pieces are written, and nowhere else.
        """
        code = super()._generate(source, name, filename, defer_init)
        first, end, rest = code.partition("\n")
        return f"{first}; {_IMPORT}{end}{rest}"
