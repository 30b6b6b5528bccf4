"""Catalog: the name of an engine → the engine.

In:  a name, the folder of its index (made if missing).
Out: an `Engine`. Engines are imported when asked for, so that one that is not used needs none of
     its libraries.
Errors: InputError for a name that is no engine's; LibraryError for a damaged index.
"""

from __future__ import annotations

from pathlib import Path

from search.engine import Engine
from search.errors import InputError

ENGINES = ("whoosh",)


def open_engine(name: str, folder: Path) -> Engine:
    """Open an engine by name."""
    if name == "whoosh":
        from search.engines.whoosh_engine import WhooshEngine

        return WhooshEngine(folder)
    raise InputError(
        f"there is no engine “{name}”",
        where="setting “engine”",
        fix=f"Choose one of: {', '.join(ENGINES)}",
    )
