"""Errors: what can go wrong, by what the caller can do about it.

CasebookError
├── InputError       a file, manifest, setting or argument cannot be used    HTTP 400
├── NotFoundError    no such publication, case, section or page              HTTP 404
├── LibraryError     the library is missing, locked or damaged               HTTP 503
│   └── DamagedSnapshotError   made anew by whoever opens it; no caller sees one
└── BackendError     an engine cannot be reached or answers wrongly          HTTP 503

In:  what happened, where, and what to do, in words a librarian knows.
Out: `str(error)` is the whole sentence for a person.
"""

from __future__ import annotations


class CasebookError(Exception):
    """Base of every error raised on purpose.

    Attributes:
        what: What happened, a clause without its full stop.
        where: The file, page, field or setting it happened in; may be empty.
        fix: What to do about it; may be empty.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.fix.rstrip('.')}." if self.fix else ""
        return f"{place}{self.what.rstrip('.')}.{advice}"


class InputError(CasebookError):
    """A file, manifest, setting or argument that cannot be used."""


class NotFoundError(CasebookError):
    """No such publication, case, section or page."""


class LibraryError(CasebookError):
    """The library is missing, locked or damaged."""


class DamagedSnapshotError(LibraryError):
    """A snapshot file that is not whole, not of this version or not of its segment."""


class BackendError(CasebookError):
    """An engine cannot be reached or answers wrongly."""
