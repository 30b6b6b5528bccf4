"""Whoosh faults: what goes wrong inside Whoosh → an error of ours.

In:  a block that reads an index.
Out: the same block, tried again while a commit is moving files under it.
Errors: LibraryError for a damaged index.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from whoosh.index import EmptyIndexError

from search.errors import LibraryError

T = TypeVar("T")

# A commit removes files that a reader is about to open (FileNotFoundError, EmptyIndexError: 34
# of 6,040 openings while another process committed); the next look finds the new ones.
ATTEMPTS = 50
PAUSE_S = 0.02


@contextmanager
def reading_index(folder: Path) -> Iterator[None]:
    """Turn whatever a damaged index makes Whoosh raise into a LibraryError."""
    try:
        yield
    except LibraryError:
        raise
    except Exception as error:
        # Whoosh decodes without checking: damage shows as an assertion, a KeyError, an unpickling
        # or struct error, or (only in some of its forks) an error of its own.
        raise _damaged(folder) from error


def with_patience(read: Callable[[], T], folder: Path) -> T:
    """Read, and try again while files are being replaced."""
    with reading_index(folder):
        for _ in range(ATTEMPTS):
            with suppress(OSError, EmptyIndexError):
                return read()
            time.sleep(PAUSE_S)
        return read()


def _damaged(folder: Path) -> LibraryError:
    return LibraryError(
        "the search index is damaged or missing",
        where=str(folder),
        fix="Run `casebook reindex` to build it anew from the records",
    )
