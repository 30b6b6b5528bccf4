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
    """Return a value as text for HTML; markup stays as it is."""
    kind = type(value)
    if kind is str:
        return escape_text(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return str(value) if kind is int else markupsafe.escape(value)


def escape_text(text: str) -> str:
    """Return a text for HTML: most have none of the five characters, which is quickly seen."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    return text.replace("'", "&#39;") if "'" in text else text


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
