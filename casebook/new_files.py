"""New files: what a command saves for the person, never over something that is there.

In:  a path and a text; the library, where the text may be kept.
Out: the file.
Errors: InputError where the file is there already or cannot be written.
"""

from __future__ import annotations

from pathlib import Path

from search.errors import InputError, NotFoundError
from search.searcher import Library


def save_new(path: Path, text: str) -> None:
    """Save a text under a name that is not taken."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(
            "there is such a file already, and it stays as it is",
            where=path.name,
            fix="Give another name, or move that file away first",
        ) from error
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise InputError(
            f"the file cannot be written ({reason})",
            where=path.name,
            fix="Check the path and the right to write there",
        ) from error


def kept_manifest(library: Library | None, publication: str) -> str:
    """The manifest that the library keeps with a publication; "" for none."""
    if library is None:
        return ""
    try:
        return library.manifest(publication)
    except NotFoundError:
        return ""
