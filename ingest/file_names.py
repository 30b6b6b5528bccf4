"""File names as text: what stands in records and messages.

In:  a path.
Out: its name; bytes of it that are no UTF-8, which JSON cannot hold, are replaced.
Errors: none.
"""

from __future__ import annotations

from pathlib import Path


def readable_name(path: Path) -> str:
    """Return the name of a file, fit to be written down."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
