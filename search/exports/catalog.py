"""The forms that a publication can be exported in, by name.

In:  a form, a record, when it is made.
Out: the bytes of a file.
Errors: KeyError for a form that there is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from search.exports.as_data import export_publication
from search.exports.as_epub import as_epub
from search.exports.as_html import as_html
from search.exports.as_lines import as_lines
from search.exports.as_markdown import as_markdown
from search.exports.as_table import as_table
from search.model import Publication


class Form(NamedTuple):
    """A form of a publication; `is_text` tells whether a terminal can show it."""

    suffix: str
    write: Callable[[Publication, datetime], bytes]
    is_text: bool = True


FORMS: Mapping[str, Form] = {
    "json": Form("json", lambda record, _: msgspec.json.encode(export_publication(record)) + b"\n"),
    "jsonl": Form("jsonl", lambda record, _: as_lines(record)),
    "markdown": Form("md", lambda record, _: as_markdown(record)),
    "html": Form("html", lambda record, _: as_html(record)),
    "epub": Form("epub", as_epub, is_text=False),
    "csv": Form("csv", lambda record, _: as_table(record)),
}
